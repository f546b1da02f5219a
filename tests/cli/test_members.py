"""castalogue members: add, list, revoke."""

import json

import pytest
from click.testing import CliRunner

from catalogue.cli import main

SHOW = 'title = "Talks"\nauthor = "A"\ndescription = "D"\nlanguage = "en"\ntimezone = "UTC"\n'


@pytest.fixture
def run(tmp_path):
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "show.toml").write_text(SHOW)
    where = ["--library", str(tmp_path / "library"), "--data", str(tmp_path / "data")]

    def invoke(*words):
        return CliRunner().invoke(main, [*words, *where, "--base-url", "https://pods.example"])

    assert invoke("index").exit_code == 0
    return invoke


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
