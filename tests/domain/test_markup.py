"""Notes are weighed before they are read: heavy ones are told by their line, all others are quick."""

import pytest
from heavy_notes import PIECES, worst_seconds

from catalogue.domain.markup import MARKUP_LIMIT, find_heavy_line

# A twentieth of what the heaviest may have, in a twentieth of two seconds, and four times that for busy machines.
LENGTH, MOST_SECONDS = 2_000, 0.4


@pytest.mark.parametrize("piece", PIECES)
def test_what_is_allowed_is_quick(piece):
    notes = (piece * LENGTH)[:LENGTH]
    assert find_heavy_line(notes) is None
    assert worst_seconds(notes) < MOST_SECONDS or worst_seconds(notes) < MOST_SECONDS


@pytest.mark.parametrize("notes", ["![" * 300_000, "[" * 500_000, "a\n" * 200_000, "http://a.b " * 90_000])
def test_what_would_take_seconds_is_heavy(notes):
    assert find_heavy_line(notes) is not None


def test_the_limit_itself_is_allowed():
    most = MARKUP_LIMIT // 8
    assert find_heavy_line("[" * most) is None
    assert find_heavy_line("[" * (most + 1)) == 1


def test_the_line_at_which_it_is_too_much_is_told():
    assert find_heavy_line("Words.\n\n" + "[" * 30_000 + "\nmore") == 3


def test_empty_lines_weigh_nothing():
    assert find_heavy_line("\n" * 1_000_000) is None


def test_nobodys_notes_are_heavy():
    links = "- [A page of ours](https://example.org/some/path): what it says, and *why*.\n" * 2_000
    prose = ("Words and more words, as a transcript has them. " * 12 + "\n\n") * 1_500
    assert [find_heavy_line(notes) for notes in (links, prose, links + prose)] == [None, None, None]
