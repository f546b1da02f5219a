"""An element of the feed is led back to the file and the line that it is made of."""

from datetime import timedelta

import pytest
from builders import make_audio, make_episode, make_show

from catalogue.actions.check_places import Places
from catalogue.check.rule import Finding, Level
from catalogue.domain.media import Artwork, RemoteAudio, Transcript
from catalogue.library.folder import find_shows
from catalogue.library.storage import LocalLibrary

SHOW = """# ours
title = "T"
categories = ["Arts"]

[owner]
name = "Ana"
"""
NOTE = """---
title: One
number: 1
enclosure:
  url: https://example.org/a.mp3
chapters:
  - 0:00 Begin
---

All about it.
"""
GUID = make_episode().guid


@pytest.fixture
def found(tmp_path):
    """Where a finding is placed: of the show or, with the `guid`, of an episode with what is stated."""

    def place(element="", *, rule="X99", guid="", note=NOTE, **stated):
        for path, text in (("show.toml", SHOW), ("1/episode.md", note), ("1/audio.mp3", "")):
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        library = LocalLibrary(tmp_path)
        files = {one.path: one for show in find_shows(tuple(library.list())) for one in show.episodes}
        places = Places(
            library, make_show(), episodes=[make_episode(**stated)], find_files=lambda _, path: files.get(path)
        )
        finding = Finding(rule=rule, level=Level.ERROR, message="", where="", element=element, guid=guid)
        placed = places.placed(finding)
        return placed.file, placed.file_line

    return place


@pytest.mark.parametrize(
    ("element", "rule", "place"),
    [
        ("title", "C01", ("show.toml", 2)),
        ("itunes:category", "C05", ("show.toml", 3)),
        ("itunes:email", "C18", ("show.toml", 5)),
        ("", "C18", ("show.toml", 5)),
        ("podcast:locked", "C14", ("show.toml", None)),
        ("itunes:image", "C09", ("artwork.png", None)),
        ("", "X06", ("show.toml", None)),
    ],
)
def test_what_is_of_the_show(found, element, rule, place):
    assert found(element, rule=rule) == place


@pytest.mark.parametrize(
    ("element", "rule", "place"),
    [
        ("title", "I02", ("1/episode.md", 2)),
        ("itunes:episode", "I17", ("1/episode.md", 3)),
        ("description", "I14", ("1/episode.md", 10)),
        ("podcast:chapters", "P04", ("1/episode.md", 7)),
        ("enclosure", "I06", ("1/audio.mp3", None)),
        ("itunes:season", "I17", ("1/audio.mp3", None)),
        ("podcast:person", "P05", ("1/episode.md", None)),
        ("", "X06", ("1/episode.md", None)),
    ],
)
def test_what_is_of_an_episode(found, element, rule, place):
    assert found(element, rule=rule, guid=GUID) == place


def test_files_beside_the_note(found):
    vtt = Transcript(path="1/t.vtt", format="vtt", language="en", sha256="a", size_bytes=1)
    artwork = Artwork(path="1/cover.png", sha256="b", width=1, height=1)
    assert found("podcast:transcript", guid=GUID, transcripts=(vtt,)) == ("1/t.vtt", None)
    assert found("itunes:image", guid=GUID, artwork=artwork) == ("1/cover.png", None)


def test_audio_elsewhere_is_found_in_the_note(found):
    remote = RemoteAudio(url="https://e.org/a.mp3", size_bytes=1, media_type="audio/mpeg", duration=timedelta(1))
    assert found("enclosure", guid=GUID, renditions=(), remote=remote) == ("1/episode.md", 5)


def test_an_episode_without_a_note_is_found_in_its_audio(found):
    assert found("title", guid=GUID, path="2", renditions=(make_audio(path="2.mp3"),)) == ("2.mp3", None)


def test_a_note_that_cannot_be_read_any_more_is_named_without_a_line(found):
    assert found("podcast:person", guid=GUID, note="---\ntitle: [\n---\n") == ("1/episode.md", None)


def test_what_has_its_place_keeps_it(tmp_path):
    places = Places(LocalLibrary(tmp_path), make_show(), episodes=(), find_files=lambda *_: None)
    finding = Finding(rule="H01", level=Level.ERROR, message="", where="", file="a.md", file_line=7)
    assert places.placed(finding) == finding
