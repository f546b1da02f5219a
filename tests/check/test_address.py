"""What is asked of an address."""

from __future__ import annotations

import pytest

from catalogue.check.address import ending, flaws_of_address, is_same_address, read_address


@pytest.mark.parametrize("text", ["", "/feed.xml", "ftp://example.org/", "http://", "http://[", "javascript:alert(1)"])
def test_what_is_no_absolute_address_is_none(text):
    assert read_address(text) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/a.mp3", "no whole address"),
        ("https://example.org/a b.mp3", "blank"),
        ("https://example.org/ä.mp3", "ASCII"),
        ("https://me:secret@example.org/a.mp3", "password"),
        ("https://example.org/a.mp3?X-Amz-Signature=1", "x-amz-signature"),
    ],
)
def test_unfit_address_is_named(url, words):
    (why,) = flaws_of_address(url)

    assert words in why


def test_plain_address_with_a_harmless_query_is_fit():
    assert list(flaws_of_address("https://example.org/a.mp3?source=feed")) == []


def test_ending_is_that_of_the_path():
    assert ending("https://example.org/a.b/C.MP3?x=.ogg") == "mp3"


def test_addresses_with_other_queries_differ():
    assert not is_same_address("https://example.org/?a", "https://example.org/?b")
