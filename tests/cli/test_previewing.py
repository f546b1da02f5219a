"""castalogue preview: a link for a guest, made, listed and taken back."""

import json

import pytest


@pytest.fixture
def run(terminal):
    terminal.write("soon.md", "---\ndraft: yes\n---\nWords.\n")
    terminal.write("out.md", "---\npublished: 2020-01-01\n---\nWords.\n")
    assert terminal.type("index").exit_code == 0
    return lambda *words: terminal.type("preview", *words, "--base-url", "https://pods.example")


def test_a_link_is_made_listed_without_its_key_and_taken_back(run):
    page = run("soon", "--days", "1").stdout.strip()
    assert page.startswith("https://pods.example/private/preview/")
    listed = run("soon", "--list").stdout
    assert "made by somebody at the terminal" in listed and page.rsplit("/", 2)[1] not in listed
    assert run("soon", "--end", "1").exit_code == 0
    assert json.loads(run("soon", "--list", "--json").stdout) == []


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("soon", "--days", "2"), 2, "days"),
        (("soon", "--list", "--end", "1"), 2, "--list or --end"),
        (("soon", "--end", "7"), 1, "It may be over"),
        (("out",), 1, "The episode is public"),
        (("nothing",), 1, "No episode has"),
    ],
)
def test_what_cannot_be_done_is_said(run, words, status, said):
    answer = run(*words)
    assert (answer.exit_code, answer.stdout) == (status, "")
    assert said in answer.stderr
