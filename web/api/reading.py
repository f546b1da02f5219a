"""Read what was sent: a body of the type that its operation takes, and a query; refuse all that is wrong at once."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from flask import request
from pydantic import ConfigDict, TypeAdapter, ValidationError

from web.api.operations import JSON, MERGE_PATCH, Operation
from web.api.problems import Fault, Refused, pointer, unprocessable

# Nothing is guessed and nothing passed over: what was misspelt would not be done.
STRICT = ConfigDict(extra="forbid", strict=True)
# Deeper than any key of a note, and nothing that a parser would have trouble with.
_INTEGER = re.compile(r"0|-?[1-9]\d{0,8}")
_WORDS = {"true": True, "false": False}


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """What reads, writes and describes values of a type."""
    return TypeAdapter(kind)


def read_body(asked: Operation) -> object:
    """Read the body; raises Refused (415, 400, 422) for one that is of another kind, no JSON, or not of its type.

    One that may be empty can be left out altogether.
    """
    content = request.get_data(cache=True)
    if not content and not request.mimetype:
        content = b"{}"
    else:
        check_media((JSON, MERGE_PATCH) if asked.method == "PATCH" else (JSON,))
    return _read(asked.takes, content)


def check_media(taken: tuple[str, ...]) -> None:
    """Raise Refused (415) for a body of a kind that is not taken."""
    if request.mimetype in taken and not request.content_encoding:
        return
    template = "Send the body as {taken}, without Content-Encoding."
    header = {"Accept-Patch" if request.method == "PATCH" else "Accept": ", ".join(taken)}
    raise Refused(415, "unsupported-media-type", template, taken=" or ".join(taken), headers=header)


def read_query(asked: Operation) -> object:
    """Read the query; raises Refused (422) for what is unknown, stated twice or not of its type."""
    values: dict[str, object] = {}
    twice = [name for name, texts in request.args.lists() if len(texts) > 1]
    for name, text in request.args.items():
        values[name] = int(text) if _INTEGER.fullmatch(text) else _WORDS.get(text, text)
    if asked.asks is None:
        twice += [name for name in values if name not in twice]
    if twice:
        faults = [Fault(detail="This is not asked here, or stated twice.", parameter=name) for name in twice]
        raise unprocessable(*faults)
    return None if asked.asks is None else _validated(asked.asks, json.dumps(values).encode(), is_query=True)


def _read(kind: Any, content: bytes) -> object:
    try:
        return _validated(kind, content, is_query=False)
    except RecursionError as error:
        raise Refused(400, "bad-request", "This JSON is nested too deeply.") from error


def _validated(kind: Any, content: bytes, *, is_query: bool) -> object:
    try:
        return adapter(kind).validate_json(content)
    except ValidationError as error:
        if any(one["type"] == "json_invalid" for one in error.errors(include_url=False, include_input=False)):
            raise Refused(400, "bad-request", "The body is no JSON that can be read.") from error
        raise unprocessable(*_faults(error, is_query=is_query)) from error


def _faults(error: ValidationError, *, is_query: bool) -> list[Fault]:
    found = []
    for one in error.errors(include_url=False, include_input=False):
        place = one["loc"]
        detail = _TOLD.get(one["type"], one["msg"])
        if is_query:
            found.append(Fault(detail=detail, parameter=str(place[0]) if place else None))
        else:
            found.append(Fault(detail=detail, pointer=pointer(*place)))
    return found


# Words of ours where pydantic's speak of Python.
_TOLD = {
    "unexpected_keyword_argument": "There is no such field.",
    "missing": "This field is needed.",
    "missing_keyword_only_argument": "This field is needed.",
    "dataclass_type": "This is to be an object.",
}
