"""The short way to media and the long one give the same answer, byte for byte."""

import io
import itertools

import pytest
from builders import NOON, make_show
from fake_publication import FakeMedia, FakePublication
from werkzeug.http import http_date
from werkzeug.test import EnvironBuilder

from catalogue.domain.links import Links
from catalogue.errors import MediaError, Moved, Withdrawn
from web.app import create_app
from web.media_fast import MediaFast

BODY = bytes(range(256)) * 40
AUDIO, TEXT, CHAPTERS, MOVED, GONE, AWAY = (letter * 64 for letter in "abcdef")
ETAG = f'"sha256-{AUDIO}"'
ADDRESSES = (f"{AUDIO}/a.mp3", f"{TEXT}/a.en.srt", f"{CHAPTERS}/a.chapters.json", f"{MOVED}/a.mp3", f"{GONE}/a.mp3")
ODD_ADDRESSES = (f"{AWAY}/a.mp3", f"{'9' * 64}/a.mp3", f"{AUDIO}/a/b.mp3", f"{AUDIO}/%C3%A9.mp3", f"{AUDIO}/", "x/y")
REQUESTS = (
    {},
    {"Range": "bytes=0-9"},
    {"Range": "bytes=0-9,20-29"},
    {"Range": "bytes=99999-"},
    {"Range": "abc"},
    {"If-None-Match": ETAG},
    {"If-Match": '"other"'},
    {"If-Range": ETAG, "Range": "bytes=-5"},
    {"If-Modified-Since": http_date(NOON)},
    {"Accept-Encoding": "gzip", "Accept-Language": "es", "Cookie": "a=b"},
)


@pytest.fixture
def app(tmp_path):
    """A site with a file of each kind, one that moved, one withdrawn and one that is missing."""
    path = tmp_path / "audio.mp3"
    path.write_bytes(BODY)
    on_disk = {"path": path, "size_bytes": len(BODY), "mtime_ns": path.stat().st_mtime_ns}
    files = {
        AUDIO: FakeMedia(media_type="audio/mpeg", kind="audio", **on_disk),
        TEXT: FakeMedia(media_type="application/x-subrip", kind="transcript", **on_disk),
        CHAPTERS: FakeMedia(media_type="application/json+chapters", kind="chapters", size_bytes=5, body=b"{...}"),
    }
    errors = {MOVED: Moved("/media/new/a.mp3"), GONE: Withdrawn("w", "Gone."), AWAY: MediaError("m", "Away.")}
    publication = FakePublication((make_show(),), files=files, errors=errors)
    return create_app(publication, links=Links("https://pods.example/pods"), clock=lambda: NOON)


def find_layer(app):
    """The layer of the short way, wherever it stands."""
    layer = app.wsgi_app
    while not isinstance(layer, MediaFast):
        layer = layer._application
    return layer


def answer(application, address, method, headers):
    environ = EnvironBuilder(f"/media/{address}?from=app", method=method, headers=headers).get_environ()
    told, body = [], io.BytesIO()
    given = application(environ, lambda status, headers, exc_info=None: told.append((status, sorted(headers))))
    for block in given:
        body.write(block)
    if hasattr(given, "close"):
        given.close()
    return *told[0], body.getvalue()


@pytest.mark.parametrize("address", [*ADDRESSES, *ODD_ADDRESSES])
def test_both_ways_answer_the_same(app, address):
    short, long = find_layer(app), find_layer(app)._application
    for method, headers in itertools.product(("GET", "HEAD", "OPTIONS", "POST"), REQUESTS):
        assert answer(short, address, method, headers) == answer(long, address, method, headers), (method, headers)


def test_the_short_way_does_not_ask_flask(app):
    layer = find_layer(app)
    layer._application = None
    assert answer(layer, ADDRESSES[0], "GET", {"Range": "bytes=1-3"})[2] == BODY[1:4]
