"""The export of a site below a path (`https://host/podcasts`) behind nginx and Caddy, samples and rules as they are."""

from pathlib import Path

import pytest
from exporter import NOW, files_in
from hosts import EACH_HOST, GONE, HOSTS, MOVED, NEW, SHOW, export_changed
from nginx import ask_raw

BASE = "/podcasts"


@pytest.fixture(scope="module")
def root(indexed_sample, tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("below") / "home"
    return export_changed(indexed_sample, home, f"https://pods.example{BASE}", NOW)[0]


@pytest.fixture(scope="module", params=EACH_HOST)
def port(request, root, tmp_path_factory):
    with HOSTS[request.param](root, tmp_path_factory.mktemp(request.param)) as port:
        yield port


@pytest.mark.parametrize("path", ["/", "/es/", f"{SHOW}/", f"{SHOW}/feed.xml", f"/es{NEW}", "/search/index.json"])
def test_every_address_below_the_path_is_its_file(root, port, path):
    answer = ask_raw(port, f"{BASE}{path}?q=secret")
    name = f"{path[1:]}index.html" if path.endswith("/") else path[1:]
    assert (answer.status, answer.body) == (200, (root / name).read_bytes())


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (f"{MOVED}transcript/", f"{NEW}transcript/"),
        (f"/es{MOVED}", f"/es{NEW}"),
        ("/topics/coming-back/", "/topics/recurrence/"),
        (f"/embed{MOVED}", f"/embed{NEW}"),
        ("", "/"),
        (SHOW, f"{SHOW}/"),
    ],
)
def test_what_moved_leads_to_below_the_path(port, path, to):
    answer = ask_raw(port, f"{BASE}{path}?t=12")
    assert (answer.status, answer.headers["location"]) == (301, f"{BASE}{to}?t=12")


@pytest.mark.parametrize("path", [GONE, f"/es{GONE}", f"{GONE}transcript/"])
def test_what_was_withdrawn_is_gone(port, path):
    answer = ask_raw(port, f"{BASE}{path}")
    assert answer.status == 410
    assert b"withdrawn for good" in answer.body or "retirado" in answer.body.decode()


def test_audio_comes_in_parts_with_the_headers_of_audio(root, port):
    audio = next(name for name in files_in(root) if name.endswith("trailer.mp3"))
    answer = ask_raw(port, f"{BASE}/{audio}", headers={"Range": "bytes=2-5"})
    assert (answer.status, answer.body) == (206, (root / audio).read_bytes()[2:6])
    assert answer.headers["content-security-policy"].startswith("sandbox")


def test_players_may_be_framed_and_pages_may_not(root, port):
    player = next(name for name in files_in(root) if name.startswith("embed/") and name.endswith("index.html"))
    framed, page = (ask_raw(port, f"{BASE}/{path}") for path in (player.removesuffix("index.html"), f"{SHOW[1:]}/"))
    assert "frame-ancestors *" in framed.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/never-was/", "/castalogue-nginx.conf", f"{BASE}/nothing/"])
def test_what_is_not_there_gets_a_page_that_helps(root, port, path):
    answer = ask_raw(port, f"{BASE}{path}")
    assert (answer.status, answer.body) == (404, (root / "404.html").read_bytes())


def test_the_path_is_taken_off_once(root, port):
    """A show may be called like the path."""
    (root / "podcasts").mkdir(exist_ok=True)
    (root / "podcasts" / "index.html").write_text("A show.", "utf-8")
    assert ask_raw(port, f"{BASE}{BASE}/").body == b"A show."
