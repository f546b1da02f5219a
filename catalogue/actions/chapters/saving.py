"""Save chapters that were worked on: into the note where that states them, else into a JSON file beside the episode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.actions.attaching import put_side_file
from catalogue.actions.chapters.opening import KEY, OpenChapters, Source, open_chapters
from catalogue.actions.chapters.rows import ChapterTexts, RowFault, read_rows, short_clock
from catalogue.actions.index import Wishes
from catalogue.actions.note_editing import open_note, save_note, with_keys
from catalogue.actions.open import Place
from catalogue.domain.media import Chapter
from catalogue.errors import StaleEdit
from catalogue.formats.chapters.json_edits import EditedChapter, edit_json_chapters, mark_of


@dataclass(frozen=True, kw_only=True)
class ChaptersAnswer:
    """What became of rows that were sent: written to `path`, or refused for `faults`, or `theirs` came first.

    Of the last two nothing was written. `is_changed` is False where the file said so already.
    """

    path: str = ""
    is_changed: bool = False
    faults: tuple[RowFault, ...] = ()
    theirs: OpenChapters | None = None


def save_chapters(
    place: Place,
    name: str,
    rows: Sequence[ChapterTexts],
    *,
    expected: str,
    wishes: Wishes | None = None,
) -> ChaptersAnswer:
    """Write an episode's chapters over the version that the rows were filled from, and index it.

    `expected` is `version_mark` of what was opened. No rows: it is written down that there are no chapters. Raises
    NotPublishable where the feed could not follow (all is as it was then), NotFound, Conflict, ContentError.
    """
    found = open_chapters(place, name)
    if version_mark(found) != expected:
        return ChaptersAnswer(theirs=found)
    edited, faults = read_rows(rows, length=found.length, may_hide=found.may_hide)
    if faults:
        return ChaptersAnswer(faults=faults)
    try:
        is_changed = _write(place, name, found, edited, wishes)
    except StaleEdit:
        return ChaptersAnswer(theirs=open_chapters(place, name))
    return ChaptersAnswer(path=found.path, is_changed=is_changed)


def version_mark(found: OpenChapters) -> str:
    """What a form carries: which file states the chapters, and its version."""
    return f"{found.source.value}: {found.version or found.path}"


def _write(
    place: Place, name: str, found: OpenChapters, edited: Sequence[EditedChapter], wishes: Wishes | None
) -> bool:
    if found.source is Source.NOTE:
        return _write_note(place, found, edited, wishes)
    content = edit_json_chapters(found.content, edited, found.path)
    is_changed = not found.version or content != found.content
    if is_changed:
        put_side_file(place, name, found.path, content, expected=found.version, wishes=wishes)
    return is_changed


def _write_note(place: Place, found: OpenChapters, edited: Sequence[EditedChapter], wishes: Wishes | None) -> bool:
    old = {mark_of(one): one for one in found.chapters}
    stated = [_merged(one, old.get(one.was)) for one in edited]
    if stated == list(found.chapters):
        return False
    note = open_note(place, found.path)
    content = with_keys(note, {KEY: _value(stated)})
    return save_note(place, found.path, content, expected=found.version, wishes=wishes).is_changed


def _merged(edited: EditedChapter, old: Chapter | None) -> Chapter:
    """The chapter with what the form does not ask for."""
    new = edited.chapter
    if old is None:
        return new
    end = old.end if old.end is not None and old.end > new.start else None
    return Chapter(start=new.start, title=new.title, url=new.url, end=end, image_url=old.image_url)


def _value(chapters: Sequence[Chapter]) -> list[object]:
    """Lines as people write them, or tables where a line cannot hold it all."""
    if not any(one.url or one.end or one.image_url for one in chapters):
        return [f"{short_clock(one.start)} {one.title}" for one in chapters]
    return [dict(_table(one)) for one in chapters]


def _table(chapter: Chapter) -> list[tuple[str, str]]:
    end = short_clock(chapter.end) if chapter.end is not None else None
    pairs = (
        ("start", short_clock(chapter.start)),
        ("title", chapter.title),
        ("end", end),
        ("url", chapter.url),
        ("image", chapter.image_url),
    )
    return [(key, value) for key, value in pairs if value]
