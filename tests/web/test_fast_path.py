"""The short way to feeds answers exactly as the long one does, and leaves to it what is not plainly a feed."""

from datetime import timedelta

import pytest
from builders import NOON
from werkzeug.http import http_date

from catalogue.domain.links import Links
from catalogue.errors import Moved
from web.file_bodies import SENDER

FEED = "/conversations/feed.xml"
CODINGS = [None, "gzip", "br, gzip", "identity", "*;q=0", "gzip;q=x, nonsense,,"]
CONDITIONS = [
    {},
    {"If_None_Match": "{tag}"},
    {"If_None_Match": "W/{tag}"},
    {"If_None_Match": '"a", {tag} , "b"'},
    {"If_None_Match": "*"},
    {"If_None_Match": '"a"'},
    {"If_None_Match": "nonsense"},
    {"If_None_Match": '"a"', "If_Modified_Since": http_date(NOON)},
    {"If_Modified_Since": http_date(NOON)},
    {"If_Modified_Since": http_date(NOON - timedelta(seconds=1))},
    {"If_Modified_Since": "yesterday"},
    {"If_Match": "{tag}"},
    {"If_Match": '"a"', "If_None_Match": "{tag}"},
    {"If_Unmodified_Since": http_date(NOON - timedelta(days=1))},
    {"Range": "bytes=0-9"},
    {"Range": "bytes=0-9", "If_Range": "{tag}"},
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("accepted", CODINGS)
@pytest.mark.parametrize("due_at", [None, NOON + timedelta(seconds=42)])
def test_both_ways_answer_the_same(visit, method, accepted, due_at):
    short = visit(has_brotli=True, due_at=due_at)
    long = visit(has_brotli=True, due_at=due_at, has_feeds_at_hand=False)
    coding = {"Accept_Encoding": accepted} if accepted is not None else {}
    tag = short.get(FEED, **coding).headers["ETag"]
    for condition in CONDITIONS:
        stated = {name: value.format(tag=tag) for name, value in condition.items()}
        one, other = (visitor.ask(method, FEED, **coding, **stated) for visitor in (short, long))
        assert (one.status, one.data) == (other.status, other.data), stated
        assert sorted(one.headers) == sorted(other.headers), stated


class Asked:
    """A publication that says what it was asked."""

    def __init__(self, publication):
        self._publication, self.names = publication, []

    def __getattr__(self, name):
        self.names.append(name)
        return getattr(self._publication, name)


def test_an_unchanged_feed_asks_nothing_but_for_the_feed_at_hand(visit):
    visitor = visit()
    tag = visitor.get(FEED).headers["ETag"]
    asked = Asked(visitor.publication)
    watched = type(visitor)(asked)
    assert watched.get(FEED, If_None_Match=tag).status_code == 304
    assert asked.names == ["feed_at_hand"]


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("HEAD", 0)])
def test_our_own_server_sends_a_feed_from_where_it_lies(visit, method, times):
    visitor, given = visit(), []

    def send(file, pieces, version):
        given.append((file, pieces, version))
        return pieces

    visitor.client.open(FEED, method=method, environ_overrides={SENDER: send}).close()
    found = visitor.publication.feed_at_hand("conversations", Links("https://pods.example"), NOON)
    assert given == [(None, found.plain.chunks, None)] * times


def test_the_path_of_the_base_url_is_taken_off_first(visit):
    publication = visit().publication
    visitor = type(visit())(publication, base_url="https://pods.example/podcasts")
    assert visitor.get("/podcasts/conversations/feed.xml").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", FEED, 405),
        ("GET", "/nothing/feed.xml", 404),
        ("GET", "/a/b/feed.xml", 308),
        ("GET", "/feed.xml", 301),
        ("GET", "/old/feed.xml", 301),
    ],
)
def test_what_is_not_plainly_a_feed_goes_the_long_way(visit, method, path, status):
    assert visit(errors={"old": Moved("conversations")}).ask(method, path).status_code == status


def test_a_person_goes_the_long_way(visit):
    response = visit().get(FEED, Sec_Fetch_Dest="document", Sec_Fetch_Mode="navigate")
    assert response.status_code == 303
