from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.datastructures import Headers
from werkzeug.http import http_date

from web.ranges import respond

SIZE, ETAG, MODIFIED = 10_240, '"sha256-abc"', datetime(2021, 10, 5, 12, tzinfo=UTC)
BEFORE, SAME, AFTER = (http_date(MODIFIED + timedelta(hours=hours)) for hours in (-1, 0, 1))


def ask(method="GET", size=SIZE, **headers):
    named = Headers((name.replace("_", "-"), value) for name, value in headers.items())
    return respond(named, method=method, size=size, etag=ETAG, modified=MODIFIED)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=100-", 100, 10_239),
        ("bytes=-500", 9_740, 10_239),
        ("bytes=-99999", 0, 10_239),
        ("bytes=10239-10239", 10_239, 10_239),
        ("bytes=5-99999", 5, 10_239),
        ("Bytes= 0-0 ", 0, 0),
        (f"bytes=7-{2**64 - 1}", 7, 10_239),
    ],
)
def test_a_range_gets_exactly_its_bytes(asked, first, last):
    outcome = ask(Range=asked)
    assert (outcome.status, outcome.first, outcome.last) == (206, first, last)
    assert dict(outcome.headers)["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert dict(outcome.headers)["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize(
    "asked",
    ["abc", "0-9", "bytes=9-5", "bytes=-", "items=0-9", "bytes=0-9,20-29", "bytes=0-9,99999-", f"bytes={'9' * 5000}-"],
)
def test_a_range_nobody_can_read_is_ignored(asked):
    outcome = ask(Range=asked)
    assert (outcome.status, outcome.length) == (200, SIZE)


def test_a_thousand_ranges_get_the_whole_file_once():
    assert ask(Range="bytes=" + ",".join(["0-"] * 1000)).length == SIZE


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=99999-100000", "bytes=-0"])
def test_a_range_beyond_the_end_says_how_long_the_file_is(asked):
    outcome = ask(Range=asked)
    assert (outcome.status, outcome.length, outcome.is_refusal) == (416, 0, True)
    assert dict(outcome.headers)["Content-Range"] == f"bytes */{SIZE}"


def test_head_has_the_full_length_and_no_body_even_with_a_range():
    outcome = ask("HEAD", Range="bytes=0-9")
    assert (outcome.status, outcome.length, dict(outcome.headers)["Content-Length"]) == (200, 0, str(SIZE))


def test_an_empty_file_has_no_ranges():
    assert (ask(size=0, Range="bytes=0-0").status, ask(size=0).length) == (200, 0)


@pytest.mark.parametrize(
    ("condition", "status"),
    [(ETAG, 206), (SAME, 206), (f"W/{ETAG}", 200), ('"other"', 200), (BEFORE, 200), (AFTER, 200), ("nonsense", 200)],
)
def test_if_range_holds_for_the_very_tag_or_the_very_date_only(condition, status):
    assert ask(Range="bytes=5-9", If_Range=condition).status == status


@pytest.mark.parametrize("condition", [ETAG, f"W/{ETAG}", f'"x", {ETAG}', "*"])
def test_if_none_match_gives_304_before_any_range(condition):
    outcome = ask(If_None_Match=condition, Range="bytes=0-9")
    assert (outcome.status, outcome.length) == (304, 0)
    assert dict(outcome.headers)["ETag"] == ETAG
    assert "Content-Length" not in dict(outcome.headers)


def test_if_none_match_that_differs_outweighs_the_date():
    assert ask(If_None_Match='"other"', If_Modified_Since=AFTER).status == 200


@pytest.mark.parametrize(("since", "status"), [(BEFORE, 200), (SAME, 304), (AFTER, 304), ("yesterday", 200)])
def test_if_modified_since(since, status):
    assert ask(If_Modified_Since=since).status == status


@pytest.mark.parametrize(("since", "status"), [(BEFORE, 412), (SAME, 200), (AFTER, 200), ("yesterday", 200)])
def test_if_unmodified_since(since, status):
    assert ask(If_Unmodified_Since=since).status == status


@pytest.mark.parametrize(("condition", "status"), [(ETAG, 200), ("*", 200), ('"other"', 412), (f"W/{ETAG}", 412)])
def test_if_match_is_strong(condition, status):
    outcome = ask(If_Match=condition)
    assert (outcome.status, outcome.length) == (status, SIZE if status == 200 else 0)


def test_if_match_outweighs_if_unmodified_since():
    assert ask(If_Match=ETAG, If_Unmodified_Since=BEFORE).status == 200
