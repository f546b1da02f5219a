"""A card's address follows what is on it, and its name says whose it is."""

import re

import pytest
from builders import make_episode, make_show

from catalogue.domain.cards import card_name, card_of, read_card_name
from catalogue.domain.links import Links
from catalogue.domain.media import Artwork

SHOW, EPISODE = make_show(accent="#0b7a6e"), make_episode()
OTHER = Artwork(path="1/artwork.png", sha256="d" * 64, width=3000, height=3000)


def test_a_card_lies_under_its_hash_with_the_names_of_its_owners():
    url = Links("https://pods.example").card(SHOW, EPISODE)
    assert re.fullmatch(r"https://pods\.example/media/[0-9a-f]{64}/conversations\.meet-the-husbands\.card1\.jpg", url)
    assert Links("").card(SHOW).endswith("/conversations.card1.jpg")


@pytest.mark.parametrize(
    ("show", "episode"),
    [
        (make_show(accent="#0b7a6e", title="Talks"), EPISODE),
        (make_show(accent="#b03"), EPISODE),
        (SHOW, make_episode(title="Meet the wives")),
        (SHOW, make_episode(artwork=OTHER)),
        (make_show(accent="#0b7a6e", artwork=OTHER), EPISODE),
        (SHOW, None),
    ],
)
def test_what_is_on_it_makes_its_address(show, episode):
    assert card_of(show, episode).sha256 != card_of(SHOW, EPISODE).sha256


def test_what_is_not_on_it_leaves_its_address():
    assert card_of(SHOW, make_episode(notes="Other notes.", slug="other")).sha256 == card_of(SHOW, EPISODE).sha256


def test_titles_that_share_their_letters_do_not_share_a_card():
    one, other = make_show(title="a\n1 b"), make_show(title="a")
    assert card_of(one, make_episode(title="c")).sha256 != card_of(other, make_episode(title="b\n1 c")).sha256


def test_its_owner_is_read_from_its_name():
    assert read_card_name(card_name(SHOW, EPISODE)) == ("conversations", "meet-the-husbands")
    assert read_card_name(card_name(SHOW)) == ("conversations", None)


@pytest.mark.parametrize(
    "name", ["conversations.cover1.jpg", "a.b.c.card1.jpg", "card1.jpg", "../a.card1.jpg", "A.card1.jpg"]
)
def test_other_names_are_nobody_s_card(name):
    assert read_card_name(name) is None
