"""The same requests to us and to a real nginx: the same answers, but for the differences in the table below."""

import itertools
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from builders import make_show
from fake_publication import FakeMedia, FakePublication
from nginx import ask_raw, free_port, nginx
from werkzeug.http import http_date

from catalogue.domain.links import Links
from web.app import create_app
from web.server import Server

pytestmark = pytest.mark.nginx

SIZE, SHA256 = 10_240, "a" * 64
BODY = bytes(number * 7 % 251 for number in range(SIZE))
MODIFIED = datetime(2021, 10, 5, 12, tzinfo=UTC)
BEFORE, SAME, AFTER = (http_date(MODIFIED + timedelta(hours=hours)) for hours in (-1, 0, 1))
SERVER = "server {{ listen 127.0.0.1:{port}; root {root}; default_type audio/mpeg; }}"

METHODS = ("GET", "HEAD")
RANGES = (
    "bytes=0-9 bytes=100- bytes=-500 bytes=-99999 bytes=10239-10239 bytes=5-99999 bytes=10240- bytes=-0 "
    "bytes=0-9,20-29 bytes=20-29,0-9 bytes=0-9,10-19 bytes=0-0,-1 bytes=0-0,2-2,4-4,6-6 bytes=0-9,99999- bytes=-0,0-9 "
    "bytes=99999-,88888- bytes=0-0,2-2,4-4,6-6,8-8 bytes=0-9,5-14 bytes=0-,0- bytes=0-,-5 abc 0-9 items=0-9 bytes= "
    "bytes=- bytes=9-5 bytes=0-9,9-5 bytes=0-9,x bytes=0-9,,20-29 bytes=--5 bytes=99999999999999999999999-"
).split(" ")
CONDITIONS = (
    {},
    {"If-Range": "{etag}"},
    {"If-Range": "W/{etag}"},
    {"If-Range": '"other"'},
    {"If-Range": BEFORE},
    {"If-Range": SAME},
    {"If-Range": AFTER},
    {"If-Range": "nonsense"},
    {"If-None-Match": "{etag}"},
    {"If-None-Match": "W/{etag}"},
    {"If-None-Match": '"x", {etag}'},
    {"If-None-Match": "*"},
    {"If-None-Match": '"other"'},
    {"If-Modified-Since": BEFORE},
    {"If-Modified-Since": SAME},
    {"If-Modified-Since": AFTER},
    {"If-Modified-Since": "nonsense"},
    {"If-Unmodified-Since": BEFORE},
    {"If-Unmodified-Since": SAME},
    {"If-Unmodified-Since": AFTER},
    {"If-Match": "{etag}"},
    {"If-Match": "*"},
    {"If-Match": '"other"'},
    {"If-Match": "W/{etag}"},
    {"If-None-Match": '"other"', "If-Modified-Since": SAME},
    {"If-None-Match": "{etag}", "If-Modified-Since": BEFORE},
    {"If-Match": "{etag}", "If-Unmodified-Since": BEFORE},
)


@dataclass(frozen=True)
class Case:
    """A request: its Range (empty: none) and the conditions, where {etag} is the server's own."""

    method: str
    asked: str
    conditions: tuple[tuple[str, str], ...]

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.conditions

    def headers(self, etag: str) -> dict[str, str]:
        named = {name: value.replace("{etag}", etag) for name, value in self.conditions}
        return named | ({"Range": self.asked} if self.asked else {})


OVERLAPPING = ("bytes=0-9,5-14", "bytes=0-,-5")
MALFORMED = ("bytes=", "bytes=-", "bytes=9-5", "bytes=0-9,9-5", "bytes=0-9,x", "bytes=--5")
# What differs → why it does; a row that nothing differs by any more fails the test.
DIFFERENCES = {
    "HEAD has no ranges (RFC 9110, 14.2)": lambda case: case.method == "HEAD" and case.asked,
    "a range nobody can read is ignored (RFC 9110, 14.2); 416 makes players loop": lambda case: case.asked in MALFORMED,
    "more digits than any file has: ignored as unreadable": lambda case: "9" * 23 in case.asked,
    "an empty element of a list is passed over (RFC 9110, 5.6.1)": lambda case: case.asked == "bytes=0-9,,20-29",
    "more than four ranges are more work than the whole file": lambda case: case.asked.count(",") == 4,
    "ranges that overlap are sent once, as the whole file": lambda case: case.asked in OVERLAPPING,
    "a date after the file's also says it is unchanged (RFC 9110, 13.1.3)": lambda case: case.has(
        "If-Modified-Since", AFTER
    ),
    "If-None-Match outweighs If-Modified-Since (RFC 9110, 13.1.3)": lambda case: (
        len(case.conditions) == 2 and case.has("If-None-Match", "{etag}")
    ),
    "If-Match outweighs If-Unmodified-Since (RFC 9110, 13.1.4)": lambda case: (
        len(case.conditions) == 2 and case.has("If-Match", "{etag}")
    ),
}


# These stand for all ranges where the conditions are not about ranges.
TYPICAL = ("", "bytes=0-9", "bytes=0-9,20-29", "bytes=10240-", "abc")


def all_cases() -> Iterator[Case]:
    for method, asked, conditions in itertools.product(METHODS, ("", *RANGES), CONDITIONS):
        yield Case(method, asked, tuple(conditions.items()))


def telling_cases() -> Iterator[Case]:
    """Every range with every If-Range, and the typical ranges with all the rest."""
    for case in all_cases():
        about_ranges = case.method == "GET" and all(name == "If-Range" for name, _ in case.conditions)
        if about_ranges or case.asked in TYPICAL[: 5 if case.method == "GET" else 2]:
            yield case


@pytest.fixture(scope="module")
def audio(tmp_path_factory):
    path = tmp_path_factory.mktemp("static") / "audio.mp3"
    path.write_bytes(BODY)
    os.utime(path, (MODIFIED.timestamp(), MODIFIED.timestamp()))
    return path


@pytest.fixture(scope="module")
def theirs(audio, tmp_path_factory):
    """Ask nginx for the file as the folder has it."""
    port = free_port()
    with nginx(tmp_path_factory.mktemp("nginx"), SERVER.format(port=port, root=audio.parent), port=port):
        etag = ask_raw(port, "/audio.mp3").headers["etag"]
        yield lambda case: ask_raw(port, "/audio.mp3", method=case.method, headers=case.headers(etag))


@pytest.fixture(scope="module")
def ours(audio):
    """Ask our server for it."""
    found = FakeMedia(
        media_type="audio/mpeg", kind="audio", path=audio, size_bytes=SIZE, mtime_ns=audio.stat().st_mtime_ns
    )
    publication = FakePublication((make_show(),), files={SHA256: found})
    server = Server(create_app(publication, links=Links("http://127.0.0.1")), host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run)
    thread.start()
    etag = f'"sha256-{SHA256}"'
    address = f"/media/{SHA256}/x.mp3"
    yield lambda case: ask_raw(server.port, address, method=case.method, headers=case.headers(etag))
    server.stop()
    thread.join(timeout=10)


def essence(answer):
    """What must be the same: for errors, which nginx explains in HTML, the status and what they say of the length."""
    boundary = re.search("boundary=(.*)", answer.headers.get("content-type", ""))
    body = answer.body.replace(boundary[1].encode(), b"BOUNDARY") if boundary else answer.body
    place = answer.headers.get("content-range")
    if answer.status not in (200, 206):
        return (answer.status, place)
    return (answer.status, place, answer.headers["content-length"], answer.headers["last-modified"], body)


@pytest.mark.parametrize("cases", [telling_cases, pytest.param(all_cases, marks=pytest.mark.soak)])
def test_every_answer_is_that_of_nginx_but_for_the_table(ours, theirs, cases):
    explained, unexplained = set(), []
    for case in cases():
        mine, other = essence(ours(case)), essence(theirs(case))
        if mine == other:
            continue
        reasons = [reason for reason, applies in DIFFERENCES.items() if applies(case)]
        explained.update(reasons)
        if not reasons:
            unexplained.append(f"{case}: {mine[:4]} here, {other[:4]} there")
    assert unexplained == []
    assert explained == set(DIFFERENCES)
