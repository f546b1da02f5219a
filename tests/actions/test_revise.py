"""Revised: the same GUID, other bytes; old addresses lead on, and a correction says so."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from mutagen.mp3 import MP3
from sounds import write_mp3

from catalogue.actions.revise import revise_episode
from catalogue.actions.unpublish import unpublish_episode
from catalogue.errors import AudioError, Conflict, ContentErrors, MediaError, Moved
from catalogue.library.notes.edits import edit_note

SOUNDS = Path(__file__).parents[1] / "data" / "audio"
NOTE = "---\ntitle: One  # a name\npublished: 2026-01-05\n---\nAbout it.\n"


@pytest.fixture
def one(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", NOTE)
    shelf.sound("two.mp3", seed=2)
    shelf.index()
    return shelf


@pytest.fixture
def new(tmp_path):
    """A file to put in place of the audio, outside the library; a second longer."""
    return write_mp3(tmp_path / "inbox" / "mended.mp3", seed=9, seconds=3.0)


def revise(shelf, name="one", **said):
    return revise_episode(shelf.place, name, wishes=shelf._wishes(), **said)


def item(shelf):
    return next(one for one in shelf.feed().split(b"<item>") if b"/one/" in one)


def test_the_guid_stays_and_length_duration_and_integrity_follow(one, new):
    before, feed = one.episodes()["one"], one.feed()
    done = revise(one, audio=new, note="The dose is 5 mg.")
    after = one.episodes()["one"]
    assert done.written == ("one/audio.mp3", "one/episode.md")
    assert (one.root / "one/audio.mp3").read_bytes() == new.read_bytes()
    assert (after.guid, after.slug, after.published_at) == (before.guid, before.slug, before.published_at)
    assert after.audio.size_bytes == new.stat().st_size
    assert after.audio.duration.total_seconds() == pytest.approx(MP3(new).info.length, abs=0.05)
    assert f'length="{new.stat().st_size}"'.encode() in item(one)
    assert after.audio.sha256.encode() in item(one)
    assert before.guid.encode() in item(one)
    assert one.feed() != feed
    assert done.report.counts["audio"] == 1


def test_the_address_from_before_leads_to_the_new_one(one, new):
    before = one.episodes()["one"].audio.sha256
    done = revise(one, audio=new, note="Mended.")
    with pytest.raises(Moved) as moved:
        one.publication().media(before, "one.mp3", one.now)
    assert moved.value.to == f"/media/{done.episode.audio.sha256}/one.mp3"


def test_back_to_the_audio_from_before_is_one_more_revision(one, new, tmp_path):
    before = one.episodes()["one"].audio.sha256
    old = tmp_path / "old.mp3"
    old.write_bytes((one.root / "one/audio.mp3").read_bytes())
    revised = revise(one, audio=new).episode.audio.sha256
    assert revise(one, audio=old).episode.audio.sha256 == before
    with pytest.raises(Moved):
        one.publication().media(revised, "one.mp3", one.now)


def test_a_correction_is_dated_in_the_note_and_told_in_the_feed(one):
    one.later(days=2)
    done = revise(one, note="  The dose\nis 5 mg. ")
    added = "corrections:\n  - on: 2026-03-03\n    text: The dose is 5 mg.\n---\nAbout"
    assert (one.root / done.written[0]).read_text() == NOTE.replace("---\nAbout", added)
    assert b"Correction, 2026-03-03: The dose is 5 mg." in item(one)
    assert b"<lastBuildDate>Tue, 03 Mar 2026 00:00:00" in one.feed()
    one.later(days=31)
    assert b"Correction" not in item(one)


def test_the_index_keeps_the_feed_as_it_is_made_anew(one, reopened, new):
    revise(one, audio=new, note="Mended.")
    assert reopened.index().refused == ()
    assert reopened.feed() == one.feed()


def test_further_corrections_follow_those_that_are_there(one):
    note = (one.root / "one/episode.md").read_bytes()
    stated = {"corrections": [{"on": date(2026, 1, 6), "text": "A name."}]}
    (one.root / "one/episode.md").write_bytes(edit_note(note, stated, ""))
    revise(one, note="B: no.", on=date(2026, 2, 3))
    text = (one.root / "one/episode.md").read_text()
    assert "  - on: 2026-01-06\n    text: A name.\n  - on: 2026-02-03\n    text: 'B: no.'\n" in text
    assert [str(c.on) for c in one.episodes()["one"].corrections] == ["2026-01-06", "2026-02-03"]


def test_without_a_note_it_is_a_plain_edit_that_shows_no_correction(one, new):
    done = revise(one, audio=new)
    assert (done.correction, done.written) == (None, ("one/audio.mp3",))
    assert (one.root / "one/episode.md").read_text() == NOTE
    assert b"Correction" not in one.feed()


@pytest.mark.parametrize(("hour", "day"), [(2, "2026-02-28"), (12, "2026-03-01")])
def test_today_is_the_show_s_day(one, hour, day):
    one.now = datetime(2026, 3, 1, hour, tzinfo=UTC)  # in New York five hours less
    assert str(revise(one, note="So.").correction.on) == day


def test_a_day_to_come_is_refused(one):
    with pytest.raises(Conflict, match="2026-03-02 is still to come"):
        revise(one, note="So.", on=date(2026, 3, 2))


def test_other_renditions_that_keep_the_old_sound_are_named(one, new):
    (one.root / "one/audio.opus").write_bytes((SOUNDS / "plain.opus").read_bytes())
    one.index()
    assert revise(one, audio=new).outdated == ("one/audio.opus",)


@pytest.mark.parametrize(("seconds", "is_shifted"), [(2.0, False), (4.0, True)])
def test_audio_of_another_length_says_to_look_at_the_times(one, tmp_path, seconds, is_shifted):
    one.write("one/episode.md", NOTE.replace("---\nAbout", "chapters:\n  - 0:00 A\n  - 0:01 B\n---\nAbout"))
    one.index()
    assert revise(one, audio=write_mp3(tmp_path / "new.mp3", seed=8, seconds=seconds)).is_shifted is is_shifted


def test_an_episode_whose_audio_is_missing_has_it_again(one, new):
    (one.root / "one/audio.mp3").unlink()
    one.index(allow_removals=True)
    with pytest.raises(MediaError):
        one.publication().media(one.episodes()["one"].audio.sha256, "one.mp3", one.now)
    episode = revise(one, audio=new, note="Found again.").episode
    assert episode.missing_since is None
    assert one.publication().media(episode.audio.sha256, "one.mp3", one.now).size_bytes == new.stat().st_size


def test_a_draft_can_be_revised_and_stays_one(one, new):
    unpublish_episode(one.place, "one", wishes=one._wishes())
    assert revise(one, audio=new).episode.draft


def tree(shelf):
    files = sorted(path for path in shelf.root.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files}


def test_what_cannot_be_done_is_refused_and_writes_nothing(one, new, tmp_path):
    copy, page = tmp_path / "copy.mp3", tmp_path / "page.mp3"
    copy.write_bytes((one.root / "two.mp3").read_bytes())
    page.write_text("<html>")
    flac = tmp_path / "other.flac"
    flac.write_bytes((SOUNDS / "plain.flac").read_bytes())
    before = tree(one)
    for error, match, said in (
        (Conflict, "the sound of “two”", {"audio": copy}),
        (Conflict, "is the audio that “one” has", {"audio": _kept(one, tmp_path)}),
        (Conflict, "has mp3, and .*other.flac is flac", {"audio": flac}),
        (Conflict, "in the library already", {"audio": one.root / "two.mp3"}),
        (Conflict, "nothing to revise", {"note": " \n"}),
        (AudioError, "page.mp3", {"audio": page}),
    ):
        with pytest.raises(error, match=match):
            revise(one, **{"note": "So."} | said)
    assert tree(one) == before


def test_audio_is_not_replaced_where_the_correction_cannot_be_written(one, new):
    one.write("one/episode.md", '+++\ntitle = "One"\n+++\n')
    one.index()
    before = tree(one)
    with pytest.raises(ContentErrors, match="by hand"):
        revise(one, audio=new, note="So.")
    assert tree(one) == before


def _kept(shelf, tmp_path):
    kept = tmp_path / "kept.mp3"
    kept.write_bytes((shelf.root / "one/audio.mp3").read_bytes())
    return kept
