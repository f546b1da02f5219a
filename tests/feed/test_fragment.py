"""Items that are rendered once and kept."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON, make_audio, make_episode, make_show

from catalogue.domain.links import Links
from catalogue.domain.media import Artwork, Chapter, Transcript
from catalogue.domain.show import Person
from catalogue.feed import fragment as fragments
from catalogue.feed.fragment import ROOM_BYTES, Fragment, ItemRenderer, base_address, room_for
from catalogue.feed.rss import render_item

RICH = make_episode(
    notes="Read [more](https://elsewhere.example/a?b=c&d='e').\n\n" + "long " * 1000,
    chapters=(Chapter(start=timedelta(0), title="One"), Chapter(start=timedelta(minutes=1), title="Two")),
    transcripts=(Transcript(path="1/en.vtt", format="vtt", language="en", sha256="b" * 64, size_bytes=10),),
    artwork=Artwork(path="1/a.jpg", sha256="d" * 64, width=3000, height=3000),
    people=(Person(name="Ana", url="https://ana.example/{}"),),
    renditions=(make_audio(), make_audio(format="opus", sha256="9" * 64)),
)
BASE_URLS = (
    "https://example.org",
    "http://127.0.0.1:8000",
    "http://[::1]:8000",
    "https://example.org:8443/some/path",
    "https://españa.example/canción",
    "https://example.org/it's&so",
    "https://example.org/" + "deep/" * 40 + "end",
)


@pytest.mark.parametrize("base_url", BASE_URLS)
def test_a_filled_fragment_is_what_is_rendered_for_that_address(base_url):
    renderer = ItemRenderer(make_show(), room_for(base_url))
    plain = replace(RICH, notes="Short.")
    address = base_address(base_url)
    assert renderer.fill(renderer.render(plain), address) == render_item(make_show(), plain, Links(address))


@pytest.mark.parametrize("base_url", BASE_URLS)
def test_nothing_is_left_of_the_placeholder(base_url):
    renderer = ItemRenderer(make_show(), room_for(base_url))
    fragment = renderer.render(RICH)
    filled = renderer.fill(fragment, base_address(base_url))
    assert b".invalid" not in filled
    assert fragment.key[:32].encode() not in filled


@pytest.mark.parametrize("base_url", BASE_URLS)
def test_a_cut_description_keeps_to_its_bytes_under_any_address(base_url, read_item):
    renderer = ItemRenderer(make_show(), room_for(base_url))
    item = read_item(renderer.fill(renderer.render(RICH), base_address(base_url)))
    description = item.findtext("description")
    assert 3000 < len(description.encode()) <= 4000
    assert base_address(base_url) in description


def test_notes_that_hold_another_item_s_placeholder_keep_it():
    renderer = ItemRenderer(make_show())
    other = renderer.render(make_episode(guid="other"))
    place = f"https://{other.key}"[:56] + ".invalid"
    assert place.encode() in other.body
    filled = renderer.fill(renderer.render(make_episode(notes=f"See {place} there.")), "https://example.org")
    assert place.encode() in filled


def test_the_key_follows_the_episode_and_what_items_say_of_the_show():
    renderer = ItemRenderer(make_show())
    key = renderer.key(RICH)
    assert ItemRenderer(make_show(title="Other", description="New.")).key(RICH) == key
    changed = [
        renderer.key(replace(RICH, title="New")),
        renderer.key(replace(RICH, published_at=NOON + timedelta(days=1))),
        ItemRenderer(make_show(explicit=True)).key(RICH),
        ItemRenderer(make_show(slug="new")).key(RICH),
        ItemRenderer(make_show(artwork=None)).key(RICH),
        ItemRenderer(make_show(), 2 * ROOM_BYTES).key(RICH),
    ]
    assert len({key, *changed}) == len(changed) + 1


def test_another_way_of_writing_makes_other_keys(monkeypatch):
    before = ItemRenderer(make_show()).key(RICH)
    monkeypatch.setattr(fragments, "renderer", lambda: "another")
    assert ItemRenderer(make_show()).key(RICH) != before


def test_an_item_says_nothing_of_its_show_that_the_key_does_not_hold():
    loud = make_show(title="LOUD", description="LOUD", author="LOUD", subtitle="LOUD", copyright="LOUD", guid="LOUD")
    renderer = ItemRenderer(loud)
    assert renderer.render(RICH) == Fragment(key=renderer.key(RICH), body=ItemRenderer(make_show()).render(RICH).body)
    assert b"LOUD" not in render_item(loud, RICH, Links("https://example.org"))


# ITEM_FORMAT → a digest of all golden feeds. Another digest? Raise ITEM_FORMAT, or the old items would be served.
WRITTEN = {5: "037380bc9c385704"}


def test_items_that_are_written_otherwise_have_another_format():
    feeds = sorted((Path(__file__).parents[1] / "data" / "feed").glob("*.xml"))
    digest = hashlib.sha256(b"".join(feed.read_bytes() for feed in feeds)).hexdigest()
    assert digest.startswith(WRITTEN[fragments.ITEM_FORMAT])
