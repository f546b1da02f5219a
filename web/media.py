"""Audio, pictures, transcripts and chapters under the hash of their bytes: those bytes, or an honest 503."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from flask import Blueprint, Response, request

from catalogue.domain import links
from catalogue.errors import MediaError, Moved
from web import ranges
from web.current import moved_response, now, site
from web.headers import SANDBOXED, inline_disposition, share
from web.published import Media

BLOCK_BYTES = 64 * 1024
DAY, FOR_EVER = "public, max-age=86400", "public, max-age=31536000, immutable"
# Only a picture's address names all it is made of; the rest may be withdrawn, or the episode move on.
CACHE_CONTROL = {"audio": DAY, "transcript": DAY, "chapters": DAY, "image": FOR_EVER}
TEXT_KINDS = ("transcript", "chapters")
media = Blueprint("media", __name__)


@media.get(links.MEDIA)
def medium(sha256: str, name: str) -> Response:
    """A file, whole or in part; an earlier address of it redirects for five minutes."""
    try:
        found = site().publication.media(sha256, name, now())
    except Moved as moved:
        return share(moved_response(site().base_path + moved.to, status=307))
    modified = datetime.fromtimestamp(found.mtime_ns // 1_000_000_000, UTC) if found.mtime_ns else None
    outcome = ranges.respond(
        request.headers, method=request.method, size=found.size_bytes, etag=f'"sha256-{sha256}"', modified=modified
    )
    response = Response(_body(found, outcome), status=outcome.status, direct_passthrough=True)
    response.headers.update(outcome.headers)
    response.headers["Content-Type"] = _content_type(found)
    response.headers["Cache-Control"] = "no-store" if outcome.is_refusal else CACHE_CONTROL[found.kind]
    response.headers["Content-Disposition"] = inline_disposition(found.download_name)
    if found.kind in TEXT_KINDS:
        response.headers["Content-Security-Policy"] = SANDBOXED
    return share(response)


def _content_type(found: Media) -> str:
    is_text = found.media_type.startswith("text/") or found.media_type == "application/x-subrip"
    return f"{found.media_type}; charset=utf-8" if is_text else found.media_type


def _body(found: Media, outcome: ranges.Outcome) -> Iterable[bytes]:
    """The bytes of the outcome; a changed file is found out even where none are asked for."""
    if found.path is None:
        return (found.body or b"")[outcome.first : outcome.last + 1], b""
    file = open_unchanged(found.path, size_bytes=found.size_bytes, mtime_ns=found.mtime_ns)
    if not outcome.length:
        file.close()
        return ()
    file.seek(outcome.first)
    # The server's own way to send a file, without a thread waiting for a slow phone; it ends at Content-Length.
    wrapper = request.environ.get("wsgi.file_wrapper")
    if wrapper is not None:
        wrapped: Iterable[bytes] = wrapper(file, BLOCK_BYTES)
        return wrapped
    return FileBlocks(file, outcome.length)


def open_unchanged(path: Path, *, size_bytes: int, mtime_ns: int) -> BinaryIO:
    """Open a file that is still what was indexed; raises MediaError for any other, and for symlinks."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        file = os.fdopen(os.open(path, flags), "rb")
    except OSError as error:
        raise MediaError("media-unreadable", "This file cannot be read right now. Try again in a minute.") from error
    facts = os.fstat(file.fileno())
    if not stat.S_ISREG(facts.st_mode) or (facts.st_size, facts.st_mtime_ns) != (size_bytes, mtime_ns):
        file.close()
        raise MediaError("media-changed", "This file is being changed. Try again in a minute.")
    return file


class FileBlocks:
    """The next `length` bytes of a file in blocks, for servers without a file wrapper; closes the file."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def __iter__(self) -> Iterator[bytes]:
        while self._left and (block := self._file.read(min(BLOCK_BYTES, self._left))):
            self._left -= len(block)
            yield block

    def close(self) -> None:
        self._file.close()
