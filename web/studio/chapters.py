"""An episode's chapters, row by row, with its audio beside them; what is saved lies in the library where it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.chapters.opening import OpenChapters, open_chapters
from catalogue.actions.chapters.rows import ChapterTexts, RowFault, fill_rows
from catalogue.actions.chapters.saving import save_chapters, version_mark
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_CHAPTERS
from catalogue.errors import ContentError, ContentErrors
from catalogue.formats.chapters.lines import read_list
from catalogue.formats.transcripts.spoken import find_time
from catalogue.store.index import EpisodeRow
from web.studio import current
from web.studio.blueprint import studio
from web.studio.chapter_pages import MOST_ROWS, ChapterPage, page_of, sent_page
from web.studio.current import log, place
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_at, told_error
from web.studio.listening import sound_of
from web.studio.rights import allows
from web.studio.words import studio_words
from web.studio.work import find_row, head_of, name_of, wishes

SPARE_ROWS, MORE_ROWS = 2, 5
_FIELDS = ("time", "title", "url", "was")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows as the page shows them; `theirs` are those that somebody else saved meanwhile."""

    rows: tuple[ChapterTexts, ...]
    version: str
    lines: str = ""
    faults: tuple[Told, ...] = ()
    theirs: tuple[ChapterTexts, ...] | None = None


@studio.get(EPISODE_CHAPTERS, endpoint="chapters")
@allows(Right.WRITE)
def chapters(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """Show the chapters there are, with room for more."""
    row = find_row(episode)
    try:
        found = open_chapters(place(), name_of(row))
    except REFUSALS as error:
        return _page(row, None, None, reason=told_error(error))
    page = page_of(found.chapters)
    return _page(row, found, _spare(_sheet(found, page), SPARE_ROWS), page=page)


@studio.post(EPISODE_CHAPTERS, endpoint="save_chapters")
@allows(Right.WRITE)
def save(show: str, episode: str) -> ResponseReturnValue:
    """Save the rows, or change how many there are; what is wrong is told at its row, and nothing typed is lost."""
    row, sheet, act = find_row(episode), _sent(), request.form.get("act", "")
    try:
        found = open_chapters(place(), name_of(row))
        page = sent_page(found.chapters)
        if act != "save":
            changed = _changed(sheet, act)
            return _page(row, found, changed, page=page), 422 if changed.faults else 200
        before, behind = map(fill_rows, page.around(found.chapters))
        rows = (*before, *sheet.rows, *behind)
        answer = save_chapters(place(), name_of(row), rows, expected=sheet.version, wishes=wishes())
    except REFUSALS as error:
        return _page(row, None, sheet, reason=told_error(error)), status_of(error)
    if answer.theirs is not None:
        theirs = _sheet(answer.theirs, page)
        stale = replace(sheet, version=theirs.version, theirs=theirs.rows)
        return _page(row, answer.theirs, stale, page=page), 409
    if answer.faults:
        told = tuple(_told(one, first=len(before), count=len(sheet.rows)) for one in answer.faults)
        return _page(row, found, replace(sheet, faults=told), page=page), 422
    if answer.is_changed:
        log("chaptered", show=current.show(), which=row.line.slug)
    if page.last > 1:
        address = url_for("studio.chapters", show=show, episode=row.line.slug, page=page.number, done=1)
        return redirect(address, 303)
    return redirect(url_for("studio.episode", show=show, episode=row.line.slug, done="chapters"), 303)


def _sheet(found: OpenChapters, page: ChapterPage) -> Sheet:
    return Sheet(rows=fill_rows(page.own(found.chapters)), version=version_mark(found))


def _spare(sheet: Sheet, count: int) -> Sheet:
    return replace(sheet, rows=(*sheet.rows, *(ChapterTexts() for _ in range(count)))[:MOST_ROWS])


def _sent() -> Sheet:
    """What a browser sent: rows whose fields stand under the same names, one after another."""
    hidden = set(request.form.getlist("hidden"))
    cells = zip_longest(*(request.form.getlist(name)[:MOST_ROWS] for name in _FIELDS), fillvalue="")
    rows = (
        ChapterTexts(time=time.strip(), title=title.strip(), url=url.strip(), was=was, is_hidden=str(number) in hidden)
        for number, (time, title, url, was) in enumerate(cells)
    )
    return Sheet(rows=tuple(rows), version=request.form.get("version", ""), lines=request.form.get("lines", ""))


def _changed(sheet: Sheet, act: str) -> Sheet:
    """The rows with more of them, without one, or with those of lines that were typed; nothing is saved."""
    if act == "read":
        return _with_lines(sheet)
    kind, _, number = act.partition("-")
    if kind == "drop":
        return replace(sheet, rows=tuple(row for at, row in enumerate(sheet.rows) if str(at) != number))
    return _spare(sheet, MORE_ROWS)


def _with_lines(sheet: Sheet) -> Sheet:
    """Lines such as `4:12 Losing someone` as rows; one of a time that is there gives that its title."""
    try:
        read = fill_rows(read_list(sheet.lines.replace("\r\n", "\n"), "")) if sheet.lines.strip() else ()
    except ContentErrors as errors:
        return replace(sheet, faults=tuple(_told_line(one) for one in errors.errors))
    except ContentError as error:
        return replace(sheet, faults=(_told_line(error),))
    rows = [row for row in sheet.rows if not row.is_empty]
    places = {find_time(row.time): at for at, row in enumerate(rows)}
    for new in read:
        at = places.get(find_time(new.time))
        if at is None:
            rows.append(replace(new, was=""))
        else:
            rows[at] = replace(rows[at], title=new.title, is_hidden=False)
    if len(rows) > MOST_ROWS:
        words = studio_words()
        told = Told(sentence=words("chapters_many", most=MOST_ROWS), language=words.language, field="lines")
        return replace(sheet, faults=(replace(told, label=words("field_lines")),))
    return _spare(replace(sheet, rows=tuple(sorted(rows, key=_by_time)), lines=""), SPARE_ROWS)


def _by_time(row: ChapterTexts) -> float:
    """Where a row stands among others; one without a time that can be read, at the end."""
    moment = find_time(row.time)
    return float("inf") if moment is None else moment.total_seconds()


def _seconds_of(time: str) -> int:
    """Where a player is to begin for a time as typed, in whole seconds."""
    moment = find_time(time)
    return int(moment.total_seconds()) if moment is not None else 0


def _told(fault: RowFault, *, first: int, count: int) -> Told:
    """Say what is wrong at its row; of a chapter on another page, without one."""
    row = fault.row - first
    told, label = told_error(fault.error), studio_words()("chapters_row", number=fault.row + 1)
    if not 0 <= row < count:
        return replace(told, sentence=f"{label}: {told.sentence}")
    return replace(told, field=f"{fault.field}-{row}", label=label)


def _told_line(error: ContentError) -> Told:
    words = studio_words()
    label = words("chapters_line", number=error.line) if error.line else words("field_lines")
    return replace(told_error(error), field="lines", label=label)


def _page(
    row: EpisodeRow,
    found: OpenChapters | None,
    sheet: Sheet | None,
    *,
    page: ChapterPage | None = None,
    reason: Told | None = None,
) -> str:
    return render_template(
        "studio/chapters.html",
        **head_of(row),
        found=found,
        sheet=sheet,
        page=page or ChapterPage(),
        is_full=sheet is not None and len(sheet.rows) >= MOST_ROWS,
        most=MOST_ROWS,
        is_done="done" in request.args,
        told=reason,
        seconds_of=_seconds_of,
        told_at=told_at(sheet.faults if sheet else ()),
        **sound_of(row),
    )
