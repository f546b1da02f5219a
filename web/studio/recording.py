"""Sending the recording of an episode that has only a note."""

from __future__ import annotations

from typing import cast

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from catalogue.actions.upload_episode import take_as_audio
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_RECORDING, RECORDING_FORM
from catalogue.errors import UploadRefused
from catalogue.store.index import EpisodeRow
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.uploading import FIELD, PIECES, adopted, refused, sending_page, sent, uploads
from web.studio.work import find_row, head_of, name_of, wishes


@studio.get(EPISODE_RECORDING, endpoint="recording")
@allows(Right.WRITE)
def recording(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """A form for the recording."""
    return _page(find_row(episode))


@studio.post(RECORDING_FORM, endpoint="send_recording")
@allows(Right.WRITE)
def send_recording(show: str, ticket: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take the recording that a form brings, or that came in pieces, or say why not."""
    row, file, upload = find_row(episode), request.files.get(FIELD), request.form.get(PIECES)
    try:
        if upload is None and (file is None or not file.filename):
            raise UploadRefused("none-chosen", "No file was chosen.")
        found = uploads().alone(sent(upload)) if upload is not None else adopted(cast("FileStorage", file))
        with found as whole:
            take_as_audio(place(), uploads(), whole, episode=name_of(row), wishes=wishes())
    except REFUSALS as error:
        return refused(error) if upload is not None else (_page(row, told=told_error(error, FIELD)), status_of(error))
    log("recorded", show=current.show(), which=row.line.slug)
    address = url_for("studio.episode", show=current.show().slug, episode=row.line.slug, done="recorded")
    if upload is None:
        return redirect(address, 303)
    return jsonify(address=address, title=row.episode.title if row.episode else row.line.slug), 201


def _page(row: EpisodeRow, *, told: Told | None = None) -> str:
    return sending_page("studio/recording.html", told=told, **head_of(row))
