"""Pages that were rendered are kept, are what a new rendering would be, and are given up in time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, make_episode, make_show
from flask import g
from werkzeug.test import EnvironBuilder, run_wsgi_app

from catalogue.domain.media import RemoteAudio
from catalogue.errors import Withdrawn
from web.page_answer import Page
from web.page_fast import KEEP, PageFast

SHOW = "/conversations/"
EPISODE = "/conversations/meet-the-husbands/"
CODINGS = [None, "gzip", "br, gzip;q=0.5", "identity", "*;q=0"]
CONDITIONS = [
    {},
    {"If_None_Match": "{tag}"},
    {"If_None_Match": "W/{tag}"},
    {"If_None_Match": '"a", {tag}'},
    {"If_None_Match": "*"},
    {"If_None_Match": '"a"'},
    {"If_None_Match": "nonsense"},
    {"If_Match": '"a"'},
    {"If_Match": "{tag}"},
    {"If_Modified_Since": "Tue, 05 Oct 9999 12:00:00 GMT"},
    {"Range": "bytes=0-9"},
]


@pytest.fixture
def kept(visit):
    """A site whose pages are kept."""
    return visit(now_is="first")


def renamed(visitor):
    """Let the site say something else, which only a new rendering shows."""
    publication = visitor.publication
    publication.listed = (replace(publication.listed[0], title="Another title"),)
    return "Another title"


def test_the_search_page_is_made_anew_each_time(kept):
    kept.text("/search/")
    assert renamed(kept) in kept.text("/search/")


@pytest.mark.parametrize(
    ("path", "accepted", "method"),
    [(path, None, "GET") for path in ("/", SHOW, f"/es{EPISODE}")]
    + [(EPISODE, accepted, method) for accepted in CODINGS for method in ("GET", "HEAD")],
)
def test_both_ways_answer_the_same(visit, kept, path, accepted, method):
    rendering = visit()
    coding = {"Accept_Encoding": accepted} if accepted is not None else {}
    tag = kept.get(path, **coding).headers["ETag"]
    for condition in CONDITIONS:
        stated = {name: value.format(tag=tag) for name, value in condition.items()}
        one, other = (visitor.ask(method, path, **coding, **stated) for visitor in (kept, rendering))
        assert (one.status, one.data) == (other.status, other.data), stated
        assert sorted(one.headers) == sorted(other.headers), stated


def test_a_kept_page_is_answered_without_looking_at_anything_but_the_state(kept):
    before = kept.text(SHOW)
    renamed(kept)
    assert kept.text(SHOW) == before


def test_a_page_is_rendered_again_after_any_change(kept):
    kept.text(SHOW)
    title, kept.publication.now_is = renamed(kept), "second"
    assert title in kept.text(SHOW)


@pytest.mark.parametrize(("passed", "is_new"), [(timedelta(hours=8), True), (timedelta(hours=7), False)])
def test_a_page_holds_until_the_clock_changes_something(kept, passed, is_new):
    kept.text(SHOW)
    title = renamed(kept)
    kept.now += passed
    assert (title in kept.text(SHOW)) is is_new


def test_a_clock_that_is_set_back_renders_again(kept):
    kept.text(SHOW)
    title = renamed(kept)
    kept.now -= timedelta(seconds=1)
    assert title in kept.text(SHOW)


def test_a_page_may_say_that_it_holds_for_less_long(kept):
    @kept.client.application.before_request
    def say():
        g.holds_until = NOON + timedelta(minutes=1)

    kept.text(SHOW)
    title = renamed(kept)
    kept.now += timedelta(minutes=1)
    assert title in kept.text(SHOW)


@pytest.mark.parametrize("path", [f"{SHOW}?t=1", "/conversations/nothing/", f"/en{SHOW}"])
def test_what_has_a_query_or_is_no_page_is_not_kept(kept, path):
    kept.get(path)
    kept.publication.errors["conversations"] = Withdrawn("withdrawn", "It was withdrawn.")
    assert kept.get(path).status_code == 410


def test_each_language_is_kept_for_itself(kept):
    assert kept.text(SHOW) != kept.text(f"/es{SHOW}")
    assert 'lang="es"' in kept.text(f"/es{SHOW}")
    assert 'lang="en"' in kept.text(SHOW)


def test_a_page_may_play_only_what_it_names_also_when_it_is_kept(visit):
    remote = RemoteAudio(url="https://a.example/1.mp3", media_type="audio/mpeg", size_bytes=1)
    visitor = visit(make_episode(renditions=(), remote=remote), now_is="first")
    policies = [visitor.get(path).headers["Content-Security-Policy"] for path in (EPISODE, SHOW, EPISODE, SHOW)]
    assert policies[:2] == policies[2:]
    assert "https://a.example" in policies[0]
    assert "https://a.example" not in policies[1]


def test_a_packed_page_has_a_tag_of_its_own(kept):
    plain, packed = kept.get(SHOW), kept.get(SHOW, Accept_Encoding="gzip")
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"])
    assert {plain.headers["Vary"], packed.headers["Vary"]} == {"Accept-Encoding"}


class Rendering:
    """An application whose pages are as long as their addresses say; counts what it rendered."""

    def __init__(self):
        self.rendered = []

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.rendered.append(path)
        page = Page(b"x" * int(path.strip("/")), (), content_type="text/html")
        environ[KEEP](page, since=NOON, until=NOON + timedelta(hours=1))
        start_response("200 OK", [])
        return [page.body]


@pytest.fixture
def ask(visit):
    """Ask a layer that keeps pages of 200 bytes, each counting twice; gives how often each was rendered."""
    publication, inner = visit(now_is="first").publication, Rendering()
    layer = PageFast(inner, publication, lambda: NOON, most_bytes=200)

    def asked(*paths):
        for path in paths:
            run_wsgi_app(layer, EnvironBuilder(path).get_environ())
        return [inner.rendered.count(path) for path in dict.fromkeys(paths)]

    return asked


def test_the_page_asked_for_longest_ago_makes_room(ask):
    assert ask("/40", "/41", "/40", "/42", "/40", "/41") == [1, 2, 1]


def test_a_page_that_is_larger_than_all_room_is_not_kept(ask):
    assert ask("/40", "/101", "/101", "/40") == [1, 2]


def test_a_page_that_was_rendered_during_a_change_is_not_kept(visit):
    visitor = visit(make_episode(), show=make_show(), now_is="first")

    @visitor.client.application.before_request
    def change():
        visitor.publication.now_is = object()

    visitor.text(SHOW)
    visitor.client.application.before_request_funcs.clear()
    assert renamed(visitor) in visitor.text(SHOW)
