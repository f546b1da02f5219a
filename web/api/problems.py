"""What went wrong, for programs: `application/problem+json` (RFC 9457), with each fault at the field it concerns."""

from __future__ import annotations

import json
import logging
from collections.abc import Container, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, g
from pydantic import ConfigDict
from werkzeug.exceptions import HTTPException

from catalogue.actions.note_checking import NoteFault
from catalogue.errors import (
    CatalogueError,
    ConfigError,
    Conflict,
    ContentError,
    ContentErrors,
    Forbidden,
    MediaError,
    NoRoom,
    NotFound,
    StaleEdit,
    StoreError,
    StoreFull,
    StudioClosed,
    TokenRefused,
    TooManyTries,
    Withdrawn,
)
from web.bodies import TOO_LARGE

LOG = logging.getLogger("castalogue")
PROBLEM = "application/problem+json"
BELOW = "/api/"
# The first class an error is an instance of says what is answered.
STATUSES: tuple[tuple[type[CatalogueError], int], ...] = (
    (TokenRefused, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (StaleEdit, 412),
    (Conflict, 409),
    (Withdrawn, 410),
    (TooManyTries, 429),
    (StudioClosed, 503),
    (NoRoom, 507),
    (StoreFull, 507),
    (StoreError, 503),
    (MediaError, 503),
    (ConfigError, 500),
    (CatalogueError, 422),
)
# What a refused upload is beside 422.
CODES = {"upload-too-large": 413, "upload-more": 413, "upload-disk-full": 507, "upload-gap": 409}
RETRY_AFTER_SECONDS = {503: 10}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong: `pointer` is its place in the body (RFC 6901), `line` that in a note or `show.toml`."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What went wrong; `code` is for programs and stays the same, `detail` for people."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: tuple[Fault, ...] = ()


class Refused(CatalogueError):
    """What was sent cannot be taken: with the status to answer, all that is wrong, and headers to tell it with."""

    def __init__(
        self,
        status: int,
        code: str,
        template: str,
        *,
        errors: Iterable[Fault] = (),
        headers: dict[str, str] | None = None,
        **params: object,
    ) -> None:
        super().__init__(code, template, **params)
        self.status, self.errors, self.headers = status, tuple(errors), headers or {}


def unprocessable(*faults: Fault) -> Refused:
    """What to say where what was sent can be read, and not taken; nothing was done then."""
    return Refused(422, "unprocessable", "This cannot be taken, and nothing was done; errors says why.", errors=faults)


def is_below_api(path: str) -> bool:
    """Whether an address is the API's, be there anything or not."""
    return path.startswith(BELOW)


def status_of(error: CatalogueError) -> int:
    """What is answered where an error ends a request."""
    if isinstance(error, Refused):
        return error.status
    return CODES.get(error.code) or next(status for kind, status in STATUSES if isinstance(error, kind))


def answer_error(error: CatalogueError) -> Response:
    """Say an error of ours."""
    status = status_of(error)
    if status == 500:
        LOG.exception("%s", error)
    headers = dict(error.headers) if isinstance(error, Refused) else {}
    if isinstance(error, TokenRefused):
        headers["WWW-Authenticate"] = _challenge(error)
    if status in RETRY_AFTER_SECONDS:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS[status])
    if minutes := error.params.get("minutes"):
        headers.setdefault("Retry-After", str(int(str(minutes)) * 60))
    detail = "Something went wrong here. It was noted in the log of the server." if status == 500 else error.sentence
    return _answer(status, detail, code=error.code, errors=_faults(error), headers=headers)


def answer_http_error(error: HTTPException) -> Response:
    """Say an error of the server's framework: no such address, another method, too large a body."""
    status = error.code or 500
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    detail = _DETAILS.get(status, HTTPStatus(status).phrase + ".")
    return _answer(status, detail, code=_code(status), errors=(), headers=kept)


def faults_of_note(faults: Iterable[NoteFault], stated: Container[str]) -> tuple[Fault, ...]:
    """What is wrong with a note, at its keys as an episode's `keys` has them, of which some were `stated`."""
    return tuple(Fault(detail=one.error.sentence, line=one.line, pointer=_pointer_of(one, stated)) for one in faults)


def pointer(*steps: str | int) -> str:
    """A place in a JSON document (RFC 6901).

    >>> pointer("keys", "a/b~c", 0)
    '/keys/a~1b~0c/0'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _pointer_of(fault: NoteFault, stated: Container[str]) -> str | None:
    named = str(fault.error.params.get("key", ""))
    key = named if fault.key is None and named in stated else fault.key
    return None if key is None else pointer("keys", key) if key else "/text"


_DETAILS = {
    400: "This request cannot be read.",
    404: "There is nothing at this address. GET /api/v1/openapi.json says what there is.",
    405: "This cannot be done at this address. The header Allow says what can.",
    413: TOO_LARGE,
    415: "This kind of body is not taken here.",
    500: "Something went wrong here. It was noted in the log of the server.",
}


def _answer(status: int, detail: str, *, code: str, errors: tuple[Fault, ...], headers: dict[str, str]) -> Response:
    g.is_failing = status >= 500
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [{key: value for key, value in vars(one).items() if value is not None} for one in errors],
    }
    response = Response(json.dumps(document, ensure_ascii=False), status=status, content_type=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(headers)
    return response


def _faults(error: CatalogueError) -> tuple[Fault, ...]:
    if isinstance(error, Refused):
        return error.errors
    several = error.errors if isinstance(error, ContentErrors) else (error,) if isinstance(error, ContentError) else ()
    return tuple(Fault(detail=one.sentence, line=one.line) for one in several)


def _challenge(error: TokenRefused) -> str:
    asked = 'Bearer realm="castalogue"'
    return asked if error.code == "no-token" else f'{asked}, error="invalid_token"'


def _code(status: int) -> str:
    return HTTPStatus(status).phrase.lower().replace(" ", "-")
