"""Sending the recording of an episode that has only a note."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.upload_episode import take_as_audio
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_RECORDING, RECORDING_FORM
from catalogue.errors import UploadRefused
from catalogue.store.index import EpisodeRow
from web.current import now
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import desk, log, place, producer
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.tickets import make_ticket
from web.studio.uploading import FIELD, adopted, uploads
from web.studio.work import find_row, head_of, name_of, wishes


@studio.get(EPISODE_RECORDING, endpoint="recording")
@allows(Right.WRITE)
def recording(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """A form for the recording."""
    return _page(find_row(episode))


@studio.post(RECORDING_FORM, endpoint="send_recording")
@allows(Right.WRITE)
def send_recording(show: str, ticket: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take the recording, or say why not."""
    row, file = find_row(episode), request.files.get(FIELD)
    try:
        if file is None or not file.filename:
            raise UploadRefused("upload-none", "No file was chosen.")
        take_as_audio(place(), uploads(), adopted(file), episode=name_of(row), wishes=wishes())
    except REFUSALS as error:
        return _page(row, told=told_error(error, FIELD)), status_of(error)
    log("recorded", show=current.show(), which=row.line.slug)
    return redirect(url_for("studio.episode", show=current.show().slug, episode=row.line.slug, done="recorded"), 303)


def _page(row: EpisodeRow, *, told: Told | None = None) -> str:
    show = current.show()
    return render_template(
        "studio/recording.html",
        **head_of(row),
        limit_bytes=place().settings.largest_upload_bytes,
        ticket=make_ticket(desk().key, show.slug, producer().id, now=now()),
        told=told,
    )
