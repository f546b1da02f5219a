"""Replacing an episode's recording, and writing down what was corrected."""

from __future__ import annotations

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.revise import Revised, revise_episode
from catalogue.actions.upload_episode import replace_audio
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_REVISE, REVISION_FORM
from catalogue.store.index import EpisodeRow
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.uploading import FIELD, PIECES, adopted, refused, sending_page, sent, uploads
from web.studio.work import find_row, head_of, name_of, wishes


@studio.get(EPISODE_REVISE, endpoint="revise")
@allows(Right.PUBLISH)
def revise(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """Say what replacing the recording is, with a form for it."""
    return _page(find_row(episode))


@studio.post(REVISION_FORM, endpoint="send_revision")
@allows(Right.PUBLISH)
def send_revision(show: str, ticket: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Replace the recording by one that a form brings or that came in pieces, write a correction down, or both."""
    row, upload = find_row(episode), request.form.get(PIECES)
    try:
        done = _revised(row, upload)
    except REFUSALS as error:
        return refused(error) if upload is not None else (_page(row, told=told_error(error, FIELD)), status_of(error))
    log("revised", show=current.show(), which=row.line.slug)
    told = "shifted" if done.is_shifted else "revised"
    address = url_for("studio.episode", show=current.show().slug, episode=row.line.slug, done=told)
    if upload is None:
        return redirect(address, 303)
    return jsonify(address=address, title=done.episode.title), 201


def _revised(row: EpisodeRow, upload: str | None) -> Revised:
    file, note = request.files.get(FIELD), request.form.get("note", "")
    if upload is not None:
        return replace_audio(place(), uploads(), sent(upload), episode=name_of(row), note=note, wishes=wishes())
    if file is None or not file.filename:
        return revise_episode(place(), name_of(row), note=note, wishes=wishes())
    with adopted(file) as kept:
        return replace_audio(place(), uploads(), kept, episode=name_of(row), note=note, wishes=wishes())


def _page(row: EpisodeRow, *, told: Told | None = None) -> str:
    episode = row.episode
    return sending_page(
        "studio/revise.html",
        **head_of(row),
        formats=[one.extension for one in episode.renditions] if episode else [],
        note=request.form.get("note", ""),
        told=told,
    )
