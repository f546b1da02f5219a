"""Plain notes are written without a reader, and come out as a reader would have them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.show_notes import render_feed_notes
from catalogue.show_notes.plain_feed import plain_feed_notes

# What nobody sees, and what no plain note has: a reader is asked.
REMARK = "\n\n<!-- remark -->"
PLAIN = [
    "A talk about grief; with Ann (and Bob)!",
    "A *long* talk, **not** short.\nOn two lines.\\\nOn three.",
    "00:12 Intro\n\n- One\n- [Two & more](https://example.org/a_b?x=1&y=2#z)\n\nEnd",
    "Ann & Bob – “words”: 100 %",
    "\n\nRoom around it  \n",
    "",
]
STRANGE = [
    *("# Heading", "1. one", "* one", "a_b", "*a", "a\\*b", "> said", "`code`", "<b>x</b>", "a | b", "[^1]", "a\tb"),
    *("![a](https://e.org)", "[a](https://E.org)", "[a](/here)", "https://e.org", "R&amp;B", "- a\n\n- b", "a\n- b"),
    *("  a", "a \nb", "Title\n===", "- a\n  b", "**a*b**", "a**b**c", "a\r\nb", "a\x00b", "a\xa0b", "~~a~~"),
]
PIECES = st.sampled_from(
    [*PLAIN, *STRANGE, *" *[]():.!&-_\n\\/1a", "\n\n", "\n- ", "**", " **a** ", "[a](https://e.org)"]
)


@pytest.mark.parametrize("markdown", PLAIN)
def test_plain_notes_need_no_reader(markdown):
    assert plain_feed_notes(markdown) == render_feed_notes(markdown + REMARK)


@pytest.mark.parametrize("markdown", STRANGE)
def test_what_means_something_else_is_left_to_the_reader(markdown):
    assert plain_feed_notes(markdown) is None


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_whatever_stands_there_it_comes_out_as_the_reader_has_it(markdown):
    plain = plain_feed_notes(markdown)
    assert plain is None or plain == render_feed_notes(markdown + REMARK)


@pytest.mark.parametrize("piece", ["**a", "[a b", "[a](https://e.org/", "a\n\n", "- a\n", "*a-", "_"])
def test_notes_made_to_hurt_take_no_longer_than_their_length(piece):
    began = time.process_time()
    plain_feed_notes(piece * (2**18 // len(piece)))
    assert time.process_time() - began < 1
