"""A real nginx for a test: started with a configuration, asked over bare sockets, ended by its own id."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin"
# What any nginx of ours needs around a `server` block, so that it writes nowhere else and needs no rights.
MAIN = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off; types {{ audio/mpeg mp3; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  {servers}
}}
"""


@dataclass(frozen=True)
class RawAnswer:
    """What came back over a socket; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nginx(folder: Path, servers: str, *, port: int) -> Iterator[None]:
    """Run nginx with these `server` blocks until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, servers=servers))
    program = shutil.which("nginx", path=SBIN)
    command = [str(program), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with listening(command, folder / "error.log", port=port):
        yield


@contextmanager
def listening(command: list[str], said: Path, *, port: int, env: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run a server until the block ends, which begins when it listens; what it says goes to a file."""
    with said.open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=env)
        try:
            until = time.monotonic() + 10
            while not answers(port):
                assert process.poll() is None, said.read_text()
                assert time.monotonic() < until, "It never listened."
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(timeout=10)


def ask_raw(port: int, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> RawAnswer:
    """Ask in HTTP/1.1 over a socket of its own; nothing is added, decoded or followed."""
    lines = [f"{method} {path} HTTP/1.1", "Host: pods.example", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        with connection.makefile("rb") as answer:
            head, _, body = answer.read().partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    named = (line.partition(": ") for line in rest)
    return RawAnswer(int(first.split()[1]), {name.lower(): value for name, _, value in named}, body)


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0
