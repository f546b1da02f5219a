"""Throwing a draft away that was never out, and having it back."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.discarding import bring_back_discarded, discard_episode, planned_moves
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_BRING_BACK, EPISODE_DISCARD
from catalogue.store.index import EpisodeRow
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.work import find_row, head_of, name_of, wishes


@studio.get(EPISODE_DISCARD, endpoint="discard")
@allows(Right.WRITE)
def discard(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """Say what throwing a draft away is, and which files it moves."""
    return _page(find_row(episode))


@studio.post(EPISODE_DISCARD, endpoint="discard_episode")
@allows(Right.WRITE)
def discard_now(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Throw a draft away; its page offers to bring it back."""
    row = find_row(episode)
    try:
        done = discard_episode(place(), name_of(row), wishes=wishes())
    except REFUSALS as error:
        return _page(row, told=told_error(error)), status_of(error)
    return _done("discarded", which=row.line.slug, slug=done.slug)


@studio.post(EPISODE_BRING_BACK, endpoint="bring_draft_back")
@allows(Right.WRITE)
def bring_draft_back(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Bring a draft back that was thrown away."""
    row = find_row(episode)
    try:
        back = bring_back_discarded(place(), name_of(row), wishes=wishes())
    except REFUSALS as error:
        return _page(row, told=told_error(error)), status_of(error)
    return _done("undiscarded", which=back.episode.slug, slug=back.episode.slug)


def _page(row: EpisodeRow, *, told: Told | None = None) -> str:
    files: tuple[str, ...] = ()
    try:
        files = planned_moves(place(), name_of(row)) if told is None else ()
    except REFUSALS as error:
        told = told_error(error)
    return render_template("studio/discard.html", **head_of(row), told=told, files=files)


def _done(what: str, *, which: str, slug: str) -> ResponseReturnValue:
    log(what, show=current.show(), which=which)
    return redirect(url_for("studio.episode", show=current.show().slug, episode=slug, done=what), 303)
