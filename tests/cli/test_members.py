"""castalogue members: add, list, revoke."""

import json

import pytest


@pytest.fixture
def run(terminal):
    assert terminal.type("index").exit_code == 0
    return lambda *words: terminal.type(*words, "--base-url", "https://pods.example")


def test_an_address_is_made_listed_without_its_key_and_revoked(run):
    page = run("members", "add", "Ana").stdout.strip()
    assert page.startswith("https://pods.example/private/")
    listed = run("members", "list")
    assert "Ana" in listed.stdout
    assert page.rsplit("/", 2)[1] not in listed.output
    assert run("members", "revoke", "1").exit_code == 0
    assert json.loads(run("members", "list", "--json").stdout)[0]["revoked_at"] is not None


def test_json_has_page_and_feed(run):
    told = json.loads(run("members", "add", "  Ana   B ", "--json").stdout)
    assert (told["name"], told["feed"]) == ("Ana B", told["page"] + "feed.xml")


@pytest.mark.parametrize(
    ("words", "status"),
    [(("add",), 2), (("revoke",), 2), (("revoke", "7"), 1), (("add", " "), 1), (("add", "x" * 101), 1)],
)
def test_what_cannot_be_done_is_said(run, words, status):
    answer = run("members", *words)
    assert (answer.exit_code, answer.stdout) == (status, "")
    assert answer.stderr.strip()
