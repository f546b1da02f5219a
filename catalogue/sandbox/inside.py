"""The program in the box: it limits itself, then answers calls until there are no more.

It is run as a file and not as a part of the package, so that nothing is imported that it does not need. So it writes
its values by itself: pydantic, which reads them outside, takes longer to start than all that reads a sound.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from functools import cache
from typing import Any

# How much later than its parent a worker looks at the clock: for when there is no parent any more.
_LATER_SECONDS = 5


def main(memory_bytes: int, written_bytes: int) -> None:
    """Answer calls until standard input ends."""
    gc.set_threshold(20_000)  # what parsers make is gone with the file, nearly all without circles
    _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_FSIZE, written_bytes)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no answer
    for line in sys.stdin.buffer:
        function, args, cpu_seconds, wall_seconds = json.loads(line)
        with suppress(Exception):  # the time to import a parser is not the file's; a fault of it shows in the call
            _function(function)
        # the default action of both signals ends a process in whatever code it is
        _limit(resource.RLIMIT_CPU, int(time.process_time()) + cpu_seconds + 1)
        signal.setitimer(signal.ITIMER_REAL, wall_seconds + _LATER_SECONDS)
        answer = _answer(function, args)
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            answers.write(answer + b"\n")
            answers.flush()
        except BrokenPipeError:  # who asked was killed: nobody is there to be told
            os._exit(0)


def _limit(what: int, wanted: int) -> None:
    """Set a soft limit, within what the system allows at all."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _answer(name: str, args: list[Any]) -> bytes:
    from catalogue import errors  # here: what is imported before the limits is not under them

    try:
        return b'{"value":' + _json(_function(name)(*args)) + b"}"
    except (errors.ContentError, errors.ContentErrors) as error:
        return json.dumps({"error": _document_of(error)}).encode()
    except MemoryError:
        return b'{"exhausted":"it needs more memory than a file may have"}'
    except RecursionError:
        return b'{"exhausted":"it is nested too deeply"}'
    # any parser's any fault is that file's alone (mutagen leaks IndexError, struct.error …)
    except Exception as error:  # noqa: BLE001
        return json.dumps({"failure": f"{type(error).__name__}: {str(error)[:200]}"}).encode()


@cache
def _function(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return function


def _json(value: object) -> bytes:
    """Write a value of the domain as JSON on one line; a lone surrogate, which no UTF-8 is, as an escape."""
    try:
        return _encoder(ascii_alone=False).encode(value).encode()
    except UnicodeEncodeError:
        return _encoder(ascii_alone=True).encode(value).encode()


@cache
def _encoder(*, ascii_alone: bool) -> json.JSONEncoder:
    return json.JSONEncoder(
        default=_plain, check_circular=False, ensure_ascii=ascii_alone, allow_nan=False, separators=(",", ":")
    )


def _plain(value: Any) -> Any:
    """What JSON has no word for, in words that `read_document` knows; raises TypeError for what is no value."""
    kind: Any = type(value)
    write = _WORDS.get(kind)
    if write is not None:
        return write(value)
    names = _names(kind)
    held: dict[str, Any] = getattr(value, "__dict__", {})
    return held if len(held) == len(names) else {name: getattr(value, name) for name in names}


_WORDS: dict[type[Any], Callable[[Any], Any]] = {
    timedelta: lambda value: f"P{value.days}DT{value.seconds}.{value.microseconds:06}S",
    datetime: datetime.isoformat,
    date: date.isoformat,
    clock_time: clock_time.isoformat,
    Decimal: str,
    frozenset: list,
}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _document_of(error: Any) -> dict[str, Any]:
    from catalogue import errors

    if isinstance(error, errors.ContentErrors):
        return {"several": [_document_of(part) for part in error.errors]}
    return {
        "kind": type(error).__name__,
        "code": error.code,
        "template": error.template,
        "params": {name: str(value) for name, value in error.params.items()},
        "path": getattr(error, "path", ""),
        "line": getattr(error, "line", None),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
