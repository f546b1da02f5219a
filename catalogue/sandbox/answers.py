"""What comes out of the box, read as the work of a stranger."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_type_hints

from catalogue import errors
from catalogue.documents import read_document

VALUE_START, VALUE_END = b'{"value":', b"}"
INTERRUPTED = "sandbox-interrupted"
# What answered so may be short of memory from now on, through no fault of the next file.
EXHAUSTED = "sandbox-exhausted"


@dataclass(frozen=True)
class Answer:
    """What a call gave: `value`, or `error` (a ContentError of ours, or a SandboxFailure)."""

    args: tuple[Any, ...]
    value: Any = None
    error: errors.CatalogueError | None = None


@lru_cache(maxsize=64)
def kind_of(function: Callable[..., Any]) -> Any:
    """The type of what a function gives, as its annotation says."""
    return get_type_hints(function)["return"]


def read_answer(line: bytes, kind: Any, args: tuple[Any, ...]) -> Answer:
    """Read a worker's line (without its end) for a call whose function gives `kind`."""
    try:
        if line.startswith(VALUE_START):
            return Answer(args, value=read_document(kind, line[len(VALUE_START) : -len(VALUE_END)]))
        document = json.loads(line)
        if "error" in document:
            return Answer(args, error=_error_of(document["error"]))
        if "exhausted" in document:
            return failed(args, str(document["exhausted"])[:300], code=EXHAUSTED)
        return failed(args, str(document["failure"])[:300])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):  # pydantic's errors are ValueErrors
        return failed(args, "what was read makes no sense")


def failed(args: tuple[Any, ...], why: str, *, code: str = "sandbox") -> Answer:
    """The answer for a call that gave none."""
    return Answer(args, error=errors.SandboxFailure(code, "It could not be read: {why}.", why=why))


def _error_of(document: dict[str, Any]) -> errors.CatalogueError:
    if "several" in document:
        parts = [_error_of(part) for part in document["several"]]
        return errors.ContentErrors(tuple(part for part in parts if isinstance(part, errors.ContentError)))
    kind = getattr(errors, document["kind"], None)
    if not (isinstance(kind, type) and issubclass(kind, errors.ContentError)):
        return errors.SandboxFailure("sandbox", "It could not be read: {why}.", why=document["kind"])
    return kind(
        document["code"], document["template"], path=document["path"], line=document["line"], **document["params"]
    )
