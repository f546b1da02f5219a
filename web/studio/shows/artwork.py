"""The picture of a show or of an episode: how it looks, and another in its place."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.covering import Covered, put_cover
from catalogue.actions.served_pictures import ServedPictures
from catalogue.domain.media import THUMBNAIL, Artwork
from catalogue.domain.rights import Right
from catalogue.domain.show_work_patterns import (
    EPISODE_ARTWORK,
    EPISODE_ARTWORK_FORM,
    EPISODE_PICTURE,
    SHOW_ARTWORK,
    SHOW_ARTWORK_FORM,
    SHOW_PICTURE,
)
from catalogue.errors import UploadRefused
from catalogue.formats.pictures.limits import LIMIT_BYTES
from catalogue.formats.pictures.picture_facts import SMALLEST_COVER
from catalogue.store.index import EpisodeRow
from web.current import now, site
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import desk, log, place, producer
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_error
from web.studio.kept_files import path_of
from web.studio.rights import allows
from web.studio.tickets import make_ticket
from web.studio.words import studio_words
from web.studio.work import find_row, head_of, name_of, wishes

FIELD = "artwork"
CHANGES = ("cover-square", "cover-smaller", "cover-white", "cover-colours", "cover-still", "cover-webp")


@studio.get(SHOW_ARTWORK, endpoint="show_artwork")
@allows(Right.SETTINGS)
def show_artwork(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """Show the picture of a show, with a form for another."""
    return _show_page()


@studio.post(SHOW_ARTWORK_FORM, endpoint="send_show_artwork")
@allows(Right.SETTINGS)
def send_show_artwork(show: str, ticket: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a picture as the show's, made legal where it is not."""
    try:
        done = _put(current.show().guid, is_of_show=True)
    except REFUSALS as error:
        return _show_page(told=told_error(error, FIELD)), status_of(error)
    log("artwork", show=current.show())
    begun = 1 if "begun" in request.form else None
    changes = [one.code for one in done.changes]
    address = url_for("studio.show_artwork", show=current.show().slug, begun=begun, done=1, change=changes)
    return redirect(address, 303)


@studio.get(EPISODE_ARTWORK, endpoint="episode_artwork")
@allows(Right.WRITE)
def episode_artwork(show: str, episode: str) -> str:  # noqa: ARG001
    """Show the picture of an episode, its own or the show's, with a form for another."""
    return _episode_page(find_row(episode))


@studio.post(EPISODE_ARTWORK_FORM, endpoint="send_episode_artwork")
@allows(Right.WRITE)
def send_episode_artwork(show: str, ticket: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a picture as the episode's own, made legal where it is not."""
    row = find_row(episode)
    try:
        done = _put(name_of(row))
    except REFUSALS as error:
        return _episode_page(row, told=told_error(error, FIELD)), status_of(error)
    log("artwork", show=current.show(), which=row.line.slug)
    show, changes = current.show().slug, [one.code for one in done.changes]
    address = url_for("studio.episode_artwork", show=show, episode=row.line.slug, done=1, change=changes)
    return redirect(address, 303)


@studio.get(SHOW_PICTURE, endpoint="show_picture")
@allows(Right.SEE)
def show_picture(show: str) -> Response:  # noqa: ARG001
    """The picture of a show, as small as lists have it."""
    return _picture(current.show().artwork)


@studio.get(EPISODE_PICTURE, endpoint="episode_picture")
@allows(Right.SEE_DRAFTS)
def episode_picture(show: str, episode: str) -> Response:  # noqa: ARG001
    """The picture of an episode, also of one that is not public."""
    found = find_row(episode).episode
    return _picture((found.artwork if found else None) or current.show().artwork)


def _put(name: str, *, is_of_show: bool = False) -> Covered:
    file = request.files.get(FIELD)
    if file is None or not file.filename:
        raise UploadRefused("none-chosen", "No file was chosen.")
    return put_cover(place(), name, path_of(file), is_of_show=is_of_show, wishes=wishes())


def _picture(artwork: Artwork | None) -> Response:
    """The copy that was made of a picture, never the producer's bytes; raises MediaError where there is none."""
    name = f"{artwork.sha256 if artwork else ''}.{THUMBNAIL}.jpg"
    path, _, _ = ServedPictures(place().derived).find(name)
    return Response(path.read_bytes(), mimetype="image/jpeg")


def _show_page(*, told: Told | None = None) -> str:
    found = current.show()
    own = found.artwork if found.artwork and found.artwork.path else None
    return render_template(
        "studio/artwork.html",
        own=own,
        is_begun="begun" in request.values,
        address=site().public.show(found),
        **_asked(told),
    )


def _episode_page(row: EpisodeRow, *, told: Told | None = None) -> str:
    return render_template(
        "studio/episode_artwork.html",
        **head_of(row),
        own=row.episode.artwork if row.episode else None,
        **_asked(told),
    )


def _asked(told: Told | None) -> dict[str, object]:
    words = studio_words()
    limit_bytes = min(LIMIT_BYTES, place().settings.largest_upload_bytes)
    return {
        "told": told,
        "least": SMALLEST_COVER,
        "limit_bytes": limit_bytes,
        "is_done": "done" in request.args,
        "changes": [words(one) for one in request.args.getlist("change") if one in CHANGES],
        "ticket": make_ticket(desk().key, current.show().slug, producer().id, now=now()),
    }
