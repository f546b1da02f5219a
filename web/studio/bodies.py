"""A request of the studio: how much it may bring, and files that lie in the data folder as they come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import IO, cast

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from catalogue.actions.accounts.server_key import ServerKey
from catalogue.config import Settings
from web.bodies import LARGEST_FORM_BYTES, BodyRoom
from web.studio.holders import Holders
from web.studio.kept_files import KeptFile
from web.studio.tickets import holds_ticket

# Around a file in a form: its name, the token, what separates them.
AROUND_BYTES = 1024**2
# As many as werkzeug takes parts. An episode with a hundred people has half of them, and each costs much more than its
# bytes: anybody may send a million.
MOST_FIELDS = 1000
FORM_TYPE = "application/x-www-form-urlencoded"
UPLOADS, REVISIONS, RECORDINGS = "studio.send_upload", "studio.send_revision", "studio.send_recording"
# A picture that is too large is told so at its field: it may come as large as a recording.
PICTURES = ("studio.send_show_artwork", "studio.send_episode_artwork")
FEEDS = "studio.look_into_feed"
IN_FILES = (UPLOADS, REVISIONS, RECORDINGS, FEEDS, *PICTURES)
# What views take beside a recording; others take none.
AROUND = {**dict.fromkeys(IN_FILES, AROUND_BYTES), "studio.send_piece": 0}


def take_bodies(app: Flask, settings: Settings) -> None:
    """Let the application read what its studio takes."""
    app.request_class = StudioRequest
    app.before_request(_let_in)
    app.config["LARGEST_UPLOAD_BYTES"] = settings.largest_upload_bytes
    app.config["UPLOAD_FOLDER"] = settings.upload_folder


def body_room(settings: Settings, key: ServerKey, clock: Callable[[], datetime], *, holders: Holders) -> BodyRoom:
    """What the server before that application is to let in: recordings of who was given a ticket and still may."""
    return BodyRoom(
        folder=settings.upload_folder,
        limit_bytes=settings.largest_upload_bytes + AROUND_BYTES,
        takes=lambda path: holds_ticket(key, path, clock(), may_send=holders.may_send),
    )


def _let_in() -> None:
    """Let a request of the studio bring what its view takes."""
    if request.blueprint != "studio":
        return
    around = AROUND.get(request.endpoint or "")
    request.max_form_memory_size = LARGEST_FORM_BYTES
    request.max_content_length = (
        LARGEST_FORM_BYTES if around is None else current_app.config["LARGEST_UPLOAD_BYTES"] + around
    )
    if request.mimetype == FORM_TYPE and request.get_data().count(b"&") >= MOST_FIELDS:
        raise RequestEntityTooLarge


class StudioRequest(Request):
    """A request whose recordings lie in the data folder."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.endpoint not in IN_FILES:
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        return cast("IO[bytes]", KeptFile(current_app.config["UPLOAD_FOLDER"]))
