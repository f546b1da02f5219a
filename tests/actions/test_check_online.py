"""What the addresses of a feed answer, judged; every answer comes from this machine."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from small_web import redirect, reply
from sound_site import CHAPTERS, CORS, FEED, RSS, SoundSite, picture, publisher

from catalogue.actions.check_asking import Asking
from catalogue.actions.check_stranger import check_address_online, check_file_online
from catalogue.outside.guard import read_guard
from catalogue.outside.limits import Limits

JUDGED = {"N01", "N02", "N03", "N04", "N05", "N06", "C09", "C10", "I20", "P03", "P04", "P12", "I04", "I07"}
QUICK = Limits(connect=timedelta(seconds=0.4), read=timedelta(seconds=0.4), whole=timedelta(seconds=0.6))


@pytest.fixture
def site():
    opened = SoundSite()
    yield opened
    opened.close()


@pytest.fixture
def asking():
    return Asking(guard=read_guard("127.0.0.1"))


@pytest.fixture
def found(site, asking, box):
    """Rule → what it says, of the rules that look at answers."""

    def check():
        checked = check_address_online(site.url("/feed.xml"), asking, box=box)
        return {one.rule: one.message for one in reversed(checked.findings) if one.rule in JUDGED}

    return check


def test_a_sound_site_has_no_fault(found):
    assert found() == {}


def test_what_is_asked_is_little(site, found):
    found()
    asked = sorted(" ".join(one.split(" ")[:2]) for one in site.heard)
    assert asked == sorted(
        ["GET /feed.xml"] * 2
        + ["HEAD /feed.xml", "HEAD /a.mp3", "GET /a.mp3", "HEAD /a.vtt", "GET /a.json", "GET /publisher.xml"]
        + [f"{method} {path}" for method in ("HEAD", "GET") for path in ("/cover.jpg", "/episode.png")]
    )


@pytest.mark.parametrize(
    ("target", "answer", "rule_and_words"),
    [
        ("HEAD /a.mp3", reply(status="405 No"), "N01 It answers 405 to HEAD, which directories ask first."),
        ("HEAD /a.vtt", reply(status="404 No"), "N01 It answers 404."),
        ("HEAD /cover.jpg", reply(status="500 Oh"), "N01 It answers 500."),
        ("HEAD /feed.xml", reply(status="405 No"), "N01 It answers 405."),
        ("HEAD /a.mp3", redirect("/a.mp3"), "N01 It redirects in a circle."),
        ("HEAD /a.mp3", reply(b"", "Content-Length: 1999"), "I04 Its server says that it has 1999 bytes."),
        (
            "HEAD /a.mp3",
            reply(b"", "Content-Length: 2000", "Content-Type: audio/ogg"),
            "I07 Its server says that it is audio/ogg.",
        ),
        ("GET /a.mp3", reply(b"all of it"), "N02 Asked for two bytes, it sends the whole file."),
        ("GET /a.mp3", reply(b"", "Content-Length: 2147483648"), "N02 Asked for two bytes, it sends the whole*"),
        ("GET /a.mp3", reply(status="416 No"), "N02 Asked for two bytes, it answers 416."),
        ("GET /a.mp3", reply(b"ID", "Content-Range: bytes 0-1/9", status="206 P"), "N02 HEAD says it has 2000*"),
        ("GET /a.mp3", reply(b"ID", status="206 P"), "N02 Asked for two bytes, it answers with the range “”."),
        ("HEAD /a.mp3", reply(status="401 Who"), "N05 It asks for a password, which no directory has."),
        ("/a.vtt", reply(b"WEBVTT", "Content-Type: text/vtt"), "P03 Players in web pages cannot read it*"),
        ("/a.vtt", reply(b"WEBVTT", "Content-Type: text/html", CORS), "P03 It is served as text/html, and*"),
        ("/a.json", reply(b"{", "Content-Type: application/json", CORS), "P04 The chapters file is no JSON."),
        ("/a.json", reply(b"[]", "Content-Type: application/json", CORS), "P04 The chapters file has no list*"),
        ("/publisher.xml", reply(b"<html/>"), "P12 The publisher's feed cannot be read. This is no RSS feed*"),
        ("/publisher.xml", reply(publisher("other")), "P12 The publisher's feed does not list this show*"),
        ("/a.json", reply(CHAPTERS, "Content-Type: text/plain", CORS), "P04 It is served as text/plain, and not*"),
    ],
)
def test_an_answer_with_a_fault_is_found(site, found, target, answer, rule_and_words):
    site.answers[target] = answer
    rule, _, says = rule_and_words.partition(" ")
    assert found()[rule].startswith(says.rstrip("*"))


@pytest.mark.parametrize(
    ("target", "body", "rule_and_words"),
    [
        ("/cover.jpg", lambda: picture("JPEG", 1000), "C09 The cover has 1000 × 1000 pixels; at least*"),
        ("/cover.jpg", lambda: picture("JPEG", 3010), "C09 The cover has 3010 × 3010 pixels; at most*"),
        ("/cover.jpg", lambda: picture("JPEG", 1500, height=1600), "C09 The cover has 1500 × 1600 pixels; it must be*"),
        ("/cover.jpg", lambda: picture("JPEG", 1500, mode="CMYK"), "C09 The colours of the cover are not RGB*"),
        ("/cover.jpg", lambda: picture("PNG", 1500), "C09 The cover is png, and its address ends in .jpg."),
        ("/cover.jpg", lambda: picture("JPEG", 1500)[:999], "C09 This is no JPEG, PNG or WebP that can*"),
        ("/cover.jpg", lambda: b"<html>", "C09 This is no JPEG, PNG or WebP that can be decoded*"),
        ("/cover.jpg", lambda: bytes(9_000_000), "C09 The cover has more than 8 MiB*"),
        ("/cover.jpg", lambda: picture("JPEG", 1500), "C10 The cover has 1500 × 1500 pixels; large screens*"),
        ("/cover.jpg", lambda: picture("PNG", 1500, mode="RGBA"), "C10 Parts of the cover are transparent."),
        ("/episode.png", lambda: picture("PNG", 900), "I20 The cover has 900 × 900 pixels; at least*"),
    ],
)
def test_a_picture_with_a_fault_is_found(site, found, target, body, rule_and_words):
    site.answers[target] = reply(body())
    rule, _, says = rule_and_words.partition(" ")
    assert found()[rule].startswith(says.rstrip("*"))


@pytest.mark.parametrize(
    ("headers", "rule_and_words"),
    [
        ((RSS,), "N03 The feed has neither ETag nor Last-Modified."),
        ((RSS, 'ETag: "2"'), "N03 Asked again, it answers 200 with the same feed, and not 304."),
        (("Content-Type: text/plain", 'ETag: "1"'), "N04 Its Content-Type is none of a feed*"),
        (("Content-Type: text/xml; charset=latin1", 'ETag: "1"'), "N04 Its Content-Type names another charset*"),
        ((RSS, 'ETag: "1"', 'Link: <https://hub.example/>; rel="hub"'), "N06 The hub stands only in the Link*"),
    ],
)
def test_a_feed_that_is_served_with_a_fault_is_found(site, found, headers, rule_and_words):
    site.set_feed(FEED, *headers)
    rule, _, says = rule_and_words.partition(" ")
    assert found()[rule].startswith(says.rstrip("*"))


def test_a_large_feed_that_is_sent_unpacked_is_remarked(site, found):
    site.set_feed(FEED.replace("garden.", "garden. " * 300))
    assert found()["N04"].startswith("It is sent unpacked")


def test_a_host_that_says_nothing_is_asked_three_times_and_then_let_alone(site, asking, box):
    silent = threading.Event()
    item = '<item><guid>{0}</guid><enclosure url="{{base}}/s{0}.mp3" length="1" type="audio/mpeg"/></item>'
    items = "".join(item.format(n) for n in range(9))
    site.set_feed(FEED.partition("<item>")[0].replace("cover.jpg", "s0.mp3") + items + "</channel></rss>")
    site.answers |= {f"HEAD /s{n}.mp3": lambda: (b"" for _ in range(2) if not silent.wait(1)) for n in range(9)}
    checked = check_address_online(site.url("/feed.xml"), replace(asking, limits=QUICK), box=box)
    silent.set()
    assert checked.unasked == 5
    assert [one.message for one in checked.findings if one.rule == "N01"] == [
        "It says nothing for 0.4 s. Try again later. So do 3 more addresses there."
    ]


def test_no_more_addresses_are_asked_than_is_said(site, asking, box):
    checked = check_address_online(site.url("/feed.xml"), replace(asking, most_addresses=2), box=box)
    assert checked.unasked == 4
    assert not any("a.vtt" in one for one in site.heard)


def test_nobody_is_asked_once_the_time_is_over(site, asking, box):
    checked = check_address_online(site.url("/feed.xml"), replace(asking, whole=timedelta(0)), box=box)
    assert checked.unasked == 6


def test_addresses_of_a_private_network_are_not_asked(site, tmp_path, box):
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED.format(base=site.base), "utf-8")
    checked = check_file_online(feed, Asking(guard=read_guard("")), box=box)
    said = [one.message for one in checked.findings if one.rule == "N01"]
    assert len(said) == 1
    assert "not a public address" in said[0]
    assert site.heard == []


def test_the_feed_in_a_file_is_asked_nothing_itself(site, asking, tmp_path, box):
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED.format(base=site.base), "utf-8")
    checked = check_file_online(feed, asking, box=box)
    assert {one.rule for one in checked.findings} & JUDGED == set()
    assert not any("/feed.xml" in one for one in site.heard)
