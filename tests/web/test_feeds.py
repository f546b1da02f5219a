import gzip
from datetime import timedelta

import brotli
import pytest
from builders import NOON, make_show
from werkzeug.http import http_date

from catalogue.errors import Moved

FEED = "/conversations/feed.xml"


@pytest.fixture(params=[True, False], ids=["short way", "long way"])
def visit(request, visit):
    """A site whose feeds are at hand, and one where each has to be made."""
    return lambda **stated: visit(has_feeds_at_hand=request.param, **stated)


def test_feed_is_rss_that_other_pages_may_fetch(visit):
    response = visit().get(FEED)
    assert response.content_type == "application/rss+xml; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert b"https://pods.example/conversations/" in response.data, "feeds carry the public address"


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "*", "identity;q=0.5, gzip;q=1", "gzip;q=0.1"])
def test_feed_is_compressed_for_those_who_take_it(visit, accepted):
    visitor = visit()
    response = visitor.get(FEED, Accept_Encoding=accepted)
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.data) == visitor.get(FEED).data


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "*, gzip;q=0", "identity", "identity;q=1, gzip;q=0.5"])
def test_feed_stays_plain_for_those_who_do_not(visit, accepted):
    response = visit().get(FEED, Accept_Encoding=accepted)
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("accepted", ["br", "gzip, deflate, br", "*", "gzip;q=0.5, br"])
def test_feed_is_brotli_for_those_who_take_it_once_it_is_there(visit, accepted):
    visitor = visit(has_brotli=True)
    response = visitor.get(FEED, Accept_Encoding=accepted)
    assert response.headers["Content-Encoding"] == "br"
    assert brotli.decompress(response.data) == visitor.get(FEED).data


@pytest.mark.parametrize("accepted", ["gzip", "gzip, br;q=0.9", "br;q=0, gzip"])
def test_feed_is_gzip_for_those_who_like_it_better_than_brotli(visit, accepted):
    assert visit(has_brotli=True).get(FEED, Accept_Encoding=accepted).headers["Content-Encoding"] == "gzip"


def test_an_app_that_has_the_feed_in_gzip_need_not_fetch_it_again_in_brotli(visit):
    tag = visit().get(FEED, Accept_Encoding="gzip, br").headers["ETag"]
    later = visit(has_brotli=True).get(FEED, Accept_Encoding="gzip, br", If_None_Match=f'"other", {tag}')
    assert (later.status_code, later.headers["ETag"]) == (304, tag)


def test_each_coding_has_its_own_strong_tag(visit):
    visitor = visit()
    plain, packed = visitor.get(FEED), visitor.get(FEED, Accept_Encoding="gzip")
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert not plain.headers["ETag"].startswith("W/")
    assert visitor.get(FEED, If_None_Match=packed.headers["ETag"]).status_code == 200


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_an_unchanged_feed_is_304_with_its_tag_and_no_body(visit, coding):
    visitor = visit()
    tag = visitor.get(FEED, Accept_Encoding=coding).headers["ETag"]
    response = visitor.get(FEED, Accept_Encoding=coding, If_None_Match=f"W/{tag}")
    assert (response.status_code, response.data, response.headers["ETag"]) == (304, b"", tag)
    assert response.headers["Vary"] == "Accept-Encoding"
    assert "max-age" in response.headers["Cache-Control"]


def test_an_app_that_knows_only_dates_gets_304_too(visit):
    visitor = visit()
    assert visitor.get(FEED, If_Modified_Since=http_date(NOON)).status_code == 304
    assert visitor.get(FEED, If_Modified_Since=http_date(NOON - timedelta(days=1))).status_code == 200


def test_head_has_the_headers_of_get_and_no_body(visit):
    visitor = visit()
    got, head = visitor.get(FEED), visitor.ask("HEAD", FEED)
    assert head.data == b""
    assert [head.headers[name] for name in ("Content-Length", "ETag")] == [str(len(got.data)), got.headers["ETag"]]


def test_a_range_of_a_feed_is_ignored(visit):
    response = visit().get(FEED, Range="bytes=0-9")
    assert response.status_code == 200
    assert "Accept-Ranges" not in response.headers


@pytest.mark.parametrize(("due_in", "max_age"), [(None, 300), (7200, 300), (42, 42), (-5, 0)])
def test_caches_end_when_the_next_episode_is_due(visit, due_in, max_age):
    due_at = None if due_in is None else NOON + timedelta(seconds=due_in)
    assert visit(due_at=due_at).get(FEED).headers["Cache-Control"] == f"public, max-age={max_age}"


def test_no_cache_keeps_a_refusal_for_the_next_app(visit):
    response = visit().get(FEED, If_Match='"other"')
    assert (response.status_code, response.headers["Cache-Control"]) == (412, "no-store")


def test_a_hub_is_named_in_a_header_of_every_answer_that_is_the_feed(visit):
    visitor = visit(link='<https://hub.example/>; rel="hub"')
    tag = visitor.get(FEED).headers["ETag"]
    answers = [visitor.get(FEED), visitor.ask("HEAD", FEED), visitor.get(FEED, If_None_Match=tag)]
    assert [answer.status_code for answer in answers] == [200, 200, 304]
    assert {answer.headers["Link"] for answer in answers} == {'<https://hub.example/>; rel="hub"'}


def test_without_a_hub_there_is_no_such_header(visit):
    assert "Link" not in visit().get(FEED).headers


def test_the_first_feed_redirects_to_the_show_it_first_meant(visit):
    response = visit().get("/feed.xml?from=app")
    assert (response.status_code, response.headers["Location"]) == (301, "/conversations/feed.xml?from=app")


def test_the_feed_of_a_renamed_show_redirects(visit):
    visitor = visit(show=make_show(slug="new"), errors={"old": Moved("new")})
    response = visitor.get("/old/feed.xml")
    assert (response.status_code, response.headers["Location"]) == (301, "/new/feed.xml")
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_an_unknown_feed_is_404_in_plain_text(visit):
    response = visit().get("/nothing/feed.xml")
    assert (response.status_code, response.mimetype) == (404, "text/plain")
