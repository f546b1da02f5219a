"""Chapters as a file."""

import hashlib
import json
from datetime import timedelta

from builders import make_episode

from catalogue.domain.media import Chapter
from catalogue.feed.chapters import chapters_address, render_chapters

CHAPTERS = (
    Chapter(start=timedelta(seconds=90.5), title="Zweites \x0b", end=timedelta(minutes=3)),
    Chapter(start=timedelta(0), title="Début\ud800", url="https://example.org"),
    Chapter(start=timedelta(minutes=2), title="", is_listed=False, image_url="https://example.org/i.jpg"),
)


def test_chapters_come_in_the_order_of_their_times():
    rendered = json.loads(render_chapters(make_episode(chapters=CHAPTERS)))
    assert rendered["version"] == "1.2.0"
    assert rendered["chapters"] == [
        {"startTime": 0, "title": "Début", "url": "https://example.org"},
        {"startTime": 90.5, "title": "Zweites", "endTime": 180},
        {"startTime": 120, "title": "", "img": "https://example.org/i.jpg", "toc": False},
    ]


def test_addresses_in_it_are_ascii():
    chapter = Chapter(start=timedelta(0), title="ñ", url="https://e.org/ñ", image_url="https://e.org/ú.jpg")
    (written,) = json.loads(render_chapters(make_episode(chapters=(chapter,))))["chapters"]
    assert (written["url"], written["img"]) == ("https://e.org/%C3%B1", "https://e.org/%C3%BA.jpg")


def test_the_file_names_nothing_but_the_chapters():
    first, second = make_episode(chapters=CHAPTERS), make_episode(chapters=CHAPTERS, title="Other", path="2")
    assert render_chapters(first) == render_chapters(second)


def test_the_address_is_made_of_the_bytes(links):
    episode = make_episode(chapters=CHAPTERS)
    digest = hashlib.sha256(render_chapters(episode)).hexdigest()
    assert chapters_address(episode, links) == links.chapters(episode, digest)


def test_an_episode_without_chapters_has_no_such_file(links):
    assert chapters_address(make_episode(), links) is None
