"""Feeds that somebody else wrote, in files and on the web: each bad one costs a sentence, and little else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from small_web import redirect, reply
from sound_site import FEED, RSS, SoundSite

from catalogue.actions.check_asking import Asking
from catalogue.actions.check_stranger import check_address, check_file
from catalogue.outside.guard import read_guard
from catalogue.outside.limits import Limits
from catalogue.sandbox import Box
from catalogue.sandbox import Limits as SandboxLimits

QUICK = Limits(connect=timedelta(seconds=0.4), read=timedelta(seconds=0.4), whole=timedelta(seconds=0.6))


@pytest.fixture(scope="module")
def site():
    opened = SoundSite()
    yield opened
    opened.close()


@pytest.fixture
def asking():
    return Asking(guard=read_guard("127.0.0.1"), feed_limits=QUICK)


def test_a_feed_is_fetched_from_its_address_and_judged(site, asking, box):
    checked = check_address(site.url("/feed.xml"), asking, box=box)
    assert checked.name == site.url("/feed.xml")
    assert {"C05", "C14"} <= {one.rule for one in checked.findings}
    assert {one.file for one in checked.findings} == {checked.name}
    assert "C12" not in {one.rule for one in checked.findings}
    assert all(one.mend and one.source for one in checked.findings)


def test_a_feed_that_moved_is_judged_by_the_address_that_it_gives_itself(site, asking, box):
    site.answers["/old"] = redirect("/feed.xml")
    assert "C12" not in {one.rule for one in check_address(site.url("/old"), asking, box=box).findings}


def test_a_feed_that_lives_elsewhere_is_told_so(site, asking, box):
    site.answers["/copy"] = reply(FEED.format(base="https://example.org").encode(), RSS)
    assert "C12" in {one.rule for one in check_address(site.url("/copy"), asking, box=box).findings}


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            reply(b"<!DOCTYPE html><html><p>Hi", "Content-Type: text/html"),
            "This is a web page and no feed. Look on it*",
        ),
        (reply(b"<html/>", "Content-Type: text/html; charset=utf-8"), "This is a web page and no feed. Look on it*"),
        (reply(b"not here", status="404 Not Found"), "It answers 404, and no feed."),
        (reply(b"", "Content-Length: 2147483648"), "It is larger than 50 MiB, and was not taken."),
        (reply(b"", RSS), "There is no XML here.*"),
        (redirect("/bad"), "It redirects in a circle."),
        (redirect("http://10.0.0.1/"), "This leads to 10.0.0.1, which is not a public address.*"),
        (lambda: iter(()), "Its answer breaks off, or is no HTTP*"),
    ],
)
def test_what_is_no_feed_is_one_sentence(site, asking, answer, sentence, box):
    site.answers["/bad"] = answer
    limits = Limits(connect=QUICK.connect, read=QUICK.read, whole=QUICK.whole)
    (one,) = check_address(site.url("/bad"), replace(asking, feed_limits=limits), box=box).findings
    assert one.message.startswith(sentence.rstrip("*"))
    assert one.level.value == "error"


def test_an_address_that_never_answers_is_one_sentence(site, asking, box):
    site.answers["/slow"] = lambda: (b"" for _ in range(2) if not site.over.wait(1))
    (one,) = check_address(site.url("/slow"), asking, box=box).findings
    assert (one.rule, one.message) == ("N01", "It says nothing for 0.4 s. Try again later.")


@pytest.mark.parametrize("url", ["http://", "https://user:secret@[::1/", "http://127.0.0.1:1/feed"])
def test_what_cannot_be_asked_is_one_sentence(url, box):
    (one,) = check_address(url, Asking(guard=read_guard("")), box=box).findings
    assert one.rule == "N01"
    assert "secret" not in f"{one.message} {one.where}"


def test_a_feed_that_costs_more_than_a_feed_may_is_one_finding(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_text(FEED, "utf-8")
    with Box(1, SandboxLimits(cpu_seconds=5, wall_seconds=0.01)) as small:
        (one,) = check_file(file, box=small).findings
    assert (one.rule, one.level.value) == ("X06", "error")
    assert one.message.startswith("It could not be read: it took longer than")


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>', "X01"),
        ('<rss version="2.0"><channel><item><title>Half', "X01"),
        ("<rss " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>", "X01"),
        ("<feed/>", "X02"),
    ],
)
def test_a_file_that_is_no_feed_is_one_finding_with_its_line(tmp_path, content, rule, box):
    file = tmp_path / "feed.xml"
    file.write_text(content, "utf-8")
    (one,) = check_file(file, box=box).findings
    assert (one.rule, one.file) == (rule, str(file))
    assert one.file_line
