"""Tagging an episode: its audio is another file then, and the episode the same."""

import pytest
from mutagen.id3 import ID3
from sounds import silent_mp3

from catalogue.actions.tagging import tag_episode
from catalogue.errors import NotFound, StaleEdit
from catalogue.sandbox.box import Box

NOTE = "---\ntitle: Husbands\nnumber: 110\nseason: 2\nchapters: ['0:00 Hello', '0:01 Loss']\n---\nAbout it.\n"


@pytest.fixture
def one(shelf):
    """One indexed episode with a note, and its audio file."""
    file = shelf.sound("one/audio.mp3", title="Old", author="Ana")
    shelf.write("one/episode.md", NOTE)
    shelf.index()
    return file


def tag(shelf, **wishes):
    return tag_episode(shelf.place, "one", wishes=shelf._wishes(), **wishes)


def test_the_audio_says_what_the_note_says_and_the_index_knows_it(shelf, one):
    before = shelf.episodes()["one"]
    tagged = tag(shelf)
    after = shelf.episodes()["one"]
    frames = ID3(one)
    assert (str(frames["TIT2"]), str(frames["TRCK"]), str(frames["TPOS"]), len(frames.getall("CHAP"))) == (
        "Husbands",
        "110",
        "2",
        2,
    )
    assert (str(frames["TPE1"]), len(frames.getall("APIC"))) == ("Ana", 1)
    assert (tagged.written, tagged.remarks, tagged.report.refused) == (("one/audio.mp3",), (), ())
    assert (after.guid, after.title, after.chapters) == (before.guid, before.title, before.chapters)
    assert after.audio.essence == before.audio.essence
    assert after.audio.sha256 != before.audio.sha256
    assert after.audio.size_bytes == one.stat().st_size


def test_the_old_address_leads_to_the_new_file(shelf, one):
    old = shelf.episodes()["one"].audio.sha256
    tag(shelf)
    (show,) = shelf.place.index.shows()
    (line,) = [row.line for row in shelf.place.index.episodes(show.show.guid)]
    assert old in line.was_media


def test_no_copy_is_left_lying(shelf, one):
    tag(shelf)
    assert list(shelf.place.derived.glob(".*")) == []


def test_an_episode_that_is_tagged_already_is_left_alone(shelf, one):
    tag(shelf)
    stamp = one.stat().st_mtime_ns
    assert tag(shelf).written == ()
    assert one.stat().st_mtime_ns == stamp


def test_pictures_stay_where_nobody_wants_a_cover(shelf, one):
    tag(shelf, with_cover=False)
    assert ID3(one).getall("APIC") == []


def test_an_episode_whose_audio_lies_elsewhere_cannot_be_tagged(shelf):
    shelf.write("one.md", "---\nenclosure: {url: 'https://e.org/a.mp3', length: 9, type: audio/mpeg}\n---\n")
    shelf.index()
    with pytest.raises(NotFound, match="no audio in the library"):
        tag(shelf)


def test_somebody_elses_edit_meanwhile_is_not_written_over(shelf, one, monkeypatch):
    call = Box.call

    def edited_meanwhile(box, function, *args):
        done = call(box, function, *args)
        shelf.sound("one/audio.mp3", seed=9)
        return done

    monkeypatch.setattr(Box, "call", edited_meanwhile)
    with pytest.raises(StaleEdit):
        tag(shelf)
    assert one.read_bytes() == silent_mp3(seed=9)
