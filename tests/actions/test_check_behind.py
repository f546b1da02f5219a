"""What lies behind a feed: notes, audio and show.toml, judged with the file and the line to mend."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from catalogue.actions.check import check_shows
from catalogue.actions.check_behind import check_behind
from catalogue.actions.check_facts import read_sounds
from catalogue.actions.library_places import LibraryPlaces
from catalogue.domain.links import Links

LINKS = Links("https://example.org")
NOTE = """---
title: Compost
reviewed: 2021-09
next_review: 2024-09
sources: ["A leaflet"]
---

## Heaps

See [what it wants](#what-it-wants) and [mulch](../mulch/).

- 0:00 One
- 99:00 Two
"""
SAMPLE = Path(__file__).parents[2] / "episodes"


@pytest.fixture
def found(shelf):
    def check():
        publication = shelf.publication()
        place = shelf.place
        (show,) = publication.shows()
        sounds = read_sounds(publication.episodes(show, shelf.now), place.index)
        places = LibraryPlaces(place.storage)
        findings = check_behind(publication, show, LINKS, shelf.now, sounds=sounds, places=places)
        return {(one.rule, one.file, one.file_line) for one in findings}

    return check


def test_findings_name_the_note_or_show_toml_and_the_line(shelf, found):
    shelf.sound("compost/audio.mp3")
    shelf.write("compost/episode.md", NOTE)
    shelf.index()

    assert found() >= {
        ("H01", "compost/episode.md", 4),
        ("S01", "compost/episode.md", 10),
        ("S02", "compost/episode.md", 13),
        ("H03", "show.toml", 6),
    }


def test_findings_about_a_translation_name_its_note(shelf, found):
    shelf.sound("compost/audio.mp3")
    shelf.write("compost/episode.md", "All is well.")
    shelf.write("compost/episode.es.md", "---\ntitle: Abono\n---\n\n![](https://example.org/a.jpg)")
    shelf.index()

    assert ("S03", "compost/episode.es.md", 5) in found()


def test_a_review_of_a_topic_page_that_is_overdue_is_found_with_its_line(shelf, found):
    shelf.sound("compost/audio.mp3")
    shelf.write("topics/soil.md", "---\ntitle: Soil\nnext_review: 2020-01\n---\n")
    shelf.index()

    assert ("H04", "topics/soil.md", 3) in found()


def test_findings_about_audio_name_the_audio(shelf, found):
    shelf.sound("compost.mp3")
    shelf.index()

    assert ("A05", "compost.mp3", None) in found()


def test_link_to_an_episode_that_is_there_is_fine_by_its_earlier_slug_too(shelf, found):
    shelf.sound("compost.mp3", seed=1)
    shelf.write("compost.md", "[mulch](../mulch/), [peat](../peat/)")
    shelf.sound("mulch.mp3", seed=2)
    shelf.index()
    shelf.write("mulch.md", "---\nslug: peat\n---\n")
    shelf.later(minutes=1)
    shelf.index()

    assert "S01" not in {rule for rule, _, _ in found()}


def test_note_that_has_gone_since_is_named_no_more(shelf, found):
    shelf.sound("compost/audio.mp3")
    shelf.write("compost/episode.md", NOTE)
    shelf.index()
    shutil.rmtree(shelf.root / "compost")

    assert ("S02", "", None) in found()


def test_the_sample_has_neither_errors_nor_warnings(shelf):
    shutil.copytree(SAMPLE, shelf.root, dirs_exist_ok=True)
    shelf.index()
    publication, place = shelf.publication(), shelf.place
    (show,) = publication.shows()

    sounds = read_sounds(publication.episodes(show, shelf.now), place.index)
    behind = check_behind(publication, show, LINKS, shelf.now, sounds=sounds, places=LibraryPlaces(place.storage))
    (feed,) = check_shows(publication, LINKS, shelf.now)

    assert {one.level.value for one in (*behind, *feed.findings)} == {"advice"}
