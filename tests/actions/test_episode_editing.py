"""A form that was sent: written into the note's own lines, or refused with everything that is wrong."""

from dataclasses import replace

import pytest

from catalogue.actions.episode_editing import open_form, save_form

NOTE = "---\ntitle: One  # a name\n# when\npublished: 2026-01-05\nlocation: Lugo\n---\nAbout it.\n"


@pytest.fixture
def one(shelf):
    shelf.sound("one/audio.mp3", title="Of the tag")
    shelf.write("one/episode.md", NOTE)
    shelf.index()
    return shelf


def save(shelf, form, **texts):
    sent = replace(form.texts, fields={**form.texts.fields, **texts})
    return save_form(shelf.place, "one", sent, expected=form.note.version, wishes=shelf._wishes())


def text(shelf):
    return (shelf.root / "one/episode.md").read_text()


def test_one_word_changes_one_line_of_the_note(one):
    answer = save(one, open_form(one.place, "one"), title="Two", summary="In short.")
    expected = NOTE.replace("title: One ", "title: Two ").replace("Lugo\n", "Lugo\nsummary: In short.\n")
    assert text(one) == expected
    assert answer.saved.episode.title == "Two"


def test_the_notes_alone_can_be_written(one):
    save(one, open_form(one.place, "one"), notes="Other words.\r\n")
    assert text(one) == NOTE.replace("\nAbout it", "\n\nOther words")
    assert one.episodes()["one"].notes == "Other words.\n"


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(one):
    answer = save(one, open_form(one.place, "one"), number="ten", published="soon", next_review="some day")
    assert [(fault.key, fault.error.code) for fault in answer.faults] == [
        ("published", "date"),
        ("number", "number"),
        ("next_review", "date"),
    ]
    assert text(one) == NOTE


def test_who_comes_second_is_shown_what_the_first_wrote(one):
    form = open_form(one.place, "one")
    one.write("one/episode.md", NOTE.replace("About it.", "Theirs."))
    answer = save(one, form, notes="Mine.")
    assert answer.saved is None
    assert answer.theirs.texts["notes"] == "Theirs."
    assert "Mine" not in text(one)
    again = save(one, answer.theirs, notes="Mine and theirs.")
    assert again.saved.is_changed
    assert "Mine and theirs." in text(one)


def test_bare_audio_gets_a_note_that_says_only_what_was_typed(shelf):
    shelf.sound("one.mp3", title="Of the tag")
    shelf.index()
    form = open_form(shelf.place, "one")
    assert form.texts["title"] == "Of the tag"
    save(shelf, form, season="2")
    assert (shelf.root / "one.md").read_text() == "---\nseason: 2\n---\n"


def test_a_note_with_faults_opens_with_them_beside_its_fields(one):
    one.write("one/episode.md", NOTE.replace("title: One", "number: ten\ntitle: One"))
    form = open_form(one.place, "one")
    assert [fault.key for fault in form.faults] == ["number"]
    assert form.texts["number"] == "ten"
