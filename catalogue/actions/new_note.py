"""Begin an episode before there is any audio: a folder with a note, a draft until somebody says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from catalogue.actions.adding_places import NOTE, find_home
from catalogue.actions.index import Report, Wishes, index_leased, list_files
from catalogue.actions.leases import open_lease
from catalogue.actions.note_checking import check_note
from catalogue.actions.open import Place
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.domain.identity import free_slug, slug_of
from catalogue.errors import Conflict, ContentError
from catalogue.library.folder import RESERVED_FOLDERS
from catalogue.library.naming import transliterate
from catalogue.library.new_names import WINDOWS_OWN, taken_names
from catalogue.library.notes.edits import render_note
from catalogue.library.notes.fields import is_blank
from catalogue.library.storage import within_limit
from catalogue.library.templates import check_template, fill_template


@dataclass(frozen=True, kw_only=True)
class Begun:
    """The note of a new episode, and what indexing gave."""

    note: str
    report: Report


def begin_episode(
    place: Place,
    title: str,
    *,
    keys: Mapping[str, object | None] | None = None,
    template: bytes | None = None,
    text: str = "",
    show_path: str | None = None,
    wishes: Wishes | None = None,
) -> Begun:
    """Write a draft's note (`keys` such as number and season, laid over a `template`) in a folder of its own; index.

    `text` is what stands below, where there is no template.

    Raises Conflict (a title without a letter; several shows), NotFound, ContentErrors for a template or a value that
    no note can have, ContentError.
    """
    wishes = wishes or Wishes()
    if is_blank(title):
        raise Conflict("no-title", "The title is empty. Write it in quotation marks.")
    home = find_home(place, show_path)
    values = {"title": " ".join(title.split()), **(keys or {}), "draft": True}
    content = fill_template(template, values, "", NOTE) if template is not None else _plain_note(values, text)
    check_note(content, NOTE, timezone="UTC")
    number = values.get("number")
    slug = slug_of(f"{number} {title}" if isinstance(number, (Decimal, str)) and number else title, transliterate)
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((home,))
        inside = f"{home}/" if home else ""
        paths = (one.path for one in list_files(place.storage) if one.path.startswith(inside))
        taken = taken_names(path.removeprefix(inside) for path in paths) | WINDOWS_OWN | RESERVED_FOLDERS
        path = f"{home}/{free_slug(slug[:MOST_LETTERS], str(wishes.chance()), taken)}/{NOTE}".lstrip("/")
        place.storage.replace(path, content, expected="")
        report = index_leased(place, wishes, lease)
    return Begun(note=path, report=report)


# Titles may be long; names of folders are not, on every disk.
MOST_LETTERS = 100


def read_template(path: Path) -> bytes:
    """Read a template's file; raises ContentErrors, ContentError where it cannot be one."""
    try:
        with path.open("rb") as file:
            content = within_limit(file.read(NOTE_LIMIT_BYTES + 1), path=str(path), limit_bytes=NOTE_LIMIT_BYTES)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ContentError("unreadable", "It cannot be read: {why}.", path=str(path), why=why) from error
    check_template(content, str(path))
    return content


def _plain_note(values: Mapping[str, object | None], text: str) -> bytes:
    return render_note({key: value for key, value in values.items() if value is not None}, text)
