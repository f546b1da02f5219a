"""The parent's side of one worker: a process, the calls it has before it, and what it has said so far."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.sandbox.answers import EXHAUSTED, INTERRUPTED, Answer, failed, kind_of, read_answer
from catalogue.sandbox.limits import Limits, size_of_call

ANSWER_LIMIT_BYTES = 64 * 1024 * 1024
# Small calls wait in the worker's own input, so that it never waits for us: a few, and never so many bytes that
# both sides could wait for the other to read (a pipe holds 64 KiB).
_MOST_CALLS, _MOST_LINE_BYTES, _MOST_FILE_BYTES = 8, 16 * 1024, 4 * 1024**2
_INSIDE = Path(__file__).with_name("inside.py")
# All that a worker gets of the environment: what Python needs to start, the language, measuring tools.
_ENVIRONMENT = ("PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_", "PYTHON", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "COV")
# What it gets besides: little memory for threads, and no plug-ins of other packages, which would be looked for first.
_OWN = {"MALLOC_ARENA_MAX": "2", "PYDANTIC_DISABLE_PLUGINS": "__all__"}
# A worker that ended by one of these was ended by somebody, not by its file: the file may be read again.
_OUTSIDE_ENDS = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT)
_OWN_ENDS = {
    -signal.SIGXCPU: "it took more than {cpu} seconds of processor time",
    -signal.SIGALRM: "it took longer than {wall:.0f} seconds",
}


@dataclass(frozen=True)
class Call:
    """A call as a line for the worker, without what its limits are; `size_bytes` is that of its file."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    size_bytes: int


def call_of(function: Callable[..., Any], args: tuple[Any, ...]) -> Call:
    """Make a call of a function and its arguments."""
    return Call(function, args, size_of_call(args))


class Worker:
    """A process that starts with its first call, and anew after one that ended it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._calls: deque[tuple[Call, bytes]] = deque()
        self._file_bytes = self._line_bytes = 0
        self._unsent = bytearray()
        self._said = bytearray()
        self._ended = False
        self.deadline = 0.0

    @property
    def owes(self) -> int:
        """How many calls it has not answered."""
        return len(self._calls)

    @property
    def is_running(self) -> bool:
        """Whether it was started, and has not been ended since."""
        return self._process is not None

    def has_room(self, call: Call) -> bool:
        """Whether it may be asked now: always when idle, and ahead of time for small files."""
        if not self._calls:
            return True
        has_place = len(self._calls) < _MOST_CALLS and self._line_bytes <= _MOST_LINE_BYTES
        return has_place and self._file_bytes + call.size_bytes <= _MOST_FILE_BYTES

    def ask(self, call: Call) -> None:
        """Put a call to those that wait; `send` hands them over, several at once."""
        line = self._line(call)
        if not self._calls:
            if self._process is None or self._process.poll() is not None:
                self._start()
            self.deadline = time.monotonic() + self._limits.wall_for(call.size_bytes)
        self._calls.append((call, line))
        self._file_bytes += call.size_bytes
        self._line_bytes += len(line)
        self._unsent += line

    def send(self) -> None:
        """Hand over what was asked since; where an earlier call ended the worker, `answers` sees to what it owes."""
        if self._unsent:
            self._write(bytes(self._unsent))
            self._unsent.clear()

    def fileno(self) -> int:
        assert self._process is not None and self._process.stdout is not None
        return self._process.stdout.fileno()

    def read(self) -> None:
        """Take what it has said; call it only where there is something, or the end."""
        chunk = os.read(self.fileno(), 1 << 16)
        self._ended = not chunk
        self._said += chunk

    def answers(self) -> Iterator[Answer]:
        """What is settled by now; a worker that failed is ended, and what else it had before it is asked again."""
        while self._calls and (end := self._said.find(b"\n")) >= 0:
            call = self._calls[0][0]
            answer = read_answer(bytes(self._said[:end]), kind_of(call.function), call.args)
            del self._said[: end + 1]
            self._settle()
            if answer.error is not None and answer.error.code == EXHAUSTED:
                self._begin_anew()
            yield answer
        failure = self._failure()
        if failure is not None:
            self._settle()
            self._begin_anew()
            yield failure

    def end(self) -> None:
        """End the process; calls that it has not answered are forgotten."""
        self._calls.clear()
        self._file_bytes = self._line_bytes = 0
        self._end_process()

    def _settle(self) -> None:
        call, line = self._calls.popleft()
        self._file_bytes -= call.size_bytes
        self._line_bytes -= len(line)
        if self._calls:
            self.deadline = time.monotonic() + self._limits.wall_for(self._calls[0][0].size_bytes)

    def _failure(self) -> Answer | None:
        """The answer for the first call, where none will come from the worker."""
        if not self._calls:
            return None
        call = self._calls[0][0]
        if self._ended or len(self._said) > ANSWER_LIMIT_BYTES:
            return self._died(call)
        if time.monotonic() >= self.deadline:
            wall = self._limits.wall_for(call.size_bytes)
            return failed(call.args, f"it took longer than {wall:.0f} seconds")
        return None

    def _died(self, call: Call) -> Answer:
        assert self._process is not None
        try:
            status = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:  # it only closed its output, or answers without end
            status = 0
        if status in _OUTSIDE_ENDS:
            return failed(call.args, "its reader was ended from outside", code=INTERRUPTED)
        why = _OWN_ENDS.get(status, "it ended the reader, most likely for want of memory or by a fault of a parser")
        cpu, wall = self._limits.cpu_for(call.size_bytes), self._limits.wall_for(call.size_bytes)
        return failed(call.args, why.format(cpu=cpu, wall=wall))

    def _begin_anew(self) -> None:
        self._end_process()
        if self._calls:
            self._start()
            self._write(b"".join(line for _, line in self._calls))

    def _line(self, call: Call) -> bytes:
        function = f"{call.function.__module__}:{call.function.__qualname__}"
        limits = self._limits.cpu_for(call.size_bytes), self._limits.wall_for(call.size_bytes)
        return json.dumps([function, call.args, *limits]).encode() + b"\n"

    def _write(self, line: bytes) -> None:
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except BrokenPipeError:
            self._ended = True  # its end shows when it is next looked at

    def _start(self) -> None:
        self._end_process()
        limits = [str(self._limits.memory_bytes), str(self._limits.written_bytes)]
        self._process = subprocess.Popen(
            # -P: never import from the current folder, which may be the library
            [sys.executable, "-P", str(_INSIDE), *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the parent, which ends its workers itself
            env={**_environment(), **_OWN},
        )

    def _end_process(self) -> None:
        self._said.clear()
        self._unsent.clear()
        self._ended = False
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
        self._process = None


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith(_ENVIRONMENT)}
