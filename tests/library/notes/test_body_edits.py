"""Other notes under a front matter that stays to the byte."""

import pytest

from catalogue.errors import ContentErrors
from catalogue.library.notes.body_edits import replace_body
from catalogue.library.notes.front_matter import read_note


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"---\ntitle: One  # a\n---\n\nOld.\n", b"---\ntitle: One  # a\n---\n\nNew.\n\nMore.\n"),
        (b"---\r\ntitle: One\r\n---\r\nOld.", b"---\r\ntitle: One\r\n---\r\n\r\nNew.\r\n\r\nMore.\r\n"),
        (b"+++\ntitle = 'One'\n+++\nOld.\n", b"+++\ntitle = 'One'\n+++\n\nNew.\n\nMore.\n"),
        (b"\xef\xbb\xbf---\ntitle: One\n---\n", b"\xef\xbb\xbf---\ntitle: One\n---\n\nNew.\n\nMore.\n"),
        (b"Old alone.\n", b"New.\n\nMore.\n"),
        (b"", b"New.\n\nMore.\n"),
    ],
)
def test_front_matter_and_line_ends_stay(content, expected):
    assert replace_body(content, "New.\r\n\r\nMore.", "a.md") == expected


def test_notes_can_be_taken_away():
    assert replace_body(b"---\ntitle: One\n---\n\nOld.\n", "", "a.md") == b"---\ntitle: One\n---\n"


@pytest.mark.parametrize("text", ["---\nslug: stolen\n---\nText", "+++\ndraft = true\n+++\nText"])
def test_notes_that_look_like_front_matter_stay_notes(text):
    for before in (b"", b"---\ntitle: One\n---\nOld\n"):
        note = read_note(replace_body(before, text, "a.md"), "a.md")
        assert note.body.strip() == text
        assert "slug" not in note.fields
        assert "draft" not in note.fields


def test_what_nobody_can_read_is_not_written_over():
    with pytest.raises(ContentErrors):
        replace_body(b"---\ntitle: One\n", "New.", "a.md")
