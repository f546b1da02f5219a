"""Texts as they are kept beside the search."""

from datetime import timedelta

from catalogue.domain.search import Passage, Place
from catalogue.domain.searched_text import arrange, pack, unpack


def passage(text, place=Place.NOTES, **stated):
    return Passage(place=place, text=text, **stated)


def test_what_is_packed_comes_back():
    cue = passage("Was \ud800 said. " * 300, Place.TRANSCRIPT, start=timedelta(milliseconds=90_001), speaker="Ann")
    for passages in ([cue, passage("a", Place.TITLE)], [passage("é\nb")], []):
        text = arrange(passages)
        assert unpack(*pack(text)) == text


def test_passages_lie_in_the_order_of_their_places_on_a_line_each():
    text = arrange(
        [passage("said", Place.TRANSCRIPT), passage(" \n "), passage("a\n b", Place.TITLE), passage("cafe\u0301")]
    )
    assert text.text == "a b\ncafé\nsaid"
    assert [text.place(number) for number in range(3)] == [Place.TITLE, Place.NOTES, Place.TRANSCRIPT]
    assert text.columns() == ("a b", "", "café", "said")


def test_a_passage_knows_its_moment_and_its_speaker():
    text = arrange([passage("a", start=timedelta(hours=8), speaker="Ann"), passage("b"), passage("c", speaker="Ann")])
    assert [text.start(number) for number in range(3)] == [timedelta(hours=8), None, None]
    assert [text.speaker(number) for number in range(3)] == ["Ann", None, "Ann"]
