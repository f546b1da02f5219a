"""One text is changed where it stands; comments, order and line ends stay."""

import pytest

from catalogue.errors import ContentErrors
from catalogue.library.notes.text_edits import TextChange, change_note_text, change_show_text

SHOW = b"""# Health is in the name, too
title = "Health"   # "Health"
categories = [
  "Health",  # was "Health" since 2014
  "Health & Fitness > Medicine",
]
"""
NOTE = b"""---
title: Far away   # 1000
enclosure:
  # from their server, 1000 bytes
  url: https://example.org/1000.mp3
  length: 1000
  type: audio/mpeg
---
1000 nights.
"""


def test_a_text_in_a_list_is_changed_and_its_comments_stay():
    change = TextChange(key="categories", old="Health", new="Health & Fitness")
    assert change_show_text(SHOW, change, "show.toml") == SHOW.replace(b'  "Health",', b'  "Health & Fitness",')


def test_a_text_that_stands_twice_is_changed_twice():
    content = b'categories = ["Health", "Arts", "Health"]\r\n'
    change = TextChange(key="categories", old="Health", new="Sports")
    assert change_show_text(content, change, "show.toml") == b'categories = ["Sports", "Arts", "Sports"]\r\n'


def test_a_value_of_a_table_is_changed_and_no_other_number():
    change = TextChange(key="enclosure", inner="length", old="1000", new="2345")
    assert change_note_text(NOTE, change, "1.md") == NOTE.replace(b"length: 1000", b"length: 2345")


def test_a_note_with_toml_is_changed_too():
    content = b'+++\nenclosure = { url = "https://e.org/a.mp3", length = 10, type = "audio/mpeg" }\n+++\nNotes.\n'
    change = TextChange(key="enclosure", inner="length", old="10", new="20")
    assert change_note_text(content, change, "1.md") == content.replace(b"length = 10", b"length = 20")


def test_what_is_not_there_changes_nothing():
    change = TextChange(key="categories", old="Comedy", new="Arts")
    assert change_show_text(SHOW, change, "show.toml") == SHOW


@pytest.mark.parametrize(
    ("content", "new"),
    [
        (b'copyright = "\\u00a9 Ana"\n', "Ana"),  # written in escapes: the text itself stands nowhere
        (b'copyright = "\xc2\xa9 Ana"\n', 'Ana "A" B'),  # what comes out is no TOML
    ],
)
def test_what_cannot_be_changed_safely_is_refused_with_what_to_write(content, new):
    with pytest.raises(ContentErrors, match=r"© Ana should be Ana.* Edit it by hand"):
        change_show_text(content, TextChange(key="copyright", old="© Ana", new=new), "show.toml")
