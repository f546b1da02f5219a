"""A started `castalogue serve`, and what an app or a browser asks it over real sockets."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from born import Born

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "episodes"
SHOW = "breast-cancer-conversations"
STARTED = "Ctrl-C ends it."
START_SECONDS = 60.0
Process = subprocess.Popen[bytes] | Born
# Pictures that a server made in this process, by name: that is a hash, so that each is another library's nowhere.
_PICTURES: dict[str, bytes] = {}


def environment(home: Path, **more: str) -> dict[str, str]:
    """An operator's environment with a home of its own, and files that need not lie still."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASTALOGUE_", "XDG_"))}
    kept.pop("DATABASE_URL", None)
    own = {"HOME": home, "XDG_DATA_HOME": home / "data", "XDG_CONFIG_HOME": home / "config", "PYTHONPATH": ROOT}
    return {
        **kept,
        **{k: str(v) for k, v in own.items()},
        "CASTALOGUE_SETTLE_SECONDS": "0",
        "CASTALOGUE_WORKERS": "1",
        **more,
    }


def castalogue(home: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end, somewhere else than in the checkout."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = started(home, *arguments, stdout=output, stderr=errors, **more)
        try:
            status = process.wait(60)
        finally:
            process.kill()
            process.wait()
        said = [(file.seek(0), file.read())[1] for file in (output, errors)]
    return subprocess.CompletedProcess(arguments, status, *said)


def started(home: Path, *arguments: object, stdout: IO[bytes], stderr: IO[bytes], **more: str) -> Process:
    """Start a command: forked from what has imported it, unless `more` holds what Python reads as it starts."""
    words, env = [str(word) for word in arguments], environment(home, **more)
    if all(name == "DATABASE_URL" or name.startswith("CASTALOGUE_") for name in more):
        return Born(words, cwd=home, environment=env, stdout=stdout, stderr=stderr)
    command = [sys.executable, "-m", "catalogue.cli", *words]
    return subprocess.Popen(command, cwd=home, env=env, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr)


@dataclass(frozen=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def ask(url: str, *, method: str = "GET", **headers: str) -> Answer:
    """Ask without following redirects; `If_None_Match="x"` sends If-None-Match."""
    with _connection(url) as connection:
        connection.request(method, _target(url), headers=_named(headers))
        response = connection.getresponse()
        return Answer(response.status, _headers(response), response.read())


def ask_and_hang_up(url: str, after_bytes: int) -> Answer:
    """Begin a download and cut the line."""
    with _connection(url) as connection:
        connection.request("GET", _target(url))
        response = connection.getresponse()
        return Answer(response.status, _headers(response), response.read(after_bytes))


def wait_until(ready: Callable[[], Any], *, seconds: float, every: float = 0.1) -> Any:
    """Ask again and again; gives the first answer that is true, fails after `seconds`."""
    until = time.monotonic() + seconds
    while not (answer := ready()):
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(every)
    return answer


@dataclass
class Served:
    """A running `castalogue serve`; its messages go to a file."""

    home: Path
    library: Path
    process: Process = field(repr=False)
    url: str = ""

    @property
    def messages(self) -> str:
        return (self.home / "messages.txt").read_text(encoding="utf-8")

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        return ask(self.url + path, method=method, **headers)

    def feed(self, show: str = SHOW) -> bytes:
        answer = self.ask(f"/{show}/feed.xml")
        assert answer.status == 200, answer
        return answer.body

    def end(self, number: int = signal.SIGTERM) -> float:
        """Ask it to end; gives the seconds that took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=20)
        return time.monotonic() - began


@contextmanager
def serving(home: Path, library: Path, *arguments: object, port: int = 0, **more: str) -> Iterator[Served]:
    """Serve a library until the block ends; then it must end cleanly, without a traceback."""
    home.mkdir(parents=True, exist_ok=True)
    _lend_pictures(home / "index" / "derived")
    words = ["serve", "--library", library, "--data", home / "index", "--host", "127.0.0.1", "--port", port, *arguments]
    with (home / "messages.txt").open("wb") as messages:
        process = started(home, *words, stdout=messages, stderr=messages, **more)
    served = Served(home, library, process)
    try:
        wait_until(lambda: STARTED in served.messages or process.poll() is not None, seconds=START_SECONDS)
        assert process.poll() is None, served.messages
        served.url = f"http://127.0.0.1:{port}" if port else _told_address(served.messages)
        yield served
        if process.poll() is None:
            served.end()
        _keep_pictures(home / "index" / "derived")
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, served.messages
    assert "Traceback" not in served.messages, served.messages


def _lend_pictures(derived: Path) -> None:
    """Spare a server what an earlier one has shown that it can: making the sample's takes most of a second."""
    derived.mkdir(parents=True, exist_ok=True)
    for name, content in _PICTURES.items():
        if not (derived / name).exists():
            (derived / name).write_bytes(content)


def _keep_pictures(derived: Path) -> None:
    for made in derived.glob("[!.]*.jpg"):
        _PICTURES.setdefault(made.name, made.read_bytes())


def copy_sample(to: Path, source: Path = SAMPLE) -> Path:
    """Copy the sample library, or a copy of it."""
    return Path(shutil.copytree(source, to))


def free_port() -> int:
    """A port nobody listens on, for a server whose messages name another address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ledger(library: Path) -> dict[str, dict[str, Any]]:
    """The ledger's lines by folder; the show's under the empty path."""
    lines = (library / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    return {line.get("path", ""): line for line in map(json.loads, lines)}


def media_paths(line: Mapping[str, Any]) -> list[str]:
    """Every media address that an episode of this ledger line has."""
    return [
        f"/media/{media['sha256']}/{name}"
        for role, media in line["media"].items()
        for name in _names(line["slug"], role)
    ]


def _names(slug: str, role: str) -> list[str]:
    if role == "artwork":
        return [f"{slug}.cover1.jpg", f"{slug}.thumb1.jpg"]
    return [f"{slug}.{role.removeprefix('audio.').removeprefix('transcript.')}"]


def _told_address(messages: str) -> str:
    line = next(line for line in messages.splitlines() if line.startswith("  Site "))
    return line.split()[1].rstrip("/")


@contextmanager
def _connection(url: str) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    try:
        yield connection
    finally:
        connection.close()


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _headers(response: http.client.HTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.getheaders()}


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
