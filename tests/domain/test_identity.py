"""Identities: the same from the same, different from the different, and never depending on the machine."""

import unicodedata
import uuid

import pytest
from builders import make_show

from catalogue.domain.identity import (
    SLUG_LENGTH,
    episode_guid,
    free_slug,
    show_guid_from_chance,
    show_guid_from_url,
    slug_of,
)

SHOW = make_show().guid


def test_the_podcast_guid_is_that_of_the_specification():
    # Podcasting 2.0, guid: the two worked examples.
    assert show_guid_from_url("https://mp3s.nashownotes.com/pc20rss.xml") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert show_guid_from_url("podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


@pytest.mark.parametrize(
    "url", ["http://podnews.net/rss", "https://podnews.net/rss/", " podnews.net/rss// ", "feed://podnews.net/rss"]
)
def test_scheme_and_closing_slashes_make_no_other_show(url):
    assert show_guid_from_url(url) == show_guid_from_url("https://podnews.net/rss")


def test_a_show_without_an_address_takes_its_guid_from_chance():
    one, two = (show_guid_from_chance(uuid.UUID(int=number)) for number in (1, 2))
    assert one != two
    assert uuid.UUID(one).version == 5


def test_an_episode_s_guid_follows_show_place_and_sound():
    guid = episode_guid(SHOW, "110", "a" * 64)
    others = [
        episode_guid(make_show().guid.replace("9", "8", 1), "110", "a" * 64),
        episode_guid(SHOW, "111", "a" * 64),
        episode_guid(SHOW, "110", "b" * 64),
    ]
    assert guid == episode_guid(SHOW, "110", "a" * 64)
    assert guid not in others


def test_two_checkouts_agree_however_their_file_systems_spell_a_name():
    composed = "Mañana"
    decomposed = unicodedata.normalize("NFD", composed)
    assert episode_guid(SHOW, composed, "a") == episode_guid(SHOW, decomposed, "a")
    assert slug_of(composed, str) == slug_of(decomposed, str)


def test_a_slug_is_short_and_does_not_end_in_a_hyphen():
    slug = slug_of("word " * 40, str)
    assert len(slug) <= SLUG_LENGTH
    assert not slug.endswith("-")


def test_a_name_without_letters_becomes_a_word_and_eight_digits_of_the_guid():
    guid = "1f0e6a34-0000-5000-8000-000000000001"
    assert free_slug(slug_of("???", str), guid, set()) == "episode-1f0e6a34"


def test_a_taken_slug_gets_the_next_number():
    assert free_slug("talk", "1", {"talk", "talk-2"}) == "talk-3"
