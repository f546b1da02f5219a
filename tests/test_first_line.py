"""The first line of notes is found without reading them all, and is the same."""

from pathlib import Path

import pytest

from catalogue.show_notes import first_line, plain_text
from catalogue.show_notes import reading as read

SAMPLE = Path(__file__).parents[1] / "episodes"
NOTES = (
    "",
    "\n\n  \nOne *two*\nthree.\n\nFour.",
    "# Title\n\nText",
    "Title\n-----\nText",
    "[words][1] and\n\n[1]: https://example.org",
    "One[^1].\n\n[^1]: A note.",
    "<!-- a remark\n\nstill --> here\n\nText",
    "```\n\ncode\n\nmore\n```",
    "```\ncode\n\nmore\n```",
    "    code\n\n    more\n\ntext",
    "-\n\ntext",
    "---\n\nText",
    "- one\n\n  two\n- three",
    "> one\n\ntwo",
    "| a | b |\n|---|---|\n| c | d |\n\nText",
    "One\r\n\r\ntwo",
    "![](picture.png)\n\nText",
    "lone \ud800 half\n\nText",
)


@pytest.mark.parametrize("notes", NOTES)
def test_the_first_line_is_that_of_the_plain_text(notes):
    assert first_line(notes) == plain_text(notes).partition("\n")[0]


def test_so_it_is_in_every_note_of_the_sample():
    notes = [file.read_text("utf-8").split("---\n", 2)[-1] for file in sorted(SAMPLE.rglob("*.md"))]
    assert len(notes) > 10
    assert [first_line(one) for one in notes] == [plain_text(one).partition("\n")[0] for one in notes]


def test_what_stands_below_the_first_paragraph_is_not_read(monkeypatch):
    monkeypatch.setattr(read, "shared_notes", lambda _markdown: pytest.fail("all of it was read"))
    assert first_line("A talk\nabout grief.\n\n" + "More.\n\n" * 1000) == "A talk about grief."
