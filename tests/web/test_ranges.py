"""Every row of what a podcast app may ask of a file of 10,240 bytes, and what it gets."""

from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.datastructures import Headers
from werkzeug.http import http_date

from web.ranges import Facts, respond

SIZE, ETAG, MODIFIED = 10_240, '"sha256-abc"', datetime(2021, 10, 5, 12, tzinfo=UTC)
BEFORE, SAME, AFTER = (http_date(MODIFIED + timedelta(hours=hours)) for hours in (-1, 0, 1))
WHOLE = [range(SIZE)]


def ask(method="GET", size=SIZE, **headers):
    named = Headers((name.replace("_", "-"), value) for name, value in headers.items())
    return respond(Facts(size=size, etag=ETAG, modified=MODIFIED), named, method=method)


def parts(outcome):
    """The file's bytes in an answer, without what frames them."""
    return [segment for segment in outcome.segments if isinstance(segment, range)]


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
        ("bytes=0-9,99999-", 0, 9),
        ("bytes=-0,0-9", 0, 9),
        ("bytes=,0-9,", 0, 9),
    ],
)
def test_a_range_gets_exactly_its_bytes(asked, first, last):
    outcome = ask(Range=asked)
    assert (outcome.status, outcome.segments) == (206, (range(first, last + 1),))
    assert dict(outcome.headers)["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert dict(outcome.headers)["Content-Length"] == str(last - first + 1) == str(outcome.length)


@pytest.mark.parametrize(
    "asked",
    [
        "abc",
        "0-9",
        "bytes=9-5",
        "bytes=-",
        "bytes=",
        "bytes=,",
        "items=0-9",
        "bytes=0-9,x",
        "bytes=0-9,9-5",
        "bytes=0x1-9",
        "bytes=1-2-3",
        "bytes=+1-2",
        "bytes=--5",
        "bytes 0-9",
        f"bytes={'9' * 5000}-",
        "bytes=٣-٤",
    ],
)
def test_a_range_nobody_can_read_is_ignored(asked):
    outcome = ask(Range=asked)
    assert (outcome.status, parts(outcome)) == (200, WHOLE)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("bytes=0-9,20-29", [range(10), range(20, 30)]),
        ("bytes=20-29, 0-9", [range(20, 30), range(10)]),
        ("bytes=0-9,10-19", [range(10), range(10, 20)]),
        ("bytes=0-0,-1", [range(1), range(10_239, 10_240)]),
        ("bytes=0-0,99999-,2-2,4-4,6-6", [range(1), range(2, 3), range(4, 5), range(6, 7)]),
    ],
)
def test_up_to_four_ranges_that_share_no_byte_come_as_they_were_asked_for(asked, wanted):
    outcome = ask(Range=asked)
    assert (outcome.status, parts(outcome)) == (206, wanted)
    assert "Content-Range" not in dict(outcome.headers)


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-9,5-14",
        "bytes=0-,0-",
        "bytes=5-9,0-99",
        "bytes=-5,10239-",
        "bytes=0-0,2-2,4-4,6-6,8-8",
        f"bytes={','.join(['0-'] * 1000)}",
        f"bytes={','.join(['99999-'] * 1000)}",
    ],
)
def test_more_ranges_or_overlapping_ones_get_the_whole_file_once(asked):
    outcome = ask(Range=asked)
    assert (outcome.status, parts(outcome), outcome.length) == (200, WHOLE, SIZE)


def test_several_ranges_are_framed_each_with_its_type_and_place():
    facts = Facts(size=SIZE, etag=ETAG, modified=None, content_type="audio/mpeg")
    outcome = respond(facts, Headers({"Range": "bytes=0-1,-2"}), method="GET")
    body = b"".join(b"x" * len(one) if isinstance(one, range) else one for one in outcome.segments)
    headers = dict(outcome.headers)
    boundary = headers["Content-Type"].partition("multipart/byteranges; boundary=")[2]
    assert headers["Content-Length"] == str(len(body))
    assert body.decode() == "".join(
        f"\r\n--{boundary}\r\nContent-Type: audio/mpeg\r\nContent-Range: bytes {place}/{SIZE}\r\n\r\nxx"
        for place in ("0-1", "10238-10239")
    ) + (f"\r\n--{boundary}--\r\n")


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=99999-100000", "bytes=-0", "bytes=99999-,88888-,-0"])
def test_a_range_beyond_the_end_says_how_long_the_file_is(asked):
    outcome = ask(Range=asked)
    assert (outcome.status, outcome.length, outcome.is_refusal) == (416, 0, True)
    assert dict(outcome.headers)["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=0-9,20-29", "bytes=99999-"])
def test_head_has_the_full_length_and_no_body_even_with_a_range(asked):
    outcome = ask("HEAD", Range=asked)
    assert (outcome.status, outcome.length, dict(outcome.headers)["Content-Length"]) == (200, 0, str(SIZE))


@pytest.mark.parametrize("asked", ["bytes=0-0", "bytes=-1", "bytes=5-"])
def test_an_empty_file_has_no_ranges(asked):
    assert (ask(size=0, Range=asked).status, ask(size=0).length) == (200, 0)


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
    assert dict(outcome.headers) == {"ETag": ETAG}


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


def test_a_condition_is_asked_before_any_range():
    assert ask(If_Match='"other"', Range="bytes=0-9").status == 412
    assert ask(If_None_Match='"other"', Range="bytes=0-9").status == 206


@pytest.mark.parametrize(
    ("name", "status"), [("If_Modified_Since", 206), ("If_Unmodified_Since", 206), ("If_Range", 200)]
)
def test_a_date_beyond_all_calendars_is_ignored(name, status):
    assert ask(Range="bytes=0-0", **{name: "Mon, 01 Jan 2024 00:00:00 +9999999999999999"}).status == status
