"""The feed over HTTP: exact bytes, cheap to ask for again, the same as the command writes."""

import gzip
import json
from email.utils import parsedate_to_datetime

import pytest
from feed_addresses import items_of
from serving import SAMPLE, SHOW, castalogue, ledger

FEED = f"/{SHOW}/feed.xml"


def place_of(served):
    """Options that name a served library and its index."""
    return "--library", served.library, "--data", served.home / "index"


@pytest.fixture(scope="module")
def first(sample):
    return sample.ask(FEED)


def test_the_feed_says_what_it_is(first):
    assert first.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert first.headers["content-length"] == str(len(first.body))
    assert first.headers["vary"] == "Accept-Encoding"
    assert not first.headers["etag"].startswith("W/")


def test_asked_twice_the_feed_is_the_same_bytes(first, sample):
    assert sample.ask(FEED).body == first.body


def test_an_app_that_has_the_feed_gets_304_by_etag(first, sample):
    answer = sample.ask(FEED, If_None_Match=first.headers["etag"])
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", first.headers["etag"])


def test_an_app_that_has_the_feed_gets_304_by_date(first, sample):
    assert parsedate_to_datetime(first.headers["last-modified"])
    answer = sample.ask(FEED, If_Modified_Since=first.headers["last-modified"])
    assert (answer.status, answer.body) == (304, b"")


def test_an_app_with_an_older_feed_gets_the_new_one(first, sample):
    old = sample.ask(FEED, If_None_Match='"old"', If_Modified_Since=first.headers["last-modified"])
    assert (old.status, old.body == first.body) == (200, True)


def test_compressed_it_is_the_same_feed_with_an_etag_of_its_own(first, sample):
    packed = sample.ask(FEED, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == first.body
    assert packed.headers["etag"] != first.headers["etag"]
    assert sample.ask(FEED, Accept_Encoding="gzip", If_None_Match=packed.headers["etag"]).status == 304


def test_the_short_address_leads_to_the_feed_for_ever(sample):
    answer = sample.ask("/feed.xml")
    assert (answer.status, answer.headers["location"]) == (301, FEED)


def test_the_command_writes_the_served_bytes(first, sample):
    written = castalogue(sample.home, "feed", SHOW, *place_of(sample), "--base-url", sample.url)
    assert (written.returncode, written.stdout == first.body) == (0, True), written.stderr


def test_the_sample_has_neither_error_nor_warning_at_a_public_address(sample):
    address = ("--base-url", "https://pods.example.org")
    done = castalogue(sample.home, "check", "--strict", "--json", *place_of(sample), *address)
    levels = {finding["level"] for finding in json.loads(done.stdout)["findings"]}
    assert (done.returncode, levels - {"advice"}) == (0, set()), done.stdout


def test_serving_the_sample_writes_nothing_into_it(sample):
    before = {path.relative_to(SAMPLE): path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()}
    after = {p.relative_to(sample.library): p.read_bytes() for p in sample.library.rglob("*") if p.is_file()}
    assert before == after


def test_the_start_screen_says_where_it_is_and_who_can_subscribe(sample):
    assert f"  Site  {sample.url}/" in sample.messages
    assert f"  Feed  {sample.url}{FEED}" in sample.messages
    assert "Only this computer can subscribe." in sample.messages


def test_the_feed_has_the_identities_of_the_ledger(first, sample):
    guids = {line["guid"] for line in ledger(sample.library).values()}
    assert {item.guid for item in items_of(first.body)} <= guids
