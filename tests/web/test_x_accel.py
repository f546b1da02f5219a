"""nginx in front with deploy/nginx.conf as it stands: what a listener sees is what we would have sent."""

import threading
from pathlib import Path

import pytest
from builders import make_show
from fake_publication import FakeMedia, FakePublication
from nginx import ask_raw, free_port, nginx

from catalogue.domain.links import Links
from catalogue.errors import Withdrawn
from web.app import create_app
from web.server import Server

pytestmark = pytest.mark.nginx

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx.conf"
BODY = bytes(number * 7 % 251 for number in range(10_240))
AUDIO, TEXT, PICTURE, CHAPTERS, GONE, CHANGED = (letter * 64 for letter in "abcdef")
ADDRESSES = [f"/media/{AUDIO}/a.mp3", f"/media/{TEXT}/a.en.vtt", f"/media/{PICTURE}/a.cover1.jpg"]
# Who sends is the only thing that may differ, and nginx says Accept-Ranges with whole files alone.
OF_THE_SENDER = {"server", "connection", "date", "accept-ranges"}
ETAG = f'"sha256-{AUDIO}"'
REQUESTS = (
    {},
    {"Range": "bytes=0-9"},
    {"Range": "bytes=-500"},
    {"Range": "bytes=-99999"},
    {"Range": "bytes=5000-"},
    {"Range": "bytes=99999-"},
    {"Range": "bytes=0-9,20-29"},
    {"Range": "bytes=0-9,5-14"},
    {"Range": "bytes=9-5"},
    {"Range": "bytes=0-9", "If-Range": ETAG},
    {"Range": "bytes=0-9", "If-Range": '"other"'},
    {"Range": "bytes=0-9", "If-Range": f"W/{ETAG}"},
    {"If-None-Match": ETAG},
    {"If-None-Match": '"other"'},
    {"If-None-Match": f"W/{ETAG}", "Range": "bytes=0-9"},
    {"If-Match": ETAG},
    {"If-Match": '"other"'},
    {"If-Modified-Since": "Tue, 05 Oct 2100 12:00:00 GMT"},
    {"If-Unmodified-Since": "Tue, 05 Oct 2010 12:00:00 GMT"},
)


def on_disk(path, kind, media_type):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(BODY)
    facts = {"size_bytes": len(BODY), "mtime_ns": path.stat().st_mtime_ns, "download_name": f"día {path.name}"}
    return FakeMedia(media_type=media_type, kind=kind, path=path, **facts)


@pytest.fixture(scope="module")
def publication(tmp_path_factory):
    """Files whose names need escaping, in two folders."""
    folder = tmp_path_factory.mktemp("files").resolve()
    files = {
        AUDIO: on_disk(folder / "library" / "día 50% #1?" / "au dio+.mp3", "audio", "audio/mpeg"),
        TEXT: on_disk(folder / "library" / "x" / "audio.en.vtt", "transcript", "text/vtt"),
        PICTURE: on_disk(folder / "data" / "derived" / "a.cover1.jpg", "image", "image/jpeg"),
        CHAPTERS: FakeMedia(media_type="application/json+chapters", kind="chapters", size_bytes=4, body=b"{..}"),
    }
    files[CHANGED] = on_disk(folder / "library" / "y" / "audio.mp3", "audio", "audio/mpeg")
    files[CHANGED].path.write_bytes(b"other")
    made = FakePublication((make_show(),), files=files, errors={GONE: Withdrawn("withdrawn", "Gone.")})
    return folder, made


@pytest.fixture(scope="module")
def direct_port(publication):
    """The port of a server without nginx."""
    yield from served(publication[1], None)


@pytest.fixture(scope="module")
def behind_port(publication):
    """The port of one that leaves the sending to nginx."""
    yield from served(publication[1], "/_castalogue")


@pytest.fixture(scope="module")
def front_port(publication, behind_port, tmp_path_factory):
    """The port of nginx in front of it, with the configuration that we deliver."""
    port, folder = free_port(), publication[0]
    text = CONFIGURATION.read_text(encoding="utf-8")
    for stated, here in (
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{behind_port};"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/var/log/nginx/", f"{folder}/"),
        ("/srv/podcast/", f"{folder}/library/"),
        ("/var/lib/castalogue/derived/", f"{folder}/data/derived/"),
    ):
        assert stated in text
        text = text.replace(stated, here)
    with nginx(tmp_path_factory.mktemp("front"), text, port=port):
        yield port


def served(publication, prefix):
    app = create_app(publication, links=Links("http://127.0.0.1"), x_accel_redirect=prefix)
    server = Server(app, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.port
    server.stop()
    thread.join(timeout=10)


def seen(answer):
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_SENDER}
    return answer.status, headers, answer.body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", REQUESTS, ids=str)
def test_a_listener_sees_no_difference(direct_port, front_port, method, headers):
    for address in ADDRESSES:
        direct = ask_raw(direct_port, address, method=method, headers=headers)
        assert seen(ask_raw(front_port, address, method=method, headers=headers)) == seen(direct), address


def test_nginx_sends_files_and_we_send_the_rest(behind_port):
    handed_on = ask_raw(behind_port, ADDRESSES[0], headers={"Range": "bytes=0-9"})
    assert (handed_on.status, handed_on.headers["x-accel-redirect"][:13]) == (200, "/_castalogue/")
    assert (handed_on.body, handed_on.headers["content-length"]) == (b"", "0")
    for headers in ({"Range": "bytes=0-9,20-29"}, {"If-Match": ETAG}, {"If-None-Match": ETAG}):
        assert "x-accel-redirect" not in ask_raw(behind_port, ADDRESSES[0], headers=headers).headers


def test_what_is_made_or_taken_back_comes_through(front_port):
    assert ask_raw(front_port, f"/media/{CHAPTERS}/a.chapters.json").body == b"{..}"
    assert ask_raw(front_port, f"/media/{GONE}/a.mp3").status == 410


@pytest.mark.parametrize("path", ["/_castalogue/etc/passwd", "/_castalogue/", "/_castalogue/../etc/passwd"])
def test_nobody_reaches_the_folders_from_outside(front_port, path):
    assert ask_raw(front_port, path).status == 404


def test_a_changed_file_is_an_honest_503(front_port):
    assert ask_raw(front_port, f"/media/{CHANGED}/a.mp3").status == 503
