"""Whole feeds: golden pairs, order, what podcast apps' parsers make of them.

A pair is `tests/data/feed/NAME.json` (show and episodes) with `NAME.xml`. After a wanted change write the
expected files again with CASTALOGUE_WRITE_GOLDEN=1 and read the difference.
"""

import os
import subprocess
import sys
import tracemalloc
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import feedparser
import podcastparser
import pytest
from builders import NOON, make_episode, make_show
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from catalogue.documents import read_document
from catalogue.domain.episode import Correction, Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.feed.assembly import render_feed

DATA = Path(__file__).parents[1] / "data" / "feed"
CASES = sorted(DATA.glob("*.json"))
LINKS = Links("https://podcast.example.org")


@dataclass(frozen=True)
class Case:
    """A golden pair's left side."""

    base_url: str
    show: Show
    episodes: tuple[Episode, ...]


def rendered(case: Path) -> bytes:
    feed = read_document(Case, case.read_bytes())
    return render_feed(feed.show, feed.episodes, Links(feed.base_url))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_golden_feed(case):
    expected = case.with_suffix(".xml")
    body = rendered(case)
    if os.environ.get("CASTALOGUE_WRITE_GOLDEN"):
        expected.write_bytes(body)
    assert body == expected.read_bytes()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_descriptions_keep_to_their_bytes(case):
    descriptions = etree.fromstring(rendered(case)).findall(".//description")
    assert all(0 < len(description.text.encode()) <= 4000 for description in descriptions)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_two_parsers_of_podcasts_read_the_same(case):
    feed = read_document(Case, case.read_bytes())
    expected = {(episode.guid, (episode.audio or episode.remote).size_bytes) for episode in feed.episodes}
    body = rendered(case)
    parsed = podcastparser.parse(f"{feed.base_url}/feed.xml", BytesIO(body))
    assert {(item["guid"], item["enclosures"][0]["file_size"]) for item in parsed["episodes"]} == expected
    entries = feedparser.parse(body)
    assert not entries.bozo
    assert {(entry.id, int(entry.enclosures[0].length)) for entry in entries.entries} == expected


def test_newest_first_whatever_the_order_given():
    old = make_episode(guid="old", published_at=NOON - timedelta(days=1))
    new, same = make_episode(guid="b"), make_episode(guid="a")
    root = etree.fromstring(render_feed(make_show(), [old, new, same], LINKS))
    assert [guid.text for guid in root.iter("guid")] == ["a", "b", "old"]


@pytest.mark.parametrize(
    "left_out",
    [{"renditions": ()}, {"withdrawn_at": NOON}, {"published_at": None}],
    ids=["no audio", "withdrawn", "no date"],
)
def test_an_episode_that_cannot_be_an_item_is_left_out(left_out):
    assert render_feed(make_show(), [make_episode(**left_out)], LINKS) == render_feed(make_show(), [], LINKS)


def test_the_build_date_is_the_latest_change_of_what_is_in_it():
    corrected = make_episode(corrections=(Correction(on=date(2021, 11, 2), text="A name."),))
    assert b"<lastBuildDate>Tue, 02 Nov 2021 00:00:00 +0000<" in render_feed(make_show(), [corrected], LINKS)
    gone = replace(corrected, withdrawn_at=NOON)
    assert b"<lastBuildDate>Tue, 05 Oct 2021 12:00:00 +0000<" in render_feed(make_show(), [gone], LINKS)


@pytest.mark.parametrize(
    "environment", [{"TZ": "Pacific/Auckland", "LC_ALL": "C"}, {"TZ": "America/St_Johns", "PYTHONHASHSEED": "7"}]
)
def test_neither_zone_nor_locale_nor_hash_seed_changes_a_byte(environment):
    program = (
        "import sys, locale, test_assembly as t; locale.setlocale(locale.LC_ALL, '');"
        "sys.stdout.buffer.write(t.rendered(t.DATA / 'everything.json'))"
    )
    folders = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment, "PYTHONPATH": folders},
        capture_output=True,
        check=True,
    )
    assert answer.stdout == (DATA / "everything.xml").read_bytes()


def test_no_feed_is_held_twice_while_it_is_made():
    notes = "word " * 2000
    episodes = [make_episode(guid=str(n), slug=f"s{n}", notes=notes) for n in range(300)]
    tracemalloc.start()
    try:
        body = render_feed(make_show(), episodes, LINKS)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 2.5 * len(body), "its items and the whole are two; rendered items beside them were a third"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=80), st.text(alphabet=st.characters(), max_size=80))
def test_no_text_takes_the_feed_down(title, notes):
    episode = make_episode(title=title, notes=notes, summary=notes, author=title, content_warning=title)
    body = render_feed(make_show(title=title, description=notes), [episode], LINKS)
    assert len(etree.fromstring(body).findall(".//item")) == 1
    assert len(podcastparser.parse("https://e.org", BytesIO(body))["episodes"]) == 1


def test_all_of_unicode_in_title_and_notes_is_still_a_feed():
    everything = "".join(
        map(chr, (*range(0x3000), *range(0xD7F0, 0xE010), *range(0xFDC0, 0x10010), 0x10FFFE, 0x10FFFF))
    )
    body = render_feed(make_show(), [make_episode(title=everything, notes=everything)], LINKS)
    assert len(etree.fromstring(body).findall(".//item")) == 1
    assert len(podcastparser.parse("https://e.org", BytesIO(body))["episodes"]) == 1
    assert not feedparser.parse(body).bozo
