"""Edits splice the lines of the edited keys; all else stays to the byte."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.domain.episode import EpisodeType, Season
from catalogue.domain.show import Person
from catalogue.errors import ContentErrors
from catalogue.library.notes.edits import edit_note, plain, render_note
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.front_matter import read_note

NOTE = """\
---
# a word before
title:   'Old'   # keep me
published: 2021-10-05 08:00

# about people
people:
  - Ana   # first
  - name: Bea

number: 10
---

Hello   there
"""


def edit(text, **changes):
    return edit_note(text.encode(), changes, "episode.md").decode()


def test_a_value_on_one_line_is_replaced_in_its_place():
    assert edit(NOTE, title="New") == NOTE.replace("'Old'", "New")


def test_a_list_is_replaced_with_its_lines_alone():
    assert edit(NOTE, people=["Cleo"]) == NOTE.replace("  - Ana   # first\n  - name: Bea\n", "  - Cleo\n")


def test_none_takes_a_key_away():
    assert edit(NOTE, published=None) == NOTE.replace("published: 2021-10-05 08:00\n", "")


def test_a_new_key_comes_last():
    assert edit(NOTE, draft=True) == NOTE.replace("number: 10\n", "number: 10\ndraft: true\n")


def test_several_keys_change_at_once():
    expected = NOTE.replace("'Old'", "New").replace("number: 10\n", "summary: S\n")
    assert edit(NOTE, title="New", number=None, summary="S") == expected


def test_nothing_changes_where_nothing_is_asked():
    assert edit(NOTE) == NOTE


def test_windows_line_ends_and_a_byte_order_mark_stay():
    note = b"\xef\xbb\xbf" + NOTE.replace("\n", "\r\n").encode()
    edited = edit_note(note, {"title": "New", "draft": False}, "episode.md")
    assert edited == note.replace(b"'Old'", b"New").replace(b"number: 10\r\n", b"number: 10\r\ndraft: false\r\n")


def test_a_note_without_front_matter_gets_one():
    assert edit("Hello\n", title="T") == "---\ntitle: T\n---\n\nHello\n"
    assert edit("", title="T") == "---\ntitle: T\n---\n"
    assert edit("Hello\n", title=None) == "Hello\n"


def test_an_empty_front_matter_is_filled():
    assert edit("---\n# nothing\n---\nHi", title="T") == "---\n# nothing\ntitle: T\n---\nHi"


def test_an_empty_value_is_filled():
    assert edit("---\ntitle:\nnumber: 1\n---\n", title="T") == "---\ntitle: T\nnumber: 1\n---\n"


def test_a_text_of_many_lines_is_written_as_a_block():
    assert edit("---\na: 1\n---\n", summary="One\n\n# Two") == "---\na: 1\nsummary: |-\n  One\n\n  # Two\n---\n"


def test_a_block_is_replaced_whole():
    note = "---\nsummary: |\n  One\n  # not a comment\n\n# a comment\nnumber: 1\n---\n"
    assert edit(note, summary="S") == "---\nsummary: S\n\n# a comment\nnumber: 1\n---\n"


def test_a_quoted_text_over_several_lines_is_replaced_whole():
    note = "---\nsummary: 'x\n  # y'\n# a comment\nnumber: 1\n---\n"
    assert edit(note, summary="S") == "---\nsummary: S\n# a comment\nnumber: 1\n---\n"


@pytest.mark.parametrize(
    "text", ["no", "010", "12:34", "2021-10-05", "a: b", "# x", "*x", "~", "null", " x ", "é 😀", "'", "-", "{a}"]
)
def test_a_text_is_quoted_where_yaml_would_read_something_else(text):
    edited = edit_note(b"---\ntitle: x # y\n---\n", {"title": text}, "episode.md")
    assert plain(read_note(edited, "episode.md").fields["title"]) == text


def test_wide_signs_before_a_value_do_not_shift_it():
    assert edit("---\n'😀': x\ntitle: 😀 é   # 😀\n---\n", title="New") == "---\n'😀': x\ntitle: New   # 😀\n---\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("+++\ntitle = 'T'\n+++\n", "edit-toml"),
        ("---\n{title: T}\n---\n", "edit-flow"),
        ("---\ntitle: T\n", "fence-open"),
        ("---\n'summary\x01': x\n---\n", "duplicate-key"),
    ],
)
def test_what_cannot_be_changed_safely_is_left_to_its_author(text, code):
    with pytest.raises(ContentErrors) as caught:
        edit(text, summary="New")
    assert caught.value.errors[0].code == code


def test_a_new_note_reads_back_as_it_was_meant():
    values = {
        "title": "1984",
        "number": Decimal("110"),
        "season": Season(number=2),
        "type": EpisodeType.BONUS,
        "published": datetime(2021, 10, 5, 8, tzinfo=UTC),
        "explicit": False,
        "people": (Person(name="Ana", image_url="https://e.org/a.png"),),
        "corrections": [{"on": date(2021, 10, 6), "text": "x"}],
        "soundbites": [{"start": timedelta(seconds=75.5), "duration": timedelta(seconds=5)}],
    }
    note = read_note(render_note(values, "\nHello\r\n"), "episode.md")
    found = read_episode_note(note, timezone="UTC")
    assert found["people"] == values["people"]
    assert (found["title"], found["season"], found["published_at"]) == ("1984", Season(number=2), values["published"])
    assert (found["explicit"], found["soundbites"][0].start) == (False, timedelta(seconds=75.5))
    assert note.body == "Hello\n"


def test_a_new_note_looks_like_one_a_person_wrote():
    values = {"title": "Meet them", "number": Decimal(3), "published": date(2021, 10, 5), "people": ["Ana"]}
    expected = "---\ntitle: Meet them\nnumber: 3\npublished: 2021-10-05\npeople:\n  - Ana\n---\n\nHi\n"
    assert render_note(values, "Hi").decode() == expected


BLOCKS = st.sampled_from(
    ["# word\n", "\n", "b: 1   # x\n", "c:\n  - 1\n  # in\n  - 2\n", "d: |\n  # t\n\n  u\n", "e: {x: 1}\n", 'f: "y"\n']
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0x2FFF), max_size=20)


@settings(max_examples=150)
@given(st.lists(BLOCKS, unique=True), st.lists(BLOCKS, unique=True), TEXTS, st.sampled_from(["\n", "\r\n"]))
def test_all_other_lines_stay_to_the_byte(before, after, text, ending):
    after = [block for block in after if block not in before]
    head, tail = (("".join(blocks)).replace("\n", ending) for blocks in (before, after))
    rest = f"---{ending}Body{ending}"
    note = f"---{ending}{head}title: Old{ending}{tail}{rest}".encode()
    edited = edit_note(note, {"title": text}, "episode.md").decode()
    assert edited.startswith(f"---{ending}{head}title: ")
    assert edited.endswith(f"{tail}{rest}")
