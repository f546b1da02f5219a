"""A feed of another host that is cut off, a bomb or full of odd identities costs little, and nothing that is here."""

from __future__ import annotations

import random
import time
from contextlib import nullcontext

import pytest
from import_web import Host, feed, item
from old_host import may_ask_itself
from small_web import reply

from catalogue.actions.import_sources import read_source
from catalogue.actions.importing import ImportWishes, import_feed
from catalogue.domain.links import Links
from catalogue.errors import FeedError
from catalogue.library.imports.mapping import map_feed_file

LINKS = Links("https://example.org")
# What reading any of them may take of a processor, in seconds, on a machine that does other things too.
MOST_SECONDS = 10
_LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _stated(name, count):
    return " ".join(f'{name.format(n)}="u{n}"' for n in range(count))


BOMBS = {
    "lol": lambda: f'<!DOCTYPE rss [<!ENTITY l0 "lol">{_LOL}]><rss><channel><title>&l9;</title></channel></rss>',
    "quad": lambda: f'<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]><rss><channel>{"&a;" * 100_000}</channel></rss>',
    "file": lambda: '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>',
    "parameter": lambda: '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><rss><channel/></rss>',
    "external": lambda: '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd"><rss><channel/></rss>',
    "deep": lambda: f"<rss><channel>{'<a>' * 200_000}",
    "attributes": lambda: f"<rss><channel {_stated('a{}', 200_000)}/></rss>",
    "items": lambda: f"<rss><channel>{'<item/>' * 100_000}</channel></rss>",
    "namespaces": lambda: f"<rss {_stated('xmlns:a{}', 20_000)}></rss>",
}


@pytest.fixture
def host(box, monkeypatch):
    monkeypatch.setattr("catalogue.actions.import_sources.Box", lambda *_: nullcontext(box))
    opened = Host()
    yield opened
    opened.close()


@pytest.fixture
def library(shelf):
    """A folder with no show in it, that may ask this machine."""
    (shelf.root / "show.toml").unlink()
    return may_ask_itself(shelf, "https://example.org")


def brought(library, name):
    wishes = ImportWishes(run=library._wishes(), is_metadata_only=True)
    return import_feed(library.place, read_source(library.place, str(name)), wishes, links=LINKS)


def told(library):
    """Of each episode its GUID, title and date."""
    return sorted((one.guid, one.title, one.published_at) for one in library.episodes().values())


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_a_sentence_and_soon(tmp_path, bomb):
    path = tmp_path / "feed.xml"
    path.write_text(BOMBS[bomb]())
    began = time.process_time()
    with pytest.raises(FeedError) as refused:
        map_feed_file(str(path), "feed.xml", "")
    assert time.process_time() - began < MOST_SECONDS
    assert "root:" not in str(refused.value)


def test_a_feed_that_is_cut_off_on_its_way_loses_and_changes_nothing(library, host):
    items = [item(n) for n in range(1, 20)]
    brought(library, host.put_feed(*items))
    before, whole = told(library), feed(*items)
    for end in range(1024, len(whole), 1024):
        host.web.answers["/feed"] = reply(whole[:end], "Content-Type: application/rss+xml")
        with pytest.raises(FeedError):
            brought(library, host.url("/feed"))
    brought(library, host.put_feed(*items[:2]))
    assert (told(library), len(before)) == (before, 19)


def test_whatever_guids_the_items_have_none_is_lost_and_none_changes(library, host):
    """GUIDs by chance missing, empty, blank or another's; read again, and in another order, all are who they were."""
    chance = random.Random(15)
    guid = '<guid isPermaLink="false">old-{}</guid>'
    items = []
    for n in range(1, 29):
        said = chance.choice((guid.format(n), "", "<guid/>", "<guid> \n </guid>", guid.format(1)))
        items.append(item(n, url=f"https://cdn.example.net/{n}.mp3").replace(guid.format(n), said))
    brought(library, host.put_feed(*items))
    first = told(library)
    assert (len(first), len({one[0] for one in first})) == (28, 28)
    chance.shuffle(items)
    brought(library, host.put_feed(*items))
    assert told(library) == first


@pytest.mark.parametrize(
    "to", ["http://10.0.0.1/2", "file:///etc/passwd", "feed.xml:2", "ftp://127.0.0.1/2", "//[::1]/2"]
)
def test_a_further_page_is_asked_for_at_no_machine_that_may_not_be_and_is_no_file(
    library, host, tmp_path, monkeypatch, to
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feed.xml:2").write_bytes(feed(item(2)))
    source = read_source(library.place, host.put_feed(item(1), more=f'<atom:link rel="next" href="{to}"/>'))
    assert len(source.feed.episodes) == 1
    assert [one for one in source.remarks if one.message.startswith("A further page of the feed could not be read.")]


def test_an_item_that_comes_with_another_s_guid_is_new_and_takes_nothing(library, host):
    one, two = (item(n, url=f"https://cdn.example.net/{n}.mp3").replace(f"old-{n}", "same") for n in (1, 2))
    brought(library, host.put_feed(two))
    brought(library, host.put_feed(one, two))
    assert [one[:2] for one in told(library)] == [("https://cdn.example.net/1.mp3", "Part 1"), ("same", "Part 2")]


def test_audio_that_comes_in_pieces_is_seen_by_nobody_before_it_is_whole(library, host):
    """Each time the rest is asked for, the library holds no audio yet and no episode has any."""
    url, seen = host.put_audio("/1.mp3", seconds=80.0), []
    host.cut("/1.mp3", 64 * 1024)
    piece = host.web.answers["/1.mp3"]

    def look_first():
        seen.append([path.name for path in library.root.rglob("audio.*")])
        yield from piece()

    host.web.answers["/1.mp3"] = look_first
    source = read_source(library.place, host.put_feed(item(1, url=url)))
    done = import_feed(library.place, source, ImportWishes(run=library._wishes()), links=LINKS)
    assert (done.is_whole, {*map(tuple, seen)}) == (True, {()})
    assert len(seen) == -(-len(host.audio["/1.mp3"]) // (64 * 1024)) > 3
    assert (library.root / "talks/part-1/audio.mp3").read_bytes() == host.audio["/1.mp3"]
