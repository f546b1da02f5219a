"""What a request for audio, a picture, a transcript or chapters is answered: those bytes, or an honest error.

Apart from Flask, so that the short way (`web.media_fast`) and the long one (`web.media`) give the same bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from catalogue.errors import MediaError
from web import ranges
from web.file_bodies import Version, is_unchanged, open_unchanged, segments_body
from web.headers import SAFETY, SANDBOXED, SHARED, inline_disposition
from web.published import Media, MembersView, PreviewView, Publication

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

DAY, FOR_EVER = "public, max-age=86400", "public, max-age=31536000, immutable"
# Only a picture's address names all it is made of; the rest may be withdrawn, or the episode move on.
CACHE_CONTROL = {"audio": DAY, "transcript": DAY, "chapters": DAY, "image": FOR_EVER}
TEXT_KINDS = ("transcript", "chapters")
PLAIN_TEXT_TYPES = ("application/x-subrip",)
# All that an answer depends on, by its name in the environment; a request has a dozen headers more.
_ASKED = tuple(
    (f"HTTP_{name.upper().replace('-', '_')}", name)
    for name in ("Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since")
)
# What nginx reads as we do; anything else is answered here (RFC 9110, 14.2).
_NGINX_READS = re.compile(r"bytes=[0-9]{0,15}-[0-9]{0,15}")
_NGINX_DIFFERS = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
_CONDITIONS = tuple(key for key, name in _ASKED if name.startswith("If-"))
HANDED_ON_KEPT = 1024


@dataclass(frozen=True, kw_only=True)
class MediaAnswer:
    """Status, headers and body of an answer; whoever sends the body closes it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: Iterable[bytes]


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who answers for media: the publication, or what a member or a guest may have of a show.

    `x_accel_redirect` is the prefix under which nginx sends files; None: we send them.
    """

    publication: Publication | MembersView | PreviewView
    x_accel_redirect: str | None = None

    def answer(self, environ: WSGIEnvironment, sha256: str, name: str, *, now: datetime) -> MediaAnswer:
        """Answer a GET or HEAD; raises what `Publication.media` does, MediaError too where the file changed."""
        if self.x_accel_redirect and environ["REQUEST_METHOD"] == "GET" and not any(map(environ.get, _CONDITIONS)):
            found = self.publication.media(sha256, name, now)
            if _is_plainly_for_nginx(environ.get("HTTP_RANGE"), found):
                return _handed_on(found, f'"sha256-{sha256}"', self.x_accel_redirect)
        found, file = self._open(sha256, name, now)
        facts = ranges.Facts(
            size=found.size_bytes,
            etag=f'"sha256-{sha256}"',
            modified=_modified(found, now),
            content_type=_content_type(found),
        )
        asked = {name: environ[key] for key, name in _ASKED if key in environ}
        outcome = ranges.respond(facts, asked, method=environ["REQUEST_METHOD"])
        if file is not None and self.x_accel_redirect and _is_for_nginx(environ, outcome):
            file.close()
            return _handed_on(found, facts.etag, self.x_accel_redirect)
        return MediaAnswer(
            status=outcome.status, headers=_headers(found, facts, outcome), body=_body(environ, found, file, outcome)
        )

    def _open(self, sha256: str, name: str, now: datetime) -> tuple[Media, BinaryIO | None]:
        """The file as remembered or, where it is not so any more, as the index has it now."""
        found = self.publication.media(sha256, name, now)
        if found.path is None:
            return found, None
        with suppress(MediaError):
            return found, open_unchanged(found.path, _version(found))
        found = self.publication.media_anew(sha256, name, now)
        assert found.path is not None
        return found, open_unchanged(found.path, _version(found))


def _version(found: Media) -> Version:
    return Version(found.size_bytes, found.mtime_ns)


def _modified(found: Media, now: datetime) -> datetime | None:
    """When the file was changed, to the second; None where nothing knows, or it is yet to come (RFC 9110, 8.8.2.1)."""
    moment = datetime.fromtimestamp(found.mtime_ns // 1_000_000_000, UTC) if found.mtime_ns else None
    return moment if moment and moment <= now else None


def _content_type(found: Media) -> str:
    is_text = found.media_type.startswith("text/") or found.media_type in PLAIN_TEXT_TYPES
    return f"{found.media_type}; charset=utf-8" if is_text else found.media_type


def _headers(found: Media, facts: ranges.Facts, outcome: ranges.Outcome) -> tuple[tuple[str, str], ...]:
    if outcome.is_refusal:
        return (*outcome.headers, ("Cache-Control", "no-store"), *SHARED.items(), *SAFETY.items())
    kept = (*outcome.headers, ("Cache-Control", CACHE_CONTROL[found.kind]), *SHARED.items(), *SAFETY.items())
    if outcome.status == 304:
        return kept
    named = any(name == "Content-Type" for name, _ in outcome.headers)
    return (*kept, *_described(found), *(() if named else (("Content-Type", facts.content_type),)))


def _described(found: Media) -> tuple[tuple[str, str], ...]:
    """What a browser needs to know of a body: its name, and that text by producers can do nothing."""
    policy = (("Content-Security-Policy", SANDBOXED),) if found.kind in TEXT_KINDS else ()
    return (("Content-Disposition", inline_disposition(found.download_name)), *policy)


def _body(environ: WSGIEnvironment, found: Media, file: BinaryIO | None, outcome: ranges.Outcome) -> Iterable[bytes]:
    if not outcome.length:
        if file is not None:
            file.close()
        return ()
    if file is not None:
        return segments_body(environ, file, outcome.segments, _version(found))
    whole = found.body or b""
    return [whole[part.start : part.stop] if isinstance(part, range) else part for part in outcome.segments]


def _is_for_nginx(environ: WSGIEnvironment, outcome: ranges.Outcome) -> bool:
    """Whether nginx would answer the same, so that it may send the bytes."""
    if outcome.status not in (200, 206) or len(outcome.segments) != 1 or any(map(environ.get, _NGINX_DIFFERS)):
        return False
    asked = environ.get("HTTP_RANGE")
    return asked is None or (outcome.status == 206 and _NGINX_READS.fullmatch(asked) is not None)


def _is_plainly_for_nginx(asked: str | None, found: Media) -> bool:
    """Whether nothing needs to be weighed: the file is as it was, and all of it or one part of it is asked for."""
    if not found.path or not found.size_bytes or not is_unchanged(found.path, _version(found)):
        return False
    return asked is None or bool(
        _NGINX_READS.fullmatch(asked) and ranges.read_range(asked.removeprefix("bytes="), found.size_bytes)
    )


@lru_cache(maxsize=HANDED_ON_KEPT)
def _handed_on(found: Media, etag: str, prefix: str) -> MediaAnswer:
    """Let nginx send a file: it adds length, range and date, and passes these headers on (deploy/nginx.conf)."""
    headers = (
        ("X-Accel-Redirect", f"{prefix}{quote(os.fsencode(str(found.path)))}"),
        ("ETag", etag),
        ("Content-Type", _content_type(found)),
        ("Content-Length", "0"),
        ("Cache-Control", CACHE_CONTROL[found.kind]),
        *_described(found),
        *SHARED.items(),
        *SAFETY.items(),
    )
    return MediaAnswer(status=200, headers=headers, body=())
