"""Links by which somebody without an account hears one episode before it is out."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.previews import add_preview, end_preview, open_previews
from catalogue.domain.previews import PREVIEW_DAYS
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_PREVIEW, EPISODE_PREVIEW_END
from catalogue.errors import ContentError, NotPublishable
from catalogue.store.index import EpisodeRow
from web.current import now, site
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place, producer
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.work import find_row, head_of, name_of

DAYS = "days"


@studio.get(EPISODE_PREVIEW, endpoint="guests")
@allows(Right.WRITE)
def guests(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """Show the links that lead to the episode, and a form for another."""
    return _page(find_row(episode))


@studio.post(EPISODE_PREVIEW, endpoint="make_preview")
@allows(Right.WRITE)
def make(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Make a link; its address is shown this once."""
    row, days = find_row(episode), request.form.get(DAYS, 0, type=int)
    try:
        made = add_preview(place(), name_of(row), days=days, made_by=producer().shown_name, now=now())
    except (ContentError, NotPublishable) as error:
        return _page(row, told=told_error(error, DAYS if isinstance(error, ContentError) else "")), 422
    log("preview-made", show=current.show(), which=row.line.slug)
    return _page(row, address=site().public.preview(made.token))


@studio.post(EPISODE_PREVIEW_END, endpoint="end_preview")
@allows(Right.WRITE)
def end(show: str, episode: str, link: int) -> ResponseReturnValue:
    """Take a link back; one that is over already is as it should be."""
    row = find_row(episode)
    if link in {one.id for one in open_previews(place(), name_of(row), now=now())}:
        end_preview(place(), name_of(row), link, now=now())
        log("preview-ended", show=current.show(), which=row.line.slug)
    return redirect(url_for("studio.guests", show=show, episode=episode, done=1), 303)


def _page(row: EpisodeRow, *, address: str = "", told: Told | None = None) -> str:
    episode = row.episode
    is_hidden = episode is not None and row.line.withdrawn_at is None and not episode.is_public(now())
    return render_template(
        "studio/guests.html",
        **head_of(row),
        links_there=open_previews(place(), name_of(row), now=now()),
        lasts=PREVIEW_DAYS,
        address=address,
        told=told,
        is_hidden=is_hidden,
        is_done="done" in request.args,
    )
