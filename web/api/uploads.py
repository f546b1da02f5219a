"""Recordings that come in pieces and become drafts; as in the studio, and with the same limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from flask import request, url_for
from pydantic import Field

from catalogue.actions.upload_episode import take_up
from catalogue.actions.upload_folders import Upload
from catalogue.actions.uploads import KEPT_FOR, Uploads
from catalogue.domain.api_patterns import API_DRAFT, API_UPLOAD, API_UPLOADS
from catalogue.domain.rights import Right
from catalogue.domain.tokens import Scope
from catalogue.errors import Conflict, NotFound
from web.api import current
from web.api.episode_types import WholeEpisode
from web.api.episodes import whole
from web.api.operations import PIECE, Reply, operation
from web.api.problems import Fault, Refused, unprocessable
from web.api.reading import STRICT, check_media
from web.api.shown import CLOSED
from web.current import now
from web.studio.current import desk, place
from web.studio.tickets import make_ticket

OFFSET, LENGTH = "Upload-Offset", "Upload-Length"
_NUMBER = re.compile(r"0|[1-9]\d{0,14}")


@dataclass(frozen=True, kw_only=True)
class NewUpload:
    """A recording that is going to be sent: its file's name, and how many bytes it has."""

    __pydantic_config__ = STRICT

    name: Annotated[str, Field(max_length=1000)]
    size_bytes: Annotated[int, Field(ge=1, le=2**50)]


@dataclass(frozen=True, kw_only=True)
class UploadState:
    """An upload: `offset` is how many bytes have come, `address` where the next piece goes, `draft` where it is ended.

    Pieces are sent with PATCH and the header `Upload-Offset`. What nobody goes on with is removed at `kept_until`.
    """

    __pydantic_config__ = CLOSED

    id: str
    name: str
    size_bytes: int
    offset: int
    address: str
    draft: str
    kept_until: datetime


def uploads() -> Uploads:
    """The uploads of this machine."""
    settings = place().settings
    return Uploads(settings.upload_folder, limit_bytes=settings.largest_upload_bytes)


@operation("POST", API_UPLOADS, name="beginUpload", scope=Scope.UPLOAD, right=Right.UPLOAD, takes=NewUpload,
           gives=UploadState, status=201)  # fmt: skip
def begin(sent: NewUpload) -> Reply:
    """Announce a recording; one of that name and size that was begun before is gone on with."""
    uploads().sweep(now())
    begun = uploads().begin(sent.name, sent.size_bytes, show=current.show().guid, owner=_owner())
    ticket = make_ticket(desk().key, current.show().slug, current.caller().producer.id, now=now())
    state = _state(begun, ticket)
    return Reply(value=state, headers={**_offset(begun), "Location": state.address})


@operation("GET", API_UPLOAD, name="seeUpload", scope=Scope.UPLOAD, right=Right.UPLOAD, gives=UploadState)
def see(*, upload: str) -> Reply:
    """Say how much of a recording has come; HEAD says it in `Upload-Offset`."""
    found = found_upload(upload)
    return Reply(value=_state(found, _ticket()), headers=_offset(found))


@operation("PATCH", API_UPLOAD, name="sendPiece", scope=Scope.UPLOAD, right=Right.UPLOAD, media=(PIECE,), status=204)
def send(*, upload: str) -> Reply:
    """Take a piece that begins at `Upload-Offset`; the answer says where the next one begins."""
    check_media((PIECE,))
    found, stated = found_upload(upload), request.headers.get(OFFSET, "")
    if _NUMBER.fullmatch(stated) is None:
        raise unprocessable(Fault(parameter=OFFSET, detail="Say at which byte this piece begins."))
    try:
        uploads().take(found, request.stream, offset=int(stated))
    except Conflict as gap:
        raise Refused(409, gap.code, "{why}", why=gap.sentence, headers=_offset(found)) from gap
    return Reply(headers=_offset(found))


@operation("DELETE", API_UPLOAD, name="dropUpload", scope=Scope.UPLOAD, right=Right.UPLOAD, status=204)
def drop(*, upload: str) -> Reply:
    """Leave nothing of an upload."""
    uploads().discard(found_upload(upload))
    return Reply()


@operation("POST", API_DRAFT, name="endUpload", scope=Scope.UPLOAD, right=Right.UPLOAD, gives=WholeEpisode, status=201,
           is_versioned=True)  # fmt: skip
def end(*, upload: str) -> Reply:
    """Make a draft of a recording that has come whole."""
    show_path, wishes = current.show().path, current.wishes()
    with uploads().alone(found_upload(upload)) as found:
        row = take_up(place(), uploads(), found, show_path=show_path, taken=current.save_author, wishes=wishes)
    current.log("uploaded", which=row.line.slug)
    address = url_for("api.getEpisode", show=current.show().slug, episode=row.line.slug)
    made = whole(row)
    return Reply(value=made.value, version=made.version, headers={"Location": address})


def found_upload(upload: str) -> Upload:
    """An upload of who asks, to the show of the address; raises NotFound."""
    found = uploads().find(upload, _owner())
    if found.show != current.show().guid:
        raise NotFound("no-upload", "This upload is not here any more. Begin it again.")
    return found


def _state(upload: Upload, ticket: str) -> UploadState:
    slug = current.show().slug
    return UploadState(
        id=upload.id,
        name=upload.name,
        size_bytes=upload.size_bytes,
        offset=uploads().offset(upload),
        address=url_for("api.sendPiece", show=slug, ticket=ticket, upload=upload.id),
        draft=url_for("api.endUpload", show=slug, ticket=ticket, upload=upload.id),
        kept_until=now() + KEPT_FOR,
    )


def _offset(upload: Upload) -> dict[str, str]:
    return {OFFSET: str(uploads().offset(upload)), LENGTH: str(upload.size_bytes)}


def _ticket() -> str:
    return str((request.view_args or {})["ticket"])


def _owner() -> str:
    return str(current.caller().producer.id)
