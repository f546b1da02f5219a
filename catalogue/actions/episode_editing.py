"""Save what a form says of an episode: spliced into its note, judged, written over the version it was filled from."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.actions.index import Wishes
from catalogue.actions.note_checking import NoteFault, check_note, faults_of
from catalogue.actions.note_editing import OpenNote, Saved, open_note, save_note, with_keys
from catalogue.actions.note_form import NoteTexts, changes_of, changes_text, fill_form
from catalogue.actions.open import Place
from catalogue.errors import ContentErrors, StaleEdit
from catalogue.library.notes.body_edits import replace_body
from catalogue.library.notes.front_matter import Note, read_note


@dataclass(frozen=True, kw_only=True)
class OpenForm:
    """An episode's note as a form; `faults` are those that the note has as it stands."""

    note: OpenNote
    texts: NoteTexts
    faults: tuple[NoteFault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of a form that was sent: `saved`, or refused for `faults`, or `theirs` came first.

    Of the last two nothing was written.
    """

    saved: Saved | None = None
    faults: tuple[NoteFault, ...] = ()
    theirs: OpenForm | None = None


def open_form(place: Place, name: str) -> OpenForm:
    """Fill a form from an episode's note; raises NotFound, Conflict, ContentError, and ContentErrors for a note that
    only a person can mend.
    """
    opened = open_note(place, name)
    return _form(opened)


def save_form(place: Place, name: str, sent: NoteTexts, *, expected: str, wishes: Wishes | None = None) -> Answer:
    """Write what a form changed, and index it; `expected` is the version that the form was filled from.

    Raises NotPublishable where the feed could not follow (the note is as it was then), NotFound, Conflict,
    ContentError.
    """
    opened = open_note(place, name)
    if opened.version != expected:
        return Answer(theirs=_form(opened))
    content = b""
    try:
        content = edited(opened, sent)
        saved = save_note(place, opened.path if opened.version else name, content, expected=expected, wishes=wishes)
    except StaleEdit:
        return Answer(theirs=open_form(place, name))
    except ContentErrors as errors:
        return Answer(faults=faults_of(errors, content or opened.content, opened.path))
    return Answer(saved=saved)


def edited(opened: OpenNote, sent: NoteTexts) -> bytes:
    """The note as a form would have it; raises ContentErrors where a key or the text cannot be written."""
    shown = _read(opened)
    content = opened.content if opened.version else b""
    if changes := changes_of(sent, shown, timezone=opened.show.timezone):
        content = with_keys(opened, changes)
    if changes_text(sent, shown):
        content = replace_body(content, sent["notes"], opened.path)
    return content


def _form(opened: OpenNote) -> OpenForm:
    texts = fill_form(_read(opened), timezone=opened.show.timezone)
    try:
        check_note(opened.content, opened.path, timezone=opened.show.timezone)
    except ContentErrors as errors:
        return OpenForm(note=opened, texts=texts, faults=faults_of(errors, opened.content, opened.path))
    return OpenForm(note=opened, texts=texts)


def _read(opened: OpenNote) -> Note:
    return read_note(opened.content, opened.path)
