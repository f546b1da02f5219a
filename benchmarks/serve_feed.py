"""The feed under load: 304 beside a minimal Flask view on the same server, gzip beside nginx with the same file.

Ours is the whole site (`web.wsgi`), the peer one view that knows one body and its entity tag. Both have one process
where the server has processes, as wrk takes a core for itself, and are asked by 32 connections.
"""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.bench import PYTHON, ROOT, Bench
from benchmarks.episodes import LINKS, SHOW
from benchmarks.measure import Comparison, Side, compare, measure_command
from benchmarks.servers import COMMANDS, Served, find_missing, free_port, nginx, press, started
from benchmarks.table import Row, missing_row, row_of

EPISODES = 1000
SECONDS = 4
PATH = f"/{SHOW.slug}/feed.xml"
_PEER = """
import os
from flask import Flask, Response, request
BODY = open(os.environ["PEER_BODY"], "rb").read()
def create_application():
    app = Flask("peer")
    @app.get("/show/feed.xml")
    def feed():
        response = Response(BODY, content_type="application/rss+xml; charset=utf-8")
        response.headers["Content-Encoding"] = "gzip"
        response.set_etag("one")
        return response.make_conditional(request)
    return app
"""
OURS = ("castalogue serve", "granian", "gunicorn")


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A server, its name in the table, and the tag under which it serves the feed."""

    name: str
    served: Served
    tag: str

    def side(self, folder: Path, **asked: str) -> Side:
        """Ask for the feed with these headers as fast as it goes."""
        script = folder / f"{abs(hash((self.served.url, *asked.items())))}.lua"
        lines = [f'wrk.headers["{name.replace("_", "-")}"] = [[{value}]]\n' for name, value in asked.items()]
        script.write_text("".join(lines))
        return Side(name=self.name, run=lambda: press(self.served, PATH, script=script, seconds=SECONDS))


def rows(bench: Bench) -> Iterable[Row]:
    """304 on two servers, 200 in gzip on two."""
    lacking = find_missing()
    if lacking:
        yield missing_row("the feed under load", lacking)
        return
    count, data = bench.count(EPISODES), bench.folder / "data"
    measure_command([PYTHON, "-m", "benchmarks.feed_memory", "save", data, str(count)], folder=ROOT)
    (bench.folder / "peer.py").write_text(_PEER)
    with ExitStack() as running:
        ours = {name: running.enter_context(_ours(bench, name, data)) for name in OURS}
        packed = _ask(ours["granian"].served.url, Accept_Encoding="gzip")[2]
        (bench.folder / "show").mkdir()
        (bench.folder / PATH.lstrip("/")).write_bytes(packed)
        _check(ours.values(), packed, count)
        # What `castalogue serve` runs is waitress with a loop of its own.
        for own, name, most in (("castalogue serve", "waitress", 1 / 1.4), ("granian", "granian", 1 / 2)):
            peer = running.enter_context(_flask(bench, name))
            yield _row(bench, f"304 for the feed, a thousand, {own}", ours[own], peer, most, tags=True)
        static = running.enter_context(_static(bench))
        what = f"the feed of {count:,} episodes in gzip ({len(packed) / 1024**2:.1f} MiB), a thousand"
        yield _row(bench, f"{what}, on granian", ours["granian"], static, 1 / 0.7)
        for name in ("castalogue serve", "gunicorn"):
            beside = _row(bench, f"{what}, on {name}", ours[name], static, float("inf"))
            yield replace(beside, wanted="(that of one server)")


def _row(bench: Bench, name: str, ours: Pressed, peer: Pressed, most: float, *, tags: bool = False) -> Row:
    sides = [
        one.side(bench.folder, Accept_Encoding="gzip", **({"If_None_Match": one.tag} if tags else {}))
        for one in (ours, peer)
    ]
    comparison = Comparison(name=name, ours=sides[0], peer=sides[1], measure="wall", most=most)
    return row_of(compare(comparison, pairs=bench.pairs))


@contextmanager
def _ours(bench: Bench, server: str, data: Path) -> Iterator[Pressed]:
    port = free_port()
    env = {
        "PYTHONPATH": str(ROOT),
        "CASTALOGUE_CONFIG": "",
        "CASTALOGUE_LIBRARY": str(data / "library"),
        "CASTALOGUE_DATA": str(data),
        "CASTALOGUE_BASE_URL": LINKS.base_url,
    }
    command = COMMANDS[server](bench.peers, "web.wsgi:create_application", port)
    with started(command, port=port, folder=bench.folder / f"ours-{server}", env=env) as served:
        _, tag, _ = _ask(served.url, Accept_Encoding="gzip")
        yield Pressed(name="Castalogue", served=served, tag=tag)


@contextmanager
def _flask(bench: Bench, server: str) -> Iterator[Pressed]:
    port = free_port()
    env = {"PYTHONPATH": str(bench.folder), "PEER_BODY": str(bench.folder / PATH.lstrip("/"))}
    command = COMMANDS[server](bench.peers, "peer:create_application", port)
    with started(command, port=port, folder=bench.folder / f"peer-{server}", env=env) as served:
        if _ask(served.url, If_None_Match='"one"')[0] != 304:
            raise RuntimeError("the peer does not answer 304")
        yield Pressed(name=f"a minimal Flask view on {server}", served=served, tag='"one"')


@contextmanager
def _static(bench: Bench) -> Iterator[Pressed]:
    port = free_port()
    servers = (
        f"server {{ listen 127.0.0.1:{port}; root {bench.folder}; "
        "default_type application/rss+xml; add_header Content-Encoding gzip; }"
    )
    with nginx(servers, port=port, folder=bench.folder / "nginx") as served:
        yield Pressed(name="nginx, the same file", served=served, tag="")


def _check(ours: Iterable[Pressed], packed: bytes, count: int) -> None:
    """Every server must give the same feed, and 304 for its tag."""
    if gzip.decompress(packed).count(b"<item>") != count:
        raise RuntimeError("the feed is not the feed")
    for one in ours:
        if _ask(one.served.url, Accept_Encoding="gzip") != (200, one.tag, packed):
            raise RuntimeError(f"{one.served.url} does not give the same feed")
        if _ask(one.served.url, Accept_Encoding="gzip", If_None_Match=one.tag)[0] != 304:
            raise RuntimeError(f"{one.served.url} does not answer 304")


def _ask(url: str, **headers: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request("GET", PATH, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.getheader("ETag", ""), response.read()
    finally:
        connection.close()
