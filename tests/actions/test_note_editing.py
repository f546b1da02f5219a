"""Notes edited as a whole or by keys: judged first, never over somebody else's, and put back where the gate refuses."""

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from builders import make_show

from catalogue.actions.note_checking import check_note, faults_of
from catalogue.actions.note_editing import OpenNote, change_of, open_note, save_note, set_keys, with_keys
from catalogue.actions.unpublish import unpublish_episode
from catalogue.actions.withdraw import withdraw_episode
from catalogue.errors import Conflict, ContentError, ContentErrors, NotFound, NotPublishable, StaleEdit, StoreFull
from catalogue.library.durable import write_durably

NOTE = "---\ntitle: One  # a name\n\n# when\npublished: 2026-01-05\n---\nAbout it.\n"


@pytest.fixture
def one(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", NOTE)
    shelf.index()
    return shelf


def save(shelf, text, name="one", **wishes):
    note = open_note(shelf.place, name)
    return save_note(shelf.place, name, text.encode(), expected=note.version, wishes=shelf._wishes(**wishes))


def text_of(shelf, path="one/episode.md"):
    return (shelf.root / path).read_text()


def test_what_is_saved_is_in_the_library_and_in_the_feed(one):
    done = save(one, NOTE.replace("About it.", "About them."))
    assert text_of(one) == NOTE.replace("About it.", "About them.")
    assert b"About them." in one.feed()
    assert done.episode.notes == "About them.\n"
    assert done.version == open_note(one.place, "one").version


@pytest.mark.parametrize("name", ["one", "one/episode.md", "one/"])
def test_a_note_is_found_by_slug_folder_or_file(one, name):
    assert open_note(one.place, name).content.decode() == NOTE


def test_all_that_is_wrong_is_said_at_once_with_line_and_key_and_nothing_is_written(one):
    text = NOTE.replace("title: One", "titel: One").replace("2026-01-05", "5/1/26")
    with pytest.raises(ContentErrors) as caught:
        save(one, text)
    faults = faults_of(caught.value, text.encode(), "one/episode.md")
    assert [(fault.key, fault.line) for fault in faults] == [("titel", 2), ("published", 5)]
    assert text_of(one) == NOTE


def test_a_fault_inside_a_list_belongs_to_the_key_of_the_list():
    text = b"---\ntitle: One\nchapters:\n  - 0:00 Begin\n  - one minute\n---\n"
    with pytest.raises(ContentErrors) as caught:
        check_note(text, "one.md", timezone="UTC")
    assert [(fault.key, fault.line) for fault in faults_of(caught.value, text, "one.md")] == [("chapters", 5)]


def test_an_hour_that_the_clocks_leave_out_is_said_before_anything_is_written(one):
    with pytest.raises(ContentErrors, match="clocks leave out"):
        save(one, NOTE.replace("2026-01-05", "2026-03-08 02:30"))
    assert text_of(one) == NOTE


def test_who_wrote_meanwhile_is_not_overwritten(one):
    note = open_note(one.place, "one")
    one.write("one/episode.md", "Somebody else's longer text.\n")
    with pytest.raises(StaleEdit):
        save_note(one.place, "one", b"Mine.\n", expected=note.version)
    assert text_of(one) == "Somebody else's longer text.\n"


def test_a_published_date_stays_unless_somebody_says_so(one):
    later = NOTE.replace("2026-01-05", "2026-01-06")
    feed = one.feed()
    with pytest.raises(NotPublishable, match=r"was not changed.*now states another moment"):
        save(one, later)
    assert (text_of(one), one.feed()) == (NOTE, feed)
    save(one, later, allow_date_change=True)
    assert text_of(one) == later
    assert one.feed() != feed


def test_a_slug_that_is_another_s_is_put_back(one):
    one.sound("two.mp3", seed=2)
    one.index()
    with pytest.raises(NotPublishable, match="another episode's"):
        set_keys(one.place, "two", {"slug": "one"}, wishes=one._wishes())
    assert not (one.root / "two.md").exists()
    assert one.episodes().keys() == {"one", "two"}


def test_bare_audio_offers_the_note_that_changes_nothing(shelf):
    shelf.sound("Season 2/03 After treatment.mp3", title="After: treatment")
    shelf.index()
    feed, note = shelf.feed(), open_note(shelf.place, "03-after-treatment")
    assert (note.path, note.version) == ("Season 2/03 After treatment.md", "")
    assert note.content.decode() == "---\ntitle: 'After: treatment'\nnumber: 3\nseason: 2\n---\n"
    save(shelf, note.content.decode(), "03-after-treatment")
    assert shelf.feed() == feed


def test_of_two_who_begin_a_note_the_second_is_told(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    save(shelf, "First.\n")
    with pytest.raises(StaleEdit):
        save_note(shelf.place, "one", b"Second.\n", expected="")
    assert text_of(shelf, "one.md") == "First.\n"


def test_a_note_that_cannot_be_read_is_opened_and_mended(one):
    one.write("two/episode.md", "---\ntitle: [\n---\n")
    one.sound("two/audio.mp3", seed=2)
    one.index()
    note = open_note(one.place, "two/episode.md")
    assert note.guid is None
    save(one, "---\ntitle: Two\n---\n", "two")
    assert one.episodes()["two"].title == "Two"


def test_a_disk_that_is_full_changes_nothing(one, monkeypatch):
    def fill_up(real, content, *, check):
        if real.name == "episode.md":
            raise OSError(errno.ENOSPC, "No space left on device")
        write_durably(real, content, check=check)

    monkeypatch.setattr("catalogue.library.storage.write_durably", fill_up)
    with pytest.raises(ContentError, match="disk or the quota is full"):
        save(one, "Mine.\n")
    assert text_of(one) == NOTE


def test_a_withdrawn_episode_is_not_edited(one):
    withdraw_episode(one.place, "one")
    with pytest.raises(Conflict, match="was withdrawn"):
        open_note(one.place, "one")


def test_nobody_is_told_that_there_is_none(one):
    with pytest.raises(NotFound, match="castalogue list"):
        open_note(one.place, "nobody")


@pytest.mark.parametrize(
    ("key", "typed", "line"),
    [
        ("season", "2", "season: 2"),
        ("explicit", "no", "explicit: no"),
        ("title", "2024", "title: '2024'  # a name"),
        ("title", "A: b", "title: 'A: b'  # a name"),
        ("number", "#7", "number: '#7'"),
        ("type", "bonus", "type: bonus"),
        ("published", "2026-01-05 08:00", "published: 2026-01-05 08:00"),
        ("tags", "[sleep, second opinion]", "tags:\n  - sleep\n  - second opinion"),
        ("reviewed_by", "Dr. Example", "reviewed_by: Dr. Example"),
    ],
)
def test_a_key_is_written_as_people_write_it(key, typed, line):
    note = OpenNote(show=make_show(), unit="one", path="one.md", guid=None, content=NOTE.encode(), version="1")
    text = change_of(note, with_keys(note, {key: typed})).after.decode()
    assert line in text
    assert text.index("\n\n# when\npublished: 2026-01-05") > 0


def test_a_key_is_taken_away(one):
    set_keys(one.place, "one", {"title": None, "season": "2"}, wishes=one._wishes())
    assert text_of(one) == "---\n\n# when\npublished: 2026-01-05\nseason: 2\n---\nAbout it.\n"


@pytest.mark.parametrize(("changes", "said"), [({"season": "two"}, "whole number"), ({"saeson": "2"}, "Did you mean")])
def test_a_value_or_key_that_is_none_changes_nothing(one, changes, said):
    with pytest.raises(ContentErrors, match=said):
        set_keys(one.place, "one", changes)
    assert text_of(one) == NOTE


def test_what_we_wrote_ourselves_is_not_waited_for(one):
    waits = []
    settings = one.place.settings.model_copy(update={"settle_seconds": 2.0})
    wishes = replace(one._wishes(), wait=waits.append, clock=lambda: datetime.now(UTC) + timedelta(seconds=1))
    place = replace(one.place, settings=settings)
    for path in one.root.rglob("*.*"):
        os.utime(path, (0, 0))
    note = open_note(place, "one")
    save_note(place, "one", b"Mine.\n", expected=note.version, wishes=wishes)
    assert waits == []


@pytest.mark.parametrize("is_there", [True, False])
def test_a_database_without_room_leaves_the_note_as_it_was(one, monkeypatch, is_there):
    def full(*_, **__):
        raise StoreFull("store-full", "The disk is full.")

    if not is_there:
        one.sound("two.mp3", seed=2)
        one.index()
    before = {path: path.read_bytes() for path in one.root.rglob("*") if path.is_file()}
    with monkeypatch.context() as patched:
        patched.setattr(type(one.place.index), "keep_note_texts", full)
        deeds = (
            lambda: save(one, NOTE.replace("One", "Two"), name="one" if is_there else "two"),
            lambda: unpublish_episode(one.place, "one" if is_there else "two", wishes=one._wishes()),
        )
        for deed in deeds:
            with pytest.raises(StoreFull):
                deed()
            assert {path: path.read_bytes() for path in one.root.rglob("*") if path.is_file()} == before
    save(one, NOTE.replace("One", "Two"))
    assert b"Two" in one.feed()
