"""One transcript, cue by cue: words and speakers corrected a page at a time, with the recording beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.cues.sheets import OpenCues, SavedCues, open_cues, save_cues
from catalogue.actions.cues.times import CueFault
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_CUES
from catalogue.errors import ContentError
from catalogue.store.index import EpisodeRow
from web.studio import current
from web.studio.blueprint import studio
from web.studio.cue_fields import CueTexts, compared, edits_of, read_cues, read_names, read_shift, rows_of
from web.studio.cue_rows import Rearranged, rearranged
from web.studio.current import log, place
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_at, told_error
from web.studio.listening import sound_of
from web.studio.rights import allows
from web.studio.words import studio_words
from web.studio.work import find_row, head_of, name_of, wishes

PAGE_CUES = 50


@studio.get(EPISODE_CUES, endpoint="cues")
@allows(Right.WRITE)
def cues(show: str, episode: str, cues: str) -> ResponseReturnValue:  # noqa: ARG001  (the guard has found the show)
    """Show a page of a transcript's cues."""
    row = find_row(episode)
    try:
        found = open_cues(place(), name_of(row), cues)
    except REFUSALS as error:
        return _page(row, None, cues, told=told_error(error)), status_of(error)
    return _page(row, found, cues)


@studio.post(EPISODE_CUES, endpoint="save_cues")
@allows(Right.WRITE)
def save(show: str, episode: str, cues: str) -> ResponseReturnValue:
    """Save the page's cues, another name of a speaker or other times of all, or rearrange the rows unsaved."""
    row, mine = find_row(episode), read_cues(request.form)
    act = request.form.get("act", "")
    if (other := rearranged(mine, act, following=lambda number: _following(row, cues, number))) is not None:
        return _rearranged_page(row, cues, other)
    (edits, unread), shift = edits_of(mine), read_shift(request.form)
    if unread or shift is None:
        told = (*map(_told, unread), *(() if shift is not None else (_no_shift(),)))
        return _page(row, _found(row, cues), cues, rows=mine, faults=told), 422
    version, names = request.form.get("version", ""), read_names(request.form)
    try:
        done = save_cues(
            place(), name_of(row), cues, edits, names=names, shift=shift, expected=version, wishes=wishes()
        )
    except REFUSALS as error:
        return _page(row, _found(row, cues), cues, rows=mine, told=told_error(error)), status_of(error)
    if done.theirs is not None:
        rows, lost = compared(mine, done.theirs.cues)
        return _page(row, done.theirs, cues, rows=rows, lost=lost, is_stale=True), 409
    if done.faults:
        return _page(row, _found(row, cues), cues, rows=mine, faults=tuple(map(_told, done.faults))), 422
    return _done(row, show, cues, done)


def _rearranged_page(row: EpisodeRow, called: str, other: Rearranged) -> str:
    """The rows as they would be, on the sentence that was worked on; nothing is saved."""
    faults = (_told_row(other.at, "text", studio_words()(other.fault)),) if other.fault else ()
    return _page(row, _found(row, called), called, rows=other.rows, faults=faults, at_row=other.at)


def _following(row: EpisodeRow, called: str, number: int) -> tuple[CueTexts, ...]:
    """The rows of the transcript from a number on, up to the first that says anything."""
    found = _found(row, called)
    there = found.cues if found else ()
    spoken = next((at for at in range(number, len(there)) if there[at].text.strip()), number)
    return rows_of(there, number, spoken + 1)


def _told(fault: CueFault) -> Told:
    """What is wrong with a cue, at its field."""
    if fault.number is None:
        return replace(told_error(fault.error), field=fault.field, label=studio_words()("cues_shift"))
    key = f"{fault.number}-{fault.rank}" if fault.rank else str(fault.number)
    return replace(_told_row(key, fault.field, ""), sentence=told_error(fault.error).sentence)


def _told_row(key: str, field: str, sentence: str) -> Told:
    words = studio_words()
    label = words("cues_number", number=int(key.partition("-")[0]) + 1)
    return Told(sentence=sentence, language=words.language, field=f"{field}-{key}", label=label)


def _no_shift() -> Told:
    words = studio_words()
    sentence = words("cues_shift_number", text=request.form.get("shift", "")[:40])
    return Told(sentence=sentence, language=words.language, field="shift", label=words("cues_shift"))


def _found(row: EpisodeRow, called: str) -> OpenCues | None:
    """The transcript as it stands; None where it cannot be read any more, which is told already."""
    try:
        return open_cues(place(), name_of(row), called)
    except ContentError:
        return None


def _done(row: EpisodeRow, show: str, called: str, done: SavedCues) -> ResponseReturnValue:
    if done.changed:
        log("corrected", show=current.show(), which=row.line.slug)
    number = request.args.get("page", type=int)
    address = url_for("studio.cues", show=show, episode=row.line.slug, cues=called, page=number, done=done.changed)
    return redirect(address, 303)


def _page(
    row: EpisodeRow,
    found: OpenCues | None,
    called: str,
    *,
    rows: tuple[CueTexts, ...] | None = None,
    lost: tuple[CueTexts, ...] = (),
    **more: Any,
) -> str:
    cues = found.cues if found else ()
    last = max(1, -(-len(cues) // PAGE_CUES))
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    first = (number - 1) * PAGE_CUES
    return render_template(
        "studio/cues.html",
        **head_of(row),
        found=found,
        called=called,
        rows=rows_of(cues, first, first + PAGE_CUES) if rows is None else rows,
        lost=lost if found else tuple(one for one in rows or () if one.is_changed),
        number=number,
        last=last,
        shift=request.form.get("shift", ""),
        version=request.form.get("version") if found and request.form and not more.get("is_stale") else None,
        told_at=told_at(more.get("faults", ())),
        told_done=_told_done(),
        **more,
        **sound_of(row),
    )


def _told_done() -> str:
    """How many cues were changed just now, as the address says."""
    done = request.args.get("done", -1, type=int)
    return studio_words().count("cues_done", done) if done >= 0 else ""
