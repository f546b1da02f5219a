"""The export behind the hosts that deploy/ has samples for, after an episode was renamed and another withdrawn."""

import shutil
import subprocess

import pytest
from caddy import BIN
from exporter import BASE_URL, files_in
from hosts import DEPLOY, EACH_HOST, GONE, HOSTS, MOVED, NEW, SHOW, export_changed
from nginx import ask_raw


@pytest.fixture(scope="module")
def left(indexed_sample, exported, tmp_path_factory):
    return export_changed(indexed_sample, tmp_path_factory.mktemp("left") / "home", BASE_URL, exported.now)


@pytest.fixture(scope="module", params=EACH_HOST)
def port(request, left, tmp_path_factory):
    with HOSTS[request.param](left[0], tmp_path_factory.mktemp(request.param)) as port:
        yield port


def test_pages_and_feeds_are_sent_as_they_were_exported(left, port):
    for name in (f"{SHOW[1:]}/index.html", f"{SHOW[1:]}/feed.xml", "es/index.html"):
        answer = ask_raw(port, "/" + name.removesuffix("index.html") + "?q=secret")
        assert (answer.status, answer.body) == (200, (left[0] / name).read_bytes())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"{SHOW}/feed.xml", "application/rss+xml; charset=utf-8"),
        (f"{SHOW}/feed.json", "application/feed+json"),
        ("/", "text/html; charset=utf-8"),
        ("/shows.opml", "text/x-opml; charset=utf-8"),
        ("/sitemap.xml", "application/xml"),
    ],
)
def test_each_kind_of_file_has_its_type(port, path, kind):
    answer = ask_raw(port, path)
    assert answer.headers["content-type"] == kind
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_feed_is_sent_packed_to_who_takes_it(left, port):
    answer = ask_raw(port, f"{SHOW}/feed.xml", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.body == (left[0] / SHOW[1:] / "feed.xml.gz").read_bytes()


def test_audio_is_sent_in_parts_and_a_transcript_can_do_nothing(left, port):
    audio = next(name for name in files_in(left[0]) if name.endswith("trailer.mp3"))
    answer = ask_raw(port, f"/{audio}", headers={"Range": "bytes=2-5"})
    assert (answer.status, answer.body) == (206, (left[0] / audio).read_bytes()[2:6])
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("before", ["", "/es"])
@pytest.mark.parametrize("below", ["", "transcript/"])
def test_an_earlier_address_leads_to_today_s_with_all_below_it(port, before, below):
    answer = ask_raw(port, f"{before}{MOVED}{below}?t=12")
    assert (answer.status, answer.headers["location"]) == (301, f"{before}{NEW}{below}?t=12")


@pytest.mark.parametrize("before", ["", "/es"])
@pytest.mark.parametrize(
    ("old", "new"), [("/topics/coming-back/", "/topics/recurrence/"), (f"/embed{MOVED}", f"/embed{NEW}")]
)
def test_topics_and_players_in_other_sites_move_along(port, before, old, new):
    answer = ask_raw(port, f"{before}{old}")
    assert (answer.status, answer.headers["location"]) == (301, f"{before}{new}")


def test_the_player_of_what_was_withdrawn_is_gone_too(port):
    assert ask_raw(port, f"/embed{GONE}").status == 410


@pytest.mark.parametrize("path", [GONE, f"/es{GONE}", f"{GONE}transcript/"])
def test_what_was_withdrawn_is_gone_and_the_page_says_so(left, port, path):
    answer = ask_raw(port, path)
    assert answer.status == 410
    assert b"withdrawn for good" in answer.body or "retirado" in answer.body.decode()


def test_its_audio_is_gone_too(exported, left, port):
    name = next(name for name in files_in(exported.folder) if name.endswith("110-meet-the-husbands.mp3"))
    assert name not in files_in(left[0])
    assert ask_raw(port, f"/{name}").status == 410


@pytest.mark.parametrize("path", ["/never-was/", "/.castalogue-export.json", "/castalogue-nginx.conf", "/_redirects"])
def test_what_is_not_there_gets_a_page_that_helps(left, port, path):
    answer = ask_raw(port, path)
    assert (answer.status, answer.body) == (404, (left[0] / "404.html").read_bytes())


def test_a_host_without_rules_gets_pages_that_lead_on(left):
    page = (left[0] / MOVED[1:] / "transcript" / "index.html").read_text("utf-8")
    assert f'<meta http-equiv="refresh" content="0; url={NEW}transcript/">' in page
    assert f'<a class="button" href="{NEW}transcript/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert (left[0] / "feed.xml").read_bytes() == (left[0] / SHOW[1:] / "feed.xml").read_bytes()
    assert "withdrawn for good" in (left[0] / GONE[1:] / "index.html").read_text("utf-8")


def test_other_hosts_get_rules_of_their_own(left):
    assert f"{MOVED}* {NEW}:splat 301" in (left[0] / "_redirects").read_text("utf-8").splitlines()
    assert f"handle {GONE}* {{" in (left[0] / "castalogue-caddy.conf").read_text("utf-8")


@pytest.mark.caddy
def test_caddy_takes_the_sample_for_what_runs_behind_it(tmp_path):
    text = (DEPLOY / "Caddyfile").read_text("utf-8").replace("/var/log/caddy/", f"{tmp_path}/")
    (tmp_path / "Caddyfile").write_text(text, "utf-8")
    program = shutil.which("caddy", path=BIN)
    command = [str(program), "validate", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    assert subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0
