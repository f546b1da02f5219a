"""Rules over answers that no small web can give: certificates, the way from https to http, many addresses at once."""

import pytest

from catalogue.check.facts import FeedFacts
from catalogue.check.online import FeedReply, OnlineReplies, Reply
from catalogue.check.run_online import check_online
from catalogue.feed_reading import read_feed

AUDIO = "https://example.org/media/compost.mp3"
OTHER = "https://example.org/media/mulch.m4a"
GOOD = Reply(status=200, size_bytes=2000, range_status=206, content_range="bytes 0-1/2000")


@pytest.fixture
def judged(perfect_feed):
    """Rule and sentence of what is found where addresses answered so."""

    def judge(replies=None, feed=None):
        document = read_feed(perfect_feed, url="https://example.org/talk/feed.xml")
        online = OnlineReplies(replies=replies or {}, feed=feed)
        plain = set(check_online(document, facts=FeedFacts(), online=OnlineReplies()))
        found = check_online(document, facts=FeedFacts(), online=online)
        return [(one.rule, one.level.value, one.message) for one in found if one not in plain]

    return judge


def test_nothing_is_said_of_what_was_not_asked(judged):
    assert judged() == []


def test_a_certificate_that_nobody_can_trust_is_an_error_of_its_own_rule(judged):
    reply = Reply(failure="Its certificate cannot be trusted.", failure_code="outside-certificate")
    assert judged({AUDIO: reply}) == [("N05", "error", "Its certificate cannot be trusted.")]


def test_the_way_from_https_to_http_is_a_warning(judged):
    reply = Reply(**{**vars(GOOD), "is_downgraded": True})
    assert [one[:2] for one in judged({AUDIO: reply})] == [("N05", "warning")]


def test_the_same_fault_of_many_addresses_of_a_host_is_told_once(judged):
    silent = Reply(failure="It says nothing for 15 s.", failure_code="outside-slow")
    assert judged({AUDIO: silent, OTHER: silent}) == [
        ("N01", "error", "It says nothing for 15 s. So does one more there.")
    ]


def test_audio_whose_length_nobody_says_is_an_error(judged):
    reply = Reply(status=200, range_status=206, content_range="bytes 0-1/2000")
    assert [one[0] for one in judged({AUDIO: reply})] == ["N01"]


def test_a_feed_that_never_came_is_one_finding(judged):
    assert [one[0] for one in judged(feed=FeedReply(head=Reply(failure="No.", failure_code="outside-slow")))] == ["N01"]


@pytest.mark.parametrize(
    ("links", "says"),
    [
        ('<https://hub.example/>; rel="hub"', ["The hub stands only in the Link header.", "names 0 addresses"]),
        (
            '<https://a/>; rel=self, <https://b/>; rel="self", <https://h/>; rel=hub',
            ["only in the", "names 2 addresses"],
        ),
        ("", []),
    ],
)
def test_hubs_in_the_header_alone_are_found(judged, links, says):
    feed = FeedReply(
        head=Reply(status=200), media_type="text/xml", size_bytes=9, etag="1", again_status=304, links=links
    )
    found = judged(feed=feed)
    assert {one[0] for one in found} <= {"N06"}
    assert all(any(said in one[2] for one in found) for said in says)
    assert len(found) == len(says)
