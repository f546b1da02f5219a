"""Who holds a lease: a run, its process, its machine; and whether that process is still there.

A process is known by its number and its start, as numbers come round again. Two containers may have one host name
but not one another's processes, so a machine is its host name, its boot and its space of process numbers.
"""

from __future__ import annotations

import hashlib
import os
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# proc_pid_stat(5): the state is the first field after the name in brackets, the start (in clock ticks) the 20th.
STATE, START = 0, 19
_ended: set[str] = set()
DEAD_STATES = "ZX"


@dataclass(frozen=True, kw_only=True)
class Owner:
    """One run in one process; `started` is "" where the system does not say when a process started."""

    pid: int
    host: str
    machine: str
    started: str
    run: str

    def __str__(self) -> str:
        return f"{self.pid}@{self.host}"

    @property
    def text(self) -> str:
        """One line without doubt, for the database; `read_owner` reads it."""
        return f"{self.pid} {self.host} {self.machine} {self.started or '-'} {self.run}"


def this_run() -> Owner:
    """A new owner for a run of this process."""
    pid = os.getpid()
    return Owner(
        pid=pid,
        host=_host(),
        machine=_machine(),
        started=process_start(pid) or "",
        run=uuid.uuid4().hex[:16],
    )


def read_owner(text: str) -> Owner | None:
    """Read `Owner.text`; None where it is another version's."""
    fields = text.split(" ")
    if len(fields) != 5 or not fields[0].isdecimal():
        return None
    pid, host, machine, started, run = fields
    return Owner(pid=int(pid), host=host, machine=machine, started="" if started == "-" else started, run=run)


def note_ended(owner: Owner) -> None:
    """Remember that a run of this process ended, where the database could not be told."""
    _ended.add(owner.run)


def is_gone(owner: Owner, *, start_of: Callable[[int], str | None] | None = None) -> bool:
    """Whether an owner's run or process has certainly ended; of another machine's nothing is certain."""
    if owner.run in _ended:
        return True
    if owner.machine != _machine():
        return False
    started = (start_of or process_start)(owner.pid)
    return started is None or started != owner.started


def process_start(pid: int) -> str | None:
    """When a process of this machine started, in the system's own terms; "" where it does not say, None: it ended."""
    try:
        _, _, said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")
    except OSError:
        return "" if not Path("/proc/self/stat").exists() and _answers(pid) else None
    fields = said.split()
    return None if fields[STATE] in DEAD_STATES else fields[START]


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, but there
        return True
    return True


def _host() -> str:
    return "".join(socket.gethostname().split())[:100] or "localhost"


@cache
def _machine() -> str:
    parts = (socket.gethostname(), _said("/proc/sys/kernel/random/boot_id"), _link("/proc/self/ns/pid"))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _said(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError:  # not Linux
        return ""


def _link(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115  (no file has this name: it is the number of a space)
    except OSError:
        return ""
