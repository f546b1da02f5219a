"""Sending recordings: by a plain form, or piece by piece from a script, which goes on after a broken connection."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from catalogue.actions.upload_episode import take_up
from catalogue.actions.upload_folders import Upload
from catalogue.actions.upload_names import shown_name
from catalogue.actions.uploads import Uploads
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import UPLOAD, UPLOAD_BEGUN, UPLOAD_FORM, UPLOAD_PIECES
from catalogue.errors import CatalogueError, Conflict, NotFound, StoreError, StoreFull
from catalogue.store.index import EpisodeRow
from web.current import now
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import desk, log, place, producer
from web.studio.faults import Told, told_error
from web.studio.kept_files import path_of
from web.studio.rights import allows
from web.studio.tickets import make_ticket
from web.studio.words import studio_words
from web.studio.work import wishes

FIELD = "audio"
# The field in which a script names what it has sent.
PIECES = "upload"
OFFSET = "Upload-Offset"
LONGEST_MARK = 32


def uploads() -> Uploads:
    """The uploads of this machine."""
    settings = place().settings
    return Uploads(settings.upload_folder, limit_bytes=settings.largest_upload_bytes)


@studio.get(UPLOAD, endpoint="upload")
@allows(Right.UPLOAD)
def upload(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """A form for recordings, with the limit named; what was begun and not ended is named, too."""
    uploads().sweep(now())
    return _page(())


@studio.post(UPLOAD_FORM, endpoint="send_upload")
@allows(Right.UPLOAD)
def send_upload(show: str, ticket: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take what a plain form brings: each file becomes a draft, or is said why not."""
    files = [file for file in request.files.getlist(FIELD) if file.filename]
    if not files:
        return _page((_told("none-chosen"),)), 422
    made: list[EpisodeRow] = []
    why: list[Told] = []
    for file in files:
        try:
            made.append(_take_file(file))
        except CatalogueError as error:
            why.append(_named(file.filename or "", told_error(error)))
    if why:
        return _page(tuple(why), made=tuple(made)), 422
    return redirect(_leads_to(made), 303)


@studio.post(UPLOAD_BEGUN, endpoint="begin_upload")
@allows(Right.UPLOAD)
def begin_upload(show: str, ticket: str) -> ResponseReturnValue:
    """Begin an upload of `name` and `size`; says where its pieces go, and how much of it is there already.

    `modified`, when its file was last changed, tells a recording that was exported again from what came of the first.
    """
    size, name = request.form.get("size", -1, type=int), request.form.get("name", "")
    mark = request.form.get("modified", "")[:LONGEST_MARK]
    try:
        begun = uploads().begin(name, size, show=current.show().guid, owner=_owner(), mark=mark)
    except CatalogueError as error:
        return refused(error)
    address = url_for("studio.send_piece", show=show, ticket=ticket, upload=begun.id)
    return jsonify(id=begun.id, address=address, offset=uploads().offset(begun)), 201


@studio.route(UPLOAD_PIECES, methods=["GET"], endpoint="see_upload")
@allows(Right.UPLOAD)
def see_upload(show: str, ticket: str, upload: str) -> ResponseReturnValue:  # noqa: ARG001
    """Say how much has come."""
    try:
        return _there(uploads().offset(sent(upload)))
    except CatalogueError as error:
        return refused(error)


@studio.route(UPLOAD_PIECES, methods=["PATCH"], endpoint="send_piece")
@allows(Right.UPLOAD)
def send_piece(show: str, ticket: str, upload: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a piece that begins where the header says."""
    offset = request.headers.get(OFFSET, -1, type=int)
    try:
        return _there(uploads().take(sent(upload), request.stream, offset=offset))
    except CatalogueError as error:
        return refused(error)


@studio.route(UPLOAD_PIECES, methods=["POST"], endpoint="end_upload")
@allows(Right.UPLOAD)
def end_upload(show: str, ticket: str, upload: str) -> ResponseReturnValue:  # noqa: ARG001
    """Make a draft of what has come whole; says where its form is."""
    try:
        with uploads().alone(sent(upload)) as whole:
            row = _take_up(whole)
    except CatalogueError as error:
        return refused(error)
    return jsonify(address=_leads_to([row]), title=_title(row)), 201


@studio.route(UPLOAD_PIECES, methods=["DELETE"], endpoint="drop_upload")
@allows(Right.UPLOAD)
def drop_upload(show: str, ticket: str, upload: str) -> ResponseReturnValue:  # noqa: ARG001
    """Leave nothing of an upload."""
    try:
        uploads().discard(sent(upload))
    except CatalogueError as error:
        return refused(error)
    return Response(status=204)


def adopted(file: FileStorage) -> AbstractContextManager[Upload]:
    """Keep a file of a form for the length of a block; raises UploadRefused."""
    return uploads().adopted(path_of(file), file.filename or "", show=current.show().guid, owner=_owner())


def sent(upload: str) -> Upload:
    """What somebody sends to this show, piece by piece; raises NotFound."""
    found = uploads().find(upload, _owner())
    if found.show != current.show().guid:
        raise NotFound("no-upload", "This upload is not here any more. Choose the file again.")
    return found


def refused(error: CatalogueError) -> ResponseReturnValue:
    """Answer a script what is refused."""
    statuses = ((NotFound, 404), (Conflict, 409), (StoreFull, 507), (StoreError, 503))
    status = next((status for kind, status in statuses if isinstance(error, kind)), 422)
    return jsonify(code=error.code, why=told_error(error).sentence), status


def sending_page(template: str, **more: Any) -> str:
    """Answer a page from which recordings are sent in pieces, or whole by a plain form."""
    return render_template(
        template,
        unended=[(one, there) for one, there in uploads().come(_owner()) if one.show == current.show().guid],
        limit_bytes=uploads().limit_bytes,
        ticket=make_ticket(desk().key, current.show().slug, producer().id, now=now()),
        **more,
    )


def _take_file(file: FileStorage) -> EpisodeRow:
    with adopted(file) as upload:
        return _take_up(upload)


def _take_up(upload: Upload) -> EpisodeRow:
    row = take_up(place(), uploads(), upload, show_path=current.show().path, taken=_keep_author, wishes=wishes())
    log("uploaded", show=current.show(), which=row.line.slug)
    return row


def _keep_author(row: EpisodeRow) -> None:
    desk().accounts.save_author(current.show().guid, row.line.guid, producer().id)


def _owner() -> str:
    return str(producer().id)


def _leads_to(made: list[EpisodeRow]) -> str:
    """The form of the one draft that was made, or the drafts."""
    slug = current.show().slug
    if len(made) == 1:
        return url_for("studio.episode", show=slug, episode=made[0].line.slug, done="new")
    return url_for("studio.episodes", show=slug, status="draft")


def _title(row: EpisodeRow) -> str:
    return row.episode.title if row.episode else row.line.slug


def _page(why: tuple[Told, ...], *, made: tuple[EpisodeRow, ...] = ()) -> str:
    return sending_page("studio/upload.html", made=made, refused=why)


def _told(code: str) -> Told:
    words = studio_words()
    return Told(sentence=words(f"fault_{code}"), language=words.language, field=FIELD, label=words("field_audio"))


def _named(name: str, told: Told) -> Told:
    return Told(sentence=f"{shown_name(name)}: {told.sentence}", language=told.language, field=FIELD)


def _there(offset: int) -> Response:
    return Response(status=204, headers={OFFSET: str(offset)})
