"""Who opens a feed and is led to the subscribe page, and who gets the feed, whatever has been asked before."""

import threading

import pytest
from askers import APPS, CHROME, PEOPLE
from builders import make_show
from fake_publication import FakePublication
from nginx import ask_raw, free_port, nginx

from catalogue.domain.links import Links
from web.app import create_app
from web.server import Server

FEED = "/conversations/feed.xml"
CACHE = """
proxy_cache_path {folder}/cache keys_zone=feeds:1m;
server {{ listen 127.0.0.1:{port}; proxy_cache feeds; add_header X-Cache $upstream_cache_status;
location / {{ proxy_pass http://127.0.0.1:{upstream}; }} }}
"""


@pytest.fixture(params=[True, False], ids=["short way", "long way"])
def visitor(request, visit):
    """A site whose feeds are at hand, and one where each has to be made."""
    return visit(has_feeds_at_hand=request.param)


def test_the_table_has_more_than_twenty_five_rows():
    assert len(PEOPLE) + len(APPS) > 25


@pytest.mark.parametrize("headers", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_person_is_led_to_the_subscribe_page(visitor, method, headers):
    tag = visitor.get(FEED, **headers, Sec_Fetch_Dest="empty").headers["ETag"]
    for asked in (headers, headers | {"If-None-Match": tag}, headers | {"Range": "bytes=0-9"}):
        response = visitor.ask(method, FEED, **asked)
        assert (response.status_code, response.headers["Location"]) == (303, "/conversations/subscribe/")
        assert (response.headers["Cache-Control"], response.data) == ("no-store", b"")
        assert "ETag" not in response.headers


@pytest.mark.parametrize("headers", APPS.values(), ids=APPS)
def test_an_app_gets_the_feed_and_304_after_it(visitor, headers):
    response = visitor.get(FEED, **headers)
    assert (response.status_code, response.mimetype) == (200, "application/rss+xml")
    assert visitor.get(FEED, **headers | {"If-None-Match": response.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("headers", [PEOPLE["Firefox"], APPS["Overcast"]], ids=["person", "app"])
def test_the_first_feed_leads_everybody_to_the_show_it_meant(visitor, headers):
    response = visitor.get("/feed.xml", **headers)
    assert (response.status_code, response.headers["Location"]) == (301, FEED)


def test_what_a_person_is_told_depends_on_no_name(visitor):
    assert visitor.get(FEED, User_Agent=CHROME).status_code == 200
    unnamed = PEOPLE["Firefox"] | {"User-Agent": "curl/8.11.0"}
    assert visitor.get(FEED, **unnamed).status_code == 303


@pytest.fixture
def cached(tmp_path):
    """Ask through a cache that many share: a real one, as an operator may put it in front."""
    app = create_app(FakePublication((make_show(),)), links=Links("http://127.0.0.1"))
    server = Server(app, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run)
    thread.start()
    port = free_port()
    with nginx(tmp_path, CACHE.format(folder=tmp_path, port=port, upstream=server.port), port=port):
        yield lambda headers: ask_raw(port, FEED, headers=headers)
    server.stop()
    thread.join(timeout=10)


@pytest.mark.nginx
def test_a_shared_cache_never_gives_an_app_what_a_person_was_told(cached):
    person, app = PEOPLE["Safari 17"], APPS["AntennaPod"]
    answers = [cached(headers) for headers in (person, person, app, app)]
    assert [(one.status, one.headers["x-cache"]) for one in answers] == [
        (303, "MISS"),
        (303, "MISS"),
        (200, "MISS"),
        (200, "HIT"),
    ]
    assert cached(person | {"Accept-Encoding": "gzip"}).status == 200, "a person is shown what the cache holds already"
