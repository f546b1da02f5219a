"""Events from the library to what visitors and calendars see."""

from datetime import UTC, datetime

import pytest

from catalogue.domain.links import Links
from catalogue.errors import NotFound

LINKS = Links("https://example.org")
GROUP = '[[event]]\ntitle = "Group"\nstart = "2026-03-02 19:00"\nrepeat = "FREQ=WEEKLY"\n'
CLUB = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:club\nSUMMARY:Club\nDTSTART;VALUE=DATE:{day}\nEND:VEVENT\nEND:VCALENDAR\n"


def titles(shelf, publication=None):
    return [one.event.title for one in (publication or shelf.publication()).events(shelf.now)]


def codes(report):
    return [
        (problem.path, problem.line, problem.code) for problem in report.problems if problem.path.startswith("event")
    ]


def test_events_come_from_both_kinds_of_files_the_nearest_first(shelf):
    shelf.sound("talk.mp3")
    shelf.write("events.toml", GROUP)
    shelf.write("events/club.ics", CLUB.format(day="20260301"))
    report = shelf.index()
    assert (report.events, codes(report), titles(shelf)) == (2, [], ["Club", "Group"])
    group = shelf.publication().events(shelf.now)[1].days[0]
    assert group.starts_at == datetime(2026, 3, 3, 0, tzinfo=UTC), "in the show's zone"


def test_a_running_site_sees_that_only_an_event_changed(shelf):
    shelf.sound("talk.mp3")
    file = shelf.write("events.toml", GROUP)
    shelf.index()
    before, ledger = shelf.place.index.revision(), shelf.ledger()
    assert shelf.index().events == 1  # nothing changed
    assert shelf.place.index.revision() == before
    file.write_text(GROUP.replace("Group", "Circle"))
    shelf.index()
    assert (shelf.place.index.revision(), titles(shelf)) == (before + 1, ["Circle"])
    file.unlink()
    shelf.index()
    assert (titles(shelf), shelf.ledger()) == ([], ledger)


def test_a_broken_file_leaves_its_events_as_they_were_and_is_told_each_time(shelf):
    shelf.sound("talk.mp3")
    file, club = shelf.write("events.toml", GROUP), shelf.write("events/club.ics", CLUB.format(day="20260301"))
    shelf.index()
    file.write_text(GROUP + "[[event")
    club.write_text("hello")
    wanted = [("events.toml", 5, "toml"), ("events/club.ics", None, "calendar")]
    assert (codes(shelf.index()), titles(shelf)) == (wanted, ["Club", "Group"])
    shelf.write("notes.txt", "another file")
    assert codes(shelf.index()) == wanted


def test_plan_says_what_is_wrong_and_keeps_nothing(shelf):
    shelf.sound("talk.mp3")
    shelf.index()
    shelf.write("events.toml", GROUP + "[[event]]\nwhat = 'no title'\n")
    assert (codes(shelf.plan()), titles(shelf)) == ([("events.toml", 5, "event-title")], [])


def test_an_events_file_is_no_episode_and_audio_in_a_folder_of_that_name_still_is(shelf):
    shelf.sound("events/talk.mp3")
    shelf.write("events/club.ics", CLUB.format(day="20260301"))
    assert shelf.index().refused == ()
    assert list(shelf.episodes()) == ["talk"]


def test_what_is_over_is_not_told_but_stays_in_the_calendar(shelf):
    shelf.sound("talk.mp3")
    shelf.write("events.ics", CLUB.format(day="20260228"))
    shelf.index()
    publication = shelf.publication()
    assert titles(shelf, publication) == []
    assert b"UID:club" in publication.calendar_feed(LINKS).body


def test_the_calendar_is_the_same_bytes_from_a_new_index(shelf, reopened):
    shelf.sound("talk.mp3")
    shelf.write("events.toml", GROUP + GROUP)
    shelf.index()
    reopened.index()
    first, second = (one.publication().calendar_feed(LINKS) for one in (shelf, reopened))
    assert (first.body, first.etag) == (second.body, second.etag)
    assert first.body.count(b"DESCRIPTION:https://example.org/events/#event-group-2") == 1


def test_a_calendar_that_is_still_being_copied_changes_nothing_yet(shelf, tmp_path):
    shelf.sound("talk.mp3")
    file = shelf.write("events.toml", GROUP)
    shelf.index()
    file.rename(tmp_path / "outside.toml")
    file.symlink_to(tmp_path / "outside.toml")  # out of the library: passed over, not gone
    shelf.index()
    assert titles(shelf) == ["Group"]


def test_a_day_that_is_over_gives_way_to_the_next(shelf):
    shelf.sound("talk.mp3")
    shelf.write("events.toml", GROUP)
    shelf.index()
    publication, days = shelf.publication(), []
    for _ in range(2):
        days.append(publication.events(shelf.now)[0].days[0].on.isoformat())
        shelf.later(days=2)
    assert days == ["2026-03-02", "2026-03-09"]


def test_the_calendar_is_empty_when_no_event_is_left_and_when_their_file_is_gone(shelf):
    shelf.sound("talk.mp3")
    file = shelf.write("events.toml", GROUP)
    shelf.index()
    assert b"BEGIN:VEVENT" in shelf.publication().calendar_feed(LINKS).body
    for leave in (lambda: shelf.write("events.toml", "# none at present\n"), file.unlink, lambda: None):
        leave()
        shelf.index()
        body = shelf.publication().calendar_feed(LINKS).body
        assert b"BEGIN:VCALENDAR" in body and b"VEVENT" not in body


def test_a_library_without_a_file_of_events_has_no_calendar(shelf):
    shelf.sound("talk.mp3")
    shelf.index()
    with pytest.raises(NotFound):
        shelf.publication().calendar_feed(LINKS)
