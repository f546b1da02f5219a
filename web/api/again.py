"""The same thing asked again under the same key is not done again: it gets the answer that it got (Idempotency-Key).

For who lost the connection before the answer came. What was refused came to nothing, and is not kept.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import timedelta

from flask import Response, request

from catalogue.domain.tokens import KeptAnswer
from web.api.current import caller
from web.api.problems import Refused
from web.current import now
from web.studio.current import desk

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
# Who has not answered for so long was killed meanwhile.
DEAD_AFTER = timedelta(minutes=10)
_KEY = re.compile(r"[!-~]{1,255}")
_KEPT_HEADERS = ("Location", "ETag")


def once(deed: Callable[[], Response]) -> Response:
    """Do what is asked, or give the answer from when it was done.

    Raises Refused where another body came under the key (422), it is being done just now (409), or it is no key (400).
    """
    stated = request.headers.get(HEADER)
    if stated is None:
        return deed()
    if _KEY.fullmatch(stated) is None:
        raise Refused(400, "bad-key", "An Idempotency-Key has 1 to 255 letters, digits or signs of ASCII.")
    key, asked, owner, token = _digest(stated.encode()), _asked(), secrets.token_hex(16), caller().token.id
    window = {"kept_from": now() - KEPT_FOR, "begun_from": now() - DEAD_AFTER}
    known = desk().accounts.begin_answer(token, key, asked=asked, owner=owner, now=now(), **window)
    if known is not None:
        return _again(known, asked)
    kept = None
    try:
        response = deed()
        kept = _kept(asked, response) if response.status_code < 300 else None
        return response
    finally:
        if kept is not None:
            desk().accounts.keep_answer(token, key, owner=owner, answer=kept)
        else:
            desk().accounts.drop_answer(token, key, owner=owner)


def _again(known: KeptAnswer, asked: str) -> Response:
    if known.asked != asked:
        raise Refused(422, "other-body", "Something else was asked under this Idempotency-Key. Choose another key.")
    if known.status is None:
        template = "This is being done just now. Ask again in a moment."
        raise Refused(409, "being-done", template, headers={"Retry-After": "1"})
    headers = [*known.headers, ("Idempotent-Replayed", "true")]
    return Response(known.body, status=known.status, headers=headers)


def _kept(asked: str, response: Response) -> KeptAnswer:
    names = (*_KEPT_HEADERS, "Content-Type")
    headers = tuple((name, response.headers[name]) for name in names if name in response.headers)
    return KeptAnswer(asked=asked, status=response.status_code, headers=headers, body=response.get_data())


def _asked() -> str:
    parts = (request.method, request.path, request.query_string.decode("latin-1"))
    return _digest("\0".join(parts).encode() + b"\0" + request.get_data(cache=True))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
