"""How loud an episode is: asked for once, measured behind, kept by the bytes of the file, forgotten with it."""

from datetime import timedelta

import pytest

from catalogue.actions.errands.kinds import KINDS
from catalogue.actions.errands.running import Runner
from catalogue.actions.loudness import asking, measuring
from catalogue.actions.loudness.asking import find_heard, hear
from catalogue.actions.loudness.listing import known_loudness, measure_named
from catalogue.actions.upload_episode import take_up
from catalogue.actions.uploads import Uploads
from catalogue.domain.errands import ErrandState
from catalogue.domain.loudness import Loudness
from catalogue.errors import ConfigError, Conflict, NotFound


@pytest.fixture
def heard(shelf, measured, monkeypatch):
    """A shelf with one recording, where there is an ffmpeg."""
    monkeypatch.setattr(asking, "has_ffmpeg", lambda: True)
    shelf.sound("one.mp3")
    shelf.index()
    return shelf


def named(shelf):
    (show,), episode = shelf.place.index.shows(), shelf.episodes()["one"]
    return show.show.guid, episode.guid


def do_next(shelf):
    return Runner(shelf.place, KINDS, clock=lambda: shelf.now).run_next("loudness")


def ask(shelf):
    return hear(shelf.place, *named(shelf), asked_by="Ana", now=shelf.now)


def test_who_looks_first_asks_and_who_looks_then_waits_for_the_same(heard):
    first = ask(heard)
    assert (first.loudness, first.errand.asked_by, first.errand.kind) == (None, "Ana", "loudness")
    assert ask(heard).errand == first.errand
    done = do_next(heard)
    assert (done.state, done.outcome) == (ErrandState.DONE, {"lufs": -20.5, "fault": ""})
    found = ask(heard)
    assert (found.loudness.integrated_lufs, found.loudness.channels, found.errand) == (-20.5, 1, None)


def test_what_was_measured_belongs_to_the_bytes(heard, measured):
    ask(heard)
    do_next(heard)
    heard.sound("one.mp3", seed=1)
    heard.index()
    assert find_heard(heard.place, *named(heard)).loudness is None
    assert ask(heard).errand.id == 2
    heard.sound("one.mp3", seed=2)
    heard.index()
    assert do_next(heard).outcome == {}
    assert measured == ["one.mp3"]


def test_a_file_that_changed_since_the_index_is_not_measured_under_the_old_hash(heard, measured):
    ask(heard)
    heard.sound("one.mp3", seconds=3.0)
    assert do_next(heard).outcome["code"] == "audio-changed"
    assert (measured, find_heard(heard.place, *named(heard)).loudness) == ([], None)


def test_what_was_measured_of_recordings_that_are_gone_is_forgotten_on_another_day(heard):
    heard.place.index.save_loudness(Loudness(sha256="0" * 64), now=heard.now)
    measure_named(heard.place, "one", clock=lambda: heard.now)
    assert len(heard.place.index.loudnesses()) == 2
    heard.now += timedelta(days=1)
    heard.sound("two.mp3", seed=5)
    heard.index()
    measure_named(heard.place, "two", clock=lambda: heard.now)
    assert [one.episode for one in known_loudness(heard.place)] == ["one", "two"]
    assert len(heard.place.index.loudnesses()) == 2


def test_an_index_that_is_made_anew_loses_nothing_that_cannot_be_measured_again(heard, measured):
    measure_named(heard.place, "one", clock=lambda: heard.now)
    heard.place.index.sweep_loudness(())
    assert measure_named(heard.place, "one", clock=lambda: heard.now).loudness.integrated_lufs == -20.5
    assert len(measured) == 2


def test_where_there_is_no_ffmpeg_nothing_is_asked_for_and_who_types_is_told(heard, monkeypatch):
    monkeypatch.setattr(asking, "has_ffmpeg", lambda: False)
    monkeypatch.setattr(measuring, "find_ffmpeg", lambda: None)
    found = ask(heard)
    assert (found.loudness, found.errand) == (None, None)
    with pytest.raises(ConfigError, match="There is no ffmpeg on this machine"):
        measure_named(heard.place, "one", clock=lambda: heard.now)


def test_what_could_not_be_measured_is_tried_again_by_who_types_but_not_by_who_looks(heard, measured):
    sha256 = heard.episodes()["one"].renditions[0].sha256
    heard.place.index.save_loudness(Loudness(sha256=sha256, fault="Broken."), now=heard.now)
    assert (ask(heard).loudness.fault, measured) == ("Broken.", [])
    assert measure_named(heard.place, "one", clock=lambda: heard.now).loudness.fault == ""


def test_an_episode_without_a_recording_has_nothing_to_measure(heard):
    heard.write("far.md", "---\nenclosure: {url: 'https://a.example/1.mp3', length: 9, type: audio/mpeg}\n---\n")
    heard.index()
    show, _ = named(heard)
    assert hear(heard.place, show, heard.episodes()["far"].guid, now=heard.now) is None
    with pytest.raises(NotFound, match="no recording in the library"):
        measure_named(heard.place, "far", clock=lambda: heard.now)
    (heard.root / "one.mp3").unlink()
    with pytest.raises(Conflict, match="not the one that was indexed"):
        measure_named(heard.place, "one", clock=lambda: heard.now)


def test_a_recording_that_was_sent_is_measured_by_itself(heard, tmp_path):
    uploads = Uploads(tmp_path / "uploads", limit_bytes=10**6)
    content = heard.sound("../new.mp3", seed=9).read_bytes()
    upload = uploads.begin("new.mp3", len(content), show=named(heard)[0], owner="1")
    with (tmp_path / "new.mp3").open("rb") as file:
        uploads.take(upload, file, offset=0)
    row = take_up(heard.place, uploads, upload, show_path="", wishes=heard._wishes())
    (errand,) = heard.place.index.errands(states=[ErrandState.WAITING])
    assert (errand.guid, errand.kind) == (row.line.guid, "loudness")
