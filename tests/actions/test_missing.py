"""What is missing is said, louder after two weeks; nothing else comes of time passing."""

import shutil

from catalogue.domain.plan import Severity


def missing(report):
    return [(problem.path, problem.severity) for problem in report.problems if problem.code.startswith("missing")]


def test_after_two_weeks_a_warning_is_an_error_and_nothing_else_changes(shelf):
    shelf.sound("one/audio.mp3")
    shelf.index()
    feed = shelf.feed()
    shutil.rmtree(shelf.root / "one")
    assert missing(shelf.index()) == [("one", Severity.WARNING)]
    since = shelf.episodes()["one"].missing_since
    shelf.later(days=14)
    assert missing(shelf.index()) == [("one", Severity.WARNING)]
    shelf.later(seconds=1)
    assert missing(shelf.index()) == [("one", Severity.ERROR)]
    assert (shelf.feed(), shelf.episodes()["one"].missing_since) == (feed, since)


def test_what_is_missing_is_named_by_its_place_in_the_library(shelf):
    (shelf.root / "show.toml").unlink()
    shelf.write("talks/show.toml", 'title = "Talks"\nlanguage = "en"\n')
    shelf.sound("talks/one.mp3").with_suffix(".mp3")
    shelf.index()
    (shelf.root / "talks/one.mp3").unlink()
    assert missing(shelf.index()) == [("talks/one", Severity.WARNING)]


def test_what_was_withdrawn_or_a_draft_is_not_missed(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", "---\ndraft: true\n---\n")
    shelf.index()
    shutil.rmtree(shelf.root / "one")
    assert missing(shelf.index()) == []


def test_the_page_of_a_missing_episode_keeps_its_transcript(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/transcript.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nWords that stay.\n")
    shelf.index()
    shutil.rmtree(shelf.root / "one")
    shelf.index()
    (transcript,) = shelf.episodes()["one"].transcripts
    assert [cue.text for cue in shelf.publication().cues(transcript)] == ["Words that stay."]
