"""Servers under wrk: started on a port of their own, pressed for some seconds, ended by their own id."""

from __future__ import annotations

import grp
import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench import PYTHON
from benchmarks.measure import Cost, tree_bytes

SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin"
START_SECONDS = 120.0
CONNECTIONS = 32
# Costs are told for so many answers, as no two runs give the same number.
ANSWERS = 1000
TICKS = os.sysconf("SC_CLK_TCK")
# nginx as in its package, but for the folders it may write to.
_NGINX = """
user {user} {group}; daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; types {{ audio/mpeg mp3; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  {servers}
}}
"""

_SERVE = """
import importlib, sys
from web.server import serve
serve(importlib.import_module(sys.argv[1]).create_application(), "127.0.0.1", int(sys.argv[2]), 8)
"""
# Server → its command for a factory `module:create_application` on a port.
COMMANDS = {
    "castalogue serve": lambda _, app, port: [PYTHON, "-c", _SERVE, app.partition(":")[0], str(port)],
    "waitress": lambda _, app, port: [
        PYTHON.parent / "waitress-serve", "--threads=8", f"--listen=127.0.0.1:{port}", "--call", app
    ],
    "granian": lambda peers, app, port: [
        peers / "granian", "--interface=wsgi", "--workers=1", "--blocking-threads=1", f"--port={port}", "--no-ws",
        "--factory", app,
    ],
    "gunicorn": lambda peers, app, port: [
        peers / "gunicorn", "--workers=1", "--threads=4", f"--bind=127.0.0.1:{port}", f"{app}()"
    ],
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running server: the processes whose trees answer, and where."""

    url: str
    pids: tuple[int, ...]


def find_missing() -> str:
    """What this machine lacks to press servers, in words; empty where nothing."""
    lacking = [name for name in ("nginx", "wrk") if shutil.which(name, path=SBIN) is None]
    return f"{' and '.join(lacking)} not installed (apt install {' '.join(lacking)})" if lacking else ""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(
    command: Sequence[str | Path], *, port: int, folder: Path, env: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Run a server until the block ends; raises RuntimeError where it does not listen in time."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(
            [str(word) for word in command], stdout=said, stderr=said, env={**os.environ, **(env or {})}
        )
    try:
        until = time.monotonic() + START_SECONDS
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{command[0]} does not serve: {(folder / 'said.txt').read_text()[-2000:]}")
            time.sleep(0.1)
        yield Served(url=f"http://127.0.0.1:{port}", pids=(process.pid,))
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def nginx(servers: str, *, port: int, folder: Path) -> Iterator[Served]:
    """Run nginx with these `server` blocks."""
    folder.mkdir(parents=True, exist_ok=True)
    # Started by root it would give its rights away, and with them the right to read a temporary folder.
    user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    (folder / "nginx.conf").write_text(_NGINX.format(user=user, group=group, folder=folder, servers=servers))
    program = shutil.which("nginx", path=SBIN) or "nginx"
    command = [program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    with started(command, port=port, folder=folder) as served:
        yield served


def press(served: Served, path: str, *, script: Path, seconds: int) -> Cost:
    """Let 32 connections ask as fast as they can; gives the cost of a thousand answers.

    Raises RuntimeError where an answer was neither 2xx nor 3xx, or a connection failed.
    """
    before = sum(map(_tree_seconds, served.pids))
    how = ("-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "60s")
    command = ["wrk", *how, "-s", str(script), served.url + path]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = sum(map(_tree_seconds, served.pids)) - before
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    answers = int(_number(told, r"(\d+) requests in"))
    return Cost(
        cpu_seconds=used / answers * ANSWERS,
        wall_seconds=ANSWERS / _number(told, r"Requests/sec: +([0-9.]+)"),
        peak_bytes=sum(map(tree_bytes, served.pids)),
    )


def _number(told: str, pattern: str) -> float:
    match = re.search(pattern, told)
    if match is None:
        raise RuntimeError(f"wrk did not say {pattern}: {told}")
    return float(match[1])


def _listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def _tree_seconds(pid: int) -> float:
    """Processor time of a process and all below it that live."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(_tree_seconds(int(child)) for child in children)
