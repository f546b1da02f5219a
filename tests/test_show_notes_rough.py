"""Notes as words to be looked up."""

import time

import pytest

from catalogue.show_notes.rough import rough_paragraphs


@pytest.mark.parametrize(
    ("markdown", "paragraphs"),
    [
        ("One\ntwo.\n\nThree", ["One two.", "Three"]),
        ("## A title ##\n\nText", ["A title", "Text"]),
        ("* one\n* two\n1. three\n> quoted", ["one", "two", "three quoted"]),
        ("A [link](https://example.org/a_b) and ![a picture](p.png)", ["A link and a picture"]),
        ("See [this][1].\n\n[1]: https://example.org", ["See this."]),
        ("Said[^a] so.\n\n[^a]: A note.", ["Said so.", "A note."]),
        ("| a | b |\n|---|:-:|\n| c | d |", ["a · b", "c · d"]),
        ("**Strong** _soft_ `code` snake_case", ["Strong soft code snake_case"]),
        ("a<!-- hidden -->b\n\n<!-- open", ["ab"]),
        ("\\*star\\* <https://example.org>", ["*star* https://example.org"]),
        ("---\n\n***\n\n", []),
    ],
)
def test_words_stay_and_marks_go(markdown, paragraphs):
    assert rough_paragraphs(markdown) == paragraphs


@pytest.mark.parametrize("mark", ["[", "![", "[a](", "*", "_", "`", "<!--", "\\", "| ", "> ", "[^", "<https://"])
def test_a_page_of_marks_takes_no_longer_than_its_length(mark):
    before = time.process_time()
    rough_paragraphs(mark * 60_000)
    assert time.process_time() - before < 5
