"""What is missing is said, louder after two weeks; nothing else comes of time passing."""

import shutil

from builders import make_ledger_show, make_show

from catalogue.actions.missing import forgettable_files
from catalogue.domain.identity import Ledger
from catalogue.domain.plan import Severity, ShowPlan


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


def test_a_renamed_show_is_not_remembered_where_it_lay(shelf):
    (shelf.root / "show.toml").unlink()
    shelf.write("talks/show.toml", 'title = "Talks"\nlanguage = "en"\n')
    shelf.sound("talks/one.mp3")
    shelf.index()
    (shelf.root / "talks").rename(shelf.root / "words")
    shelf.index()
    assert set(shelf.place.index.file_kinds()) == {"words/one.mp3"}


def planned(path):
    show, ledger = make_show(path=path), Ledger(show=make_ledger_show())
    return ShowPlan(show=show, ledger=ledger, is_new=False, show_changed=False, ledger_changed=False)


def test_of_shows_that_were_not_planned_all_is_remembered_wherever_they_lie():
    gone = ["1.mp3", "away/1.mp3", "away/too/1.mp3", "here/1.mp3", "once/1.mp3", "catalogue.toml"]
    homes = ["", "away", "here"]
    assert forgettable_files(gone, [planned(""), planned("here")], homes=homes) == ["1.mp3", "here/1.mp3", "once/1.mp3"]
    assert forgettable_files(gone, [planned("here")], homes=homes[1:]) == ["1.mp3", "here/1.mp3", "once/1.mp3"]
    assert forgettable_files(gone, [planned("here")], homes=homes) == ["here/1.mp3"]
