"""A box for hostile bytes: parsers run in spawned processes with limits and no way to the database.

A worker is this module run as a program; it takes one call a line on standard input and answers one line
of JSON, file by file, so that a death names one file and the rest goes on. JSON, not pickle: what comes
out of the box is as little trusted as what went in. Limits are set by the worker on itself before the
first import of a parser.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any, get_type_hints

from catalogue import errors
from catalogue.documents import read_document, render_document

ANSWER_LIMIT_BYTES = 64 * 1024 * 1024
# A worker that ended by one of these was ended by somebody, not by its file: the file may be read again.
OUTSIDE_ENDS = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT)
INTERRUPTED = "sandbox-interrupted"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one worker may use: address space for good, processor and wall-clock time for each call."""

    memory_bytes: int = 1024**3
    cpu_seconds: int = 30
    wall_seconds: float = 120.0


@dataclass(frozen=True)
class Answer:
    """What a call gave: `value`, or `error` (a ContentError of ours, or a SandboxFailure)."""

    args: tuple[Any, ...]
    value: Any = None
    error: errors.CatalogueError | None = None


class Box:
    """A few workers that start when first needed and end with the `with` block."""

    def __init__(self, workers: int, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._idle = [_Worker(self._limits) for _ in range(max(1, workers))]
        self._workers = tuple(self._idle)

    def __enter__(self) -> Box:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def call(self, function: Callable[..., Any], *args: Any) -> Any:
        """Make one call; raises what its Answer carries."""
        (answer,) = self.run(function, [args])
        if answer.error is not None:
            raise answer.error
        return answer.value

    def run(self, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> Iterator[Answer]:
        """Call a module-level function once for each tuple of JSON-able arguments; answers come as they are ready.

        The function's return annotation says how its answer is read back.
        """
        pending = iter(calls)
        idle, busy = list(self._workers), selectors.DefaultSelector()
        with busy:
            while True:
                while idle and (args := next(pending, None)) is not None:
                    worker = idle.pop()
                    worker.ask(function, args)
                    busy.register(worker.output, selectors.EVENT_READ, worker)
                if not busy.get_map():
                    return
                for worker, answer in self._wait(busy):
                    idle.append(worker)
                    yield answer

    def _wait(self, busy: selectors.BaseSelector) -> Iterator[tuple[_Worker, Answer]]:
        workers = [key.data for key in busy.get_map().values()]
        nearest = min(worker.deadline for worker in workers)
        for key, _ in busy.select(max(0.0, nearest - time.monotonic())):
            key.data.read()
        for worker in workers:
            output = worker.output
            answer = worker.answer()
            if answer is not None:
                busy.unregister(output)
                if answer.error is not None and isinstance(answer.error, errors.SandboxFailure):
                    worker.end()
                yield worker, answer


class _Worker:
    """The parent's side of one process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = bytearray()
        self._ended = False
        self._owes = False
        self._args: tuple[Any, ...] = ()
        self._kind: Any = None
        self.deadline = 0.0

    @property
    def output(self) -> IO[bytes]:
        assert self._process is not None and self._process.stdout is not None
        return self._process.stdout

    def ask(self, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        if self._owes:  # somebody went away before it answered; that answer must never pass for this one
            self.end()
        self._owes = True
        self._args, self._kind = args, get_type_hints(function)["return"]
        self._buffer.clear()
        self._ended = False
        self.deadline = time.monotonic() + self._limits.wall_seconds
        line = json.dumps({"function": f"{function.__module__}:{function.__qualname__}", "args": args})
        if self._process is None or self._process.poll() is not None:
            self._start()
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._ended = True

    def read(self) -> None:
        chunk = os.read(self.output.fileno(), 1 << 20)
        self._ended = not chunk
        self._buffer += chunk

    def answer(self) -> Answer | None:
        """What the call gave, or None while it still works."""
        answer = self._answer_so_far()
        self._owes = answer is None
        return answer

    def _answer_so_far(self) -> Answer | None:
        if self._buffer.endswith(b"\n"):
            return self._read_answer()
        if self._ended or len(self._buffer) > ANSWER_LIMIT_BYTES:
            return self._died()
        if time.monotonic() >= self.deadline:
            return self._failed(f"it took longer than {self._limits.wall_seconds:.0f} seconds")
        return None

    def end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what was still to be written concerns nobody any more
        self._process, self._owes = None, False

    def _start(self) -> None:
        self.end()
        limits = [str(self._limits.memory_bytes), str(self._limits.cpu_seconds)]
        self._process = subprocess.Popen(
            # -P: never import from the current folder, which may be the library
            [sys.executable, "-P", "-m", "catalogue.sandbox", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the parent, which ends its workers itself
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},
        )

    def _read_answer(self) -> Answer:
        document = json.loads(self._buffer)
        if "error" in document:
            return Answer(self._args, error=_error_of(document["error"]))
        if "failure" in document:
            return self._failed(document["failure"])
        try:
            return Answer(self._args, value=read_document(self._kind, json.dumps(document["value"])))
        except ValueError:  # pydantic's ValidationError is one: what comes out of the box is not trusted either
            return self._failed("what was read makes no sense")

    def _died(self) -> Answer:
        assert self._process is not None
        try:
            status = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:  # it only closed its output, or answered without end
            status = 0
        if status in OUTSIDE_ENDS:
            return self._failed("its reader was ended from outside", code=INTERRUPTED)
        return self._failed("it ended the reader, most likely for want of memory or processor time")

    def _failed(self, why: str, *, code: str = "sandbox") -> Answer:
        return Answer(self._args, error=errors.SandboxFailure(code, "It could not be read: {why}.", why=why))


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


# ── the worker's side ──────────────────────────────────────────────────────────────────────────────────────


def _document_of(error: errors.CatalogueError) -> dict[str, Any]:
    if isinstance(error, errors.ContentErrors):
        return {"several": [_document_of(part) for part in error.errors]}
    params = {name: str(value) for name, value in error.params.items()}
    return {
        "kind": type(error).__name__,
        "code": error.code,
        "template": error.template,
        "params": params,
        "path": getattr(error, "path", ""),
        "line": getattr(error, "line", None),
    }


def _answer(call: dict[str, Any]) -> bytes:
    try:
        module, _, name = call["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        value = function(*call["args"])
        return b'{"value":' + render_document(get_type_hints(function)["return"], value) + b"}"
    except (errors.ContentError, errors.ContentErrors) as error:
        return json.dumps({"error": _document_of(error)}).encode()
    except MemoryError:
        return b'{"failure":"it needs more memory than a file may have"}'
    except RecursionError:
        return b'{"failure":"it is nested too deeply"}'
    except Exception as error:  # any parser's any fault is that file's alone (mutagen leaks IndexError, struct.error …)
        return json.dumps({"failure": f"{type(error).__name__}: {str(error)[:200]}"}).encode()


def _limit(what: int, wanted: int) -> None:
    """Set a soft limit, within what the system allows at all."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def main(memory_bytes: int, cpu_seconds: int) -> None:
    """Answer calls until standard input ends."""
    _limit(resource.RLIMIT_AS, memory_bytes)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no answer
    for line in sys.stdin.buffer:
        spent = time.process_time()
        _limit(resource.RLIMIT_CPU, int(spent) + cpu_seconds + 1)
        answers.write(_answer(json.loads(line)) + b"\n")
        answers.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
