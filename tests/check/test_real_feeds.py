"""Feeds that others made: none is too much, and what is right in them is not called wrong."""

from __future__ import annotations

import time

import pytest

from catalogue.check.facts import FeedFacts
from catalogue.check.run import check_feed

ENDINGS = {".xml", ".rss", ".atom"}
# What the namespace's own example leaves out or only pretends: its address, a real GUID, durations, transcripts as
# WebVTT; and its titles begin with a number.
TRUE_OF_THE_EXAMPLE = {
    ("C12", "warning"),
    ("C13", "warning"),
    ("I02", "warning"),
    ("I15", "warning"),
    ("P03", "advice"),
}


@pytest.mark.corpus
def test_no_real_feed_raises_or_takes_long(corpus):
    feeds = [path for path in sorted((corpus / "feeds").rglob("*")) if path.suffix in ENDINGS]
    begun = time.process_time()

    verdicts = [check_feed(path.read_bytes(), url="https://example.org/feed.xml", facts=FeedFacts()) for path in feeds]

    assert len(verdicts) >= 200
    assert all(isinstance(findings, tuple) and findings for findings in verdicts)
    assert time.process_time() - begun < 10


@pytest.mark.corpus
def test_namespace_s_own_example_gives_no_false_alarm(corpus):
    path = corpus / "feeds" / "Podcastindex-org__podcast-namespace" / "example.xml"

    findings = check_feed(path.read_bytes(), url=None, facts=FeedFacts())

    assert {(one.rule, one.level.value) for one in findings} == TRUE_OF_THE_EXAMPLE
