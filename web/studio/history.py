"""The history of an episode's note: what was changed, by whom, and a way back to each text."""

from __future__ import annotations

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.history.reading import bring_back, read_history
from catalogue.actions.note_form import FIELD_OF_KEY
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_HISTORY
from catalogue.store.index import EpisodeRow
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import can, log, place, producer
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_error
from web.studio.guard import is_own_draft
from web.studio.rights import allows
from web.studio.words import studio_words
from web.studio.work import find_row, head_of, name_of, wishes

# Of a change of more places, or a longer text, the beginning is shown.
MOST_CHANGES = 50
LONGEST = 10_000


@studio.get(EPISODE_HISTORY, endpoint="history")
@allows(Right.SEE_DRAFTS)
def history(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """Show what was changed, the newest first."""
    return _page(find_row(episode))


@studio.post(EPISODE_HISTORY, endpoint="bring_back")
@allows(Right.WRITE)
def bring_text_back(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Save an earlier text, if the note is still what the page showed; whether it is out is for other pages."""
    row, number = find_row(episode), request.form.get("number", 0, type=int)
    expected = request.form.get("version", "")
    try:
        saved = bring_back(place(), name_of(row), number, expected=expected, is_standing_kept=True, wishes=wishes())
    except REFUSALS as error:
        return _page(row, told=told_error(error)), status_of(error)
    if saved.is_changed:
        log("brought_back", show=current.show(), which=row.line.slug)
    slug = saved.episode.slug if saved.episode else row.line.slug
    return redirect(url_for("studio.episode", show=current.show().slug, episode=slug, done="brought_back"), 303)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _value(text: str, key: str) -> str:
    """What stands behind a key that has a label; all of a text without one."""
    return re.sub(rf"\A{re.escape(key)}\s*[:=]\s*", "", text) if key in _labels() else text


def _labels() -> dict[str, str]:
    """What the form of an episode calls the keys that it has fields for."""
    words = studio_words()
    return {key: words(f"field_{field}") for key, field in FIELD_OF_KEY.items() if key and f"field_{field}" in words}


def _page(row: EpisodeRow, *, told: Told | None = None) -> str:
    show, found = current.show(), None
    try:
        found = read_history(place(), name_of(row))
    except REFUSALS as error:
        told = told or told_error(error)
    return render_template(
        "studio/history.html",
        most=MOST_CHANGES,
        shortened=lambda text, key: _shortened(_value(text, key)),
        labels=_labels(),
        **head_of(row),
        found=found,
        handovers=place().index.handovers(show.guid, row.line.guid)[::-1],
        may_write=can(Right.WRITE, show) or is_own_draft(show, row.line.slug, producer()),
        told=told,
    )
