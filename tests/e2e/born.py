"""The command as processes that are forked from one that has everything imported; they cost a tenth of a start."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO

CRADLE = Path(__file__).with_name("cradle.py")
ROOT = Path(__file__).parents[2]


class Born:
    """What `subprocess.Popen` is, for a process whose parent is another's; ends in `wait`, or is killed."""

    def __init__(
        self, words: list[str], *, cwd: Path, environment: Mapping[str, str], stdout: IO[bytes], stderr: IO[bytes]
    ) -> None:
        self.returncode: int | None = None
        order = json.dumps({"words": words, "cwd": str(cwd), "environment": dict(environment)}).encode()
        self._answers, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(_orders(), [order], [theirs.fileno(), stdout.fileno(), stderr.fileno()])
        self._lines = self._answers.makefile("r")
        self.pid = int(self._lines.readline())

    def poll(self) -> int | None:
        """The exit status (-9: killed), None while it runs."""
        return self._status(0)

    def wait(self, timeout: float | None = None) -> int:
        status = self._status(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("castalogue", timeout or 0)
        return status

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _status(self, seconds: float | None) -> int | None:
        if self.returncode is None and select.select([self._answers], [], [], seconds)[0]:
            self.returncode = int(self._lines.readline())
            self._lines.close()
            self._answers.close()
        return self.returncode


@cache
def _orders() -> socket.socket:
    """The way to the one cradle of this process, which ends with us."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1024 * 1024)
    with theirs:
        command = [sys.executable, "-P", str(CRADLE), str(theirs.fileno())]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASTALOGUE_", "XDG_"))}
        process = subprocess.Popen(command, env={**kept, "PYTHONPATH": str(ROOT)}, pass_fds=[theirs.fileno()])

    def end() -> None:
        ours.close()
        process.wait(20)

    atexit.register(end)
    return ours
