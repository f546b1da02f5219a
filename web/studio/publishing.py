"""Publishing, scheduling, taking back and withdrawing: first what would happen, then the deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.foreseen import Foreseen, foresee_leaving, foresee_publishing
from catalogue.actions.scheduling import publish_now, schedule_episode
from catalogue.actions.unpublish import republish_episode, unpublish_episode
from catalogue.actions.withdraw import find_traces, withdraw_episode
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_PUBLISH, EPISODE_UNPUBLISH, EPISODE_WITHDRAW
from catalogue.errors import CatalogueError, StoreError
from catalogue.store.index import EpisodeRow
from web.current import now, site
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_error, told_findings
from web.studio.rights import allows
from web.studio.words import studio_words
from web.studio.work import find_row, head_of, name_of, wishes

# What somebody writes who means it: nothing brings a withdrawn episode back.
MOST_WORD = 80


@studio.get(EPISODE_PUBLISH, endpoint="publish")
@allows(Right.PUBLISH)
def publish(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """Say what publishing would be to those who subscribe, and offer to do it now or later."""
    return _publish_page(find_row(episode))


@studio.post(EPISODE_PUBLISH, endpoint="publish_episode")
@allows(Right.PUBLISH)
def publish_episode(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Publish now, as it was before, or at a moment to come."""
    row = find_row(episode)
    when = f"{request.form.get('published', '')} {request.form.get('published_time', '')}".strip()
    deeds: dict[str, tuple[str, Callable[[], object]]] = {
        "now": ("published", lambda: publish_now(place(), name_of(row), wishes=wishes())),
        "again": ("published", lambda: republish_episode(place(), name_of(row), wishes=wishes())),
        "later": ("scheduled", lambda: schedule_episode(place(), name_of(row), when, wishes=wishes())),
    }
    what, deed = deeds.get(request.form.get("act", ""), deeds["later"])
    try:
        deed()
    except StoreError:
        raise
    except CatalogueError as error:  # a date that is none is an error of no file
        field = "published" if what == "scheduled" else ""
        return _publish_page(row, told=told_error(error, field)), status_of(error)
    return _done(row, what)


@studio.get(EPISODE_UNPUBLISH, endpoint="unpublish")
@allows(Right.PUBLISH)
def unpublish(show: str, episode: str) -> str:  # noqa: ARG001
    """Say what taking it back to draft would be."""
    return _unpublish_page(find_row(episode))


@studio.post(EPISODE_UNPUBLISH, endpoint="unpublish_episode")
@allows(Right.PUBLISH)
def unpublish_now(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take an episode back to draft."""
    row = find_row(episode)
    try:
        unpublish_episode(place(), name_of(row), wishes=wishes())
    except REFUSALS as error:
        return _unpublish_page(row, told=told_error(error)), status_of(error)
    return _done(row, "unpublished")


@studio.get(EPISODE_WITHDRAW, endpoint="withdraw")
@allows(Right.WITHDRAW)
def withdraw(show: str, episode: str) -> str:  # noqa: ARG001
    """Say what withdrawing is, where the episode stays all the same, and ask for a word."""
    return _withdraw_page(find_row(episode))


@studio.post(EPISODE_WITHDRAW, endpoint="withdraw_episode")
@allows(Right.WITHDRAW)
def withdraw_now(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Withdraw an episode for good, where the word that was asked for was written."""
    row, words = find_row(episode), studio_words()
    if request.form.get("word", "")[:MOST_WORD].strip().casefold() != words("withdraw_word"):
        told = Told(sentence=words("fault_word"), language=words.language, field="word", label=words("field_word"))
        return _withdraw_page(row, told=told), 422
    try:
        withdraw_episode(place(), name_of(row), wishes=wishes())
    except REFUSALS as error:
        return _withdraw_page(row, told=told_error(error)), status_of(error)
    return _done(row, "withdrawn")


def _publish_page(row: EpisodeRow, *, told: Told | None = None) -> str:
    """The page about publishing; with nothing to publish it says why."""
    episode, moment = row.episode, row.episode.published_at if row.episode else None
    is_back = moment is not None and moment <= now()
    foreseen = None
    if episode is not None:
        at = moment if moment is not None and is_back else now()
        found = site().public
        foreseen = foresee_publishing(place(), current.show(), episode, at=at, links=found, now=now())
    typed = {name: request.form.get(name, "") for name in ("published", "published_time")}
    return _page("studio/publish.html", row, foreseen=foreseen, told=told, is_back=is_back, typed=typed)


def _unpublish_page(row: EpisodeRow, *, told: Told | None = None) -> str:
    foreseen = foresee_leaving(row.episode, now=now()) if row.episode else None
    return _page("studio/unpublish.html", row, foreseen=foreseen, told=told)


def _withdraw_page(row: EpisodeRow, *, told: Told | None = None) -> str:
    return _page("studio/withdraw.html", row, told=told, traces=find_traces(place(), name_of(row)))


def _page(template: str, row: EpisodeRow, **more: Any) -> str:
    foreseen: Foreseen | None = more.get("foreseen")
    grave = told_findings(foreseen.findings) if foreseen else ()
    return render_template(template, grave=grave, **head_of(row), **more)


def _done(row: EpisodeRow, what: str) -> ResponseReturnValue:
    log(what, show=current.show(), which=row.line.slug)
    return redirect(url_for("studio.episode", show=current.show().slug, episode=row.line.slug, done=what), 303)
