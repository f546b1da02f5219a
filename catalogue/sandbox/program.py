"""Run another program on hostile bytes: with limits, behind everything else, and ended with whoever asked for it."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalogue.errors import SandboxFailure

_STARTING = Path(__file__).with_name("starting.py")
# What it says last is what counts; a file may make it complain without end.
SAID_BYTES = 64 * 1024
LOOK_EVERY_SECONDS = 0.25
_TOO_LONG = "It could not be read: it took longer than {seconds:.0f} seconds."
_TOO_MUCH = "It could not be read: it took more than {seconds} seconds of processor time."


@dataclass(frozen=True, kw_only=True)
class ProgramLimits:
    """What a program may use: address space, processor time, time by the clock."""

    memory_bytes: int = 1024**3
    cpu_seconds: int
    wall_seconds: float


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a program ended: its exit code (below 0: the signal that ended it), and what it said last."""

    code: int
    said: str


def run_program(
    words: Sequence[str],
    *,
    limits: ProgramLimits,
    on_output: Callable[[bytes], None],
    is_over: Callable[[], bool] = lambda: False,
) -> Ended:
    """Run a program by its full path; `on_output` gets its standard output as it comes.

    It is ended where `is_over`, or where `on_output` raises. Raises SandboxFailure where it takes too long.
    """
    command = [sys.executable, "-I", "-S", str(_STARTING), str(limits.memory_bytes), str(limits.cpu_seconds), *words]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/"
    ) as process:
        try:
            said = _read(process, limits, on_output=on_output, is_over=is_over)
        finally:
            process.kill()
    if process.returncode == -signal.SIGXCPU:
        raise SandboxFailure("program-cpu", _TOO_MUCH, seconds=limits.cpu_seconds)
    return Ended(code=process.returncode, said=said.decode("utf-8", "replace"))


def _read(
    process: subprocess.Popen[bytes],
    limits: ProgramLimits,
    *,
    on_output: Callable[[bytes], None],
    is_over: Callable[[], bool],
) -> bytes:
    """What it said last; returns when it ended, or should."""
    assert process.stdout is not None and process.stderr is not None
    output, until, said = process.stdout.fileno(), time.monotonic() + limits.wall_seconds, b""
    with selectors.DefaultSelector() as selector:
        for pipe in (output, process.stderr.fileno()):
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map() and not is_over():
            if time.monotonic() > until:
                raise SandboxFailure("program-time", _TOO_LONG, seconds=limits.wall_seconds)
            for key, _ in selector.select(LOOK_EVERY_SECONDS):
                chunk = os.read(key.fd, 1 << 16)
                if not chunk:
                    selector.unregister(key.fd)
                elif key.fd == output:
                    on_output(chunk)
                else:
                    said = (said + chunk)[-SAID_BYTES:]
        if not selector.get_map():
            process.wait(max(0.0, until - time.monotonic()))
    return said
