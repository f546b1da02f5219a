"""Parts of 1 MiB of a 50 MB file: `castalogue serve` beside Flask's send_file, and behind nginx beside nginx alone."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from math import isinf
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.bench import CASTALOGUE, PYTHON, ROOT, Bench
from benchmarks.episodes import LINKS
from benchmarks.generate import write_long_mp3
from benchmarks.measure import Comparison, Side, compare
from benchmarks.servers import COMMANDS, Served, find_missing, free_port, nginx, press, started
from benchmarks.table import Row, missing_row, row_of

NAME = "1 MiB ranges of a 50 MB file, a thousand"
FILE_BYTES, PART_BYTES = 50 * 1024 * 1024, 1024 * 1024
SECONDS = 4
CONFIGURATION = ROOT / "deploy" / "nginx.conf"
PREFIX = "/_castalogue"
_SEND_FILE = """
import sys
from flask import Flask, send_file
from waitress import serve
app = Flask("peer")
app.add_url_rule("/audio.mp3", view_func=lambda: send_file(sys.argv[1], conditional=True), endpoint="audio")
serve(app, host="127.0.0.1", port=int(sys.argv[2]), threads=8)
"""
_LUA = """
local place = 0
request = function()
  place = (place + 7919) % {parts}
  wrk.headers["Range"] = string.format("bytes=%d-%d", place * {part}, place * {part} + {part} - 1)
  return wrk.format("GET", nil)
end
"""


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A server, the path of the file on it, and its name in the table."""

    name: str
    served: Served
    path: str

    def check(self, body: bytes) -> None:
        """Raise RuntimeError unless it gives a part as it is."""
        answer = _ask(self.served.url, self.path, Range="bytes=1000-200000")
        if answer != (206, body[1000:200_001]):
            raise RuntimeError(f"{self.name} does not give a part of the file as it is: {answer[0]}")


def rows(bench: Bench) -> Iterable[Row]:
    """Processor time and answers a second of each pair, all servers running and all but one idle."""
    lacking = find_missing()
    if lacking:
        yield missing_row(NAME, lacking)
        return
    audio = bench.folder / "library" / "long" / "audio.mp3"
    audio.parent.mkdir(parents=True)
    (bench.folder / "library" / "show.toml").write_text('title = "Long"\nlanguage = "en"\n')
    write_long_mp3(audio, size_bytes=max(bench.count(FILE_BYTES), 2 * PART_BYTES))
    script = bench.folder / "ask.lua"
    script.write_text(_LUA.format(parts=audio.stat().st_size // PART_BYTES, part=PART_BYTES))
    with ExitStack() as running:
        own = running.enter_context(_own(bench, audio))
        peer = running.enter_context(_send_file(bench, audio))
        static = running.enter_context(_static(bench, audio))
        behind = running.enter_context(_own(bench, audio, name="behind", prefix=PREFIX))
        granian = running.enter_context(_granian(bench, audio))
        fronts = [running.enter_context(_front(bench, one)) for one in (granian, behind)]
        for one in (own, peer, static, *fronts):
            one.check(audio.read_bytes())
        for ours, other, measure, most in (
            (own, peer, "cpu", 1 / 5),
            (own, peer, "wall", 1 / 5),
            (fronts[0], static, "wall", 1 / 0.9),
            (fronts[1], static, "wall", float("inf")),
        ):
            comparison = Comparison(
                name=f"{NAME}: {ours.name}",
                ours=_side(ours, script),
                peer=_side(other, script),
                measure=measure,
                most=most,
            )
            row = row_of(compare(comparison, pairs=bench.pairs))
            yield replace(row, wanted="(that of one server)") if isinf(most) else row


def _side(pressed: Pressed, script: Path) -> Side:
    return Side(name=pressed.name, run=lambda: press(pressed.served, pressed.path, script=script, seconds=SECONDS))


@contextmanager
def _own(bench: Bench, audio: Path, *, name: str = "serve", prefix: str = "") -> Iterator[Pressed]:
    port, data = free_port(), bench.folder / name
    command = [CASTALOGUE, "serve", "--library", audio.parents[1], "--data", data, "--port", str(port), "--no-watch"]
    env = {"CASTALOGUE_X_ACCEL_REDIRECT": prefix, "CASTALOGUE_CONFIG": ""}
    with started(command, port=port, folder=data, env=env) as served:
        _ask(served.url, "/readyz")  # the port is taken before the first index
        yield Pressed(name="castalogue serve", served=served, path=_media_path(audio))


@contextmanager
def _send_file(bench: Bench, audio: Path) -> Iterator[Pressed]:
    port = free_port()
    with started([PYTHON, "-c", _SEND_FILE, audio, str(port)], port=port, folder=bench.folder / "send_file") as served:
        yield Pressed(name="Flask send_file on waitress", served=served, path="/audio.mp3")


@contextmanager
def _static(bench: Bench, audio: Path) -> Iterator[Pressed]:
    port = free_port()
    servers = f"server {{ listen 127.0.0.1:{port}; root {audio.parent}; }}"
    with nginx(servers, port=port, folder=bench.folder / "static") as served:
        yield Pressed(name="nginx, static", served=served, path="/audio.mp3")


@contextmanager
def _granian(bench: Bench, audio: Path) -> Iterator[Pressed]:
    """Ours on granian, over what `castalogue serve` has indexed."""
    port = free_port()
    env = {
        "CASTALOGUE_X_ACCEL_REDIRECT": PREFIX,
        "CASTALOGUE_CONFIG": "",
        "CASTALOGUE_LIBRARY": str(audio.parents[1]),
        "CASTALOGUE_DATA": str(bench.folder / "behind"),
        "CASTALOGUE_BASE_URL": LINKS.base_url,
        "PYTHONPATH": str(ROOT),
    }
    command = COMMANDS["granian"](bench.peers, "web.wsgi:create_application", port)
    with started(command, port=port, folder=bench.folder / "granian", env=env) as served:
        _ask(served.url, "/readyz")
        yield Pressed(name="granian", served=served, path=_media_path(audio))


@contextmanager
def _front(bench: Bench, behind: Pressed) -> Iterator[Pressed]:
    """Ours behind nginx, with the configuration that is delivered."""
    port, folder = free_port(), bench.folder / f"front-{urlsplit(behind.served.url).port}"
    text = CONFIGURATION.read_text("utf-8")
    for stated, here in (
        ("server 127.0.0.1:8000;", f"server {urlsplit(behind.served.url).netloc};"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/srv/podcast/", f"{bench.folder.resolve()}/library/"),
    ):
        text = text.replace(stated, here)
    with nginx(text, port=port, folder=folder) as served:
        both = Served(url=served.url, pids=(*served.pids, *behind.served.pids))
        yield Pressed(name=f"{behind.name} behind nginx, X-Accel-Redirect", served=both, path=behind.path)


def _ask(url: str, path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _media_path(audio: Path) -> str:
    """The address of the one episode's audio, as the ledger has it once the server indexed."""
    lines = (audio.parents[1] / "ledger.jsonl").read_text("utf-8").splitlines()
    episode = next(line for line in map(json.loads, lines) if line.get("path") == "long")
    return f"/media/{episode['media']['audio.mp3']['sha256']}/{episode['slug']}.mp3"
