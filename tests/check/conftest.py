"""A feed without a flaw, and the linter over what a test makes of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Finding
from catalogue.check.run import check_feed

FEED_URL = "https://example.org/talk/feed.xml"
PERFECT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Garden Talk</title>
<link>https://example.org/talk/</link>
<description>Two people and a garden.</description>
<language>en-us</language>
<copyright>Garden Talk</copyright>
<lastBuildDate>Tue, 12 Oct 2021 08:00:00 +0000</lastBuildDate>
<atom:link href="https://example.org/talk/feed.xml" rel="self" type="application/rss+xml"/>
<itunes:author>Garden Talk</itunes:author>
<itunes:type>episodic</itunes:type>
<itunes:explicit>false</itunes:explicit>
<itunes:category text="Leisure"><itunes:category text="Home &amp; Garden"/></itunes:category>
<itunes:image href="https://example.org/media/cover.jpg"/>
<itunes:owner><itunes:name>Garden Talk</itunes:name><itunes:email>talk@example.org</itunes:email></itunes:owner>
<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
<podcast:locked>yes</podcast:locked>
<podcast:license>CC-BY-4.0</podcast:license>
<podcast:person>Another gardener</podcast:person>
<podcast:location geo="geo:52.5,13.4" osm="R62422" country="DE">Berlin</podcast:location>
<podcast:updateFrequency rrule="FREQ=WEEKLY">Weekly</podcast:updateFrequency>
<item>
<title>Compost</title>
<guid isPermaLink="false">guid-2</guid>
<pubDate>Tue, 12 Oct 2021 08:00:00 +0000</pubDate>
<description><![CDATA[<p>All about compost.</p>]]></description>
<content:encoded><![CDATA[<h2>Compost</h2><p>All about it.</p>]]></content:encoded>
<enclosure url="https://example.org/media/compost.mp3" length="2000" type="audio/mpeg"/>
<itunes:duration>1200</itunes:duration>
<itunes:season>1</itunes:season><itunes:episode>2</itunes:episode>
<podcast:season>1</podcast:season><podcast:episode>2</podcast:episode>
<itunes:episodeType>full</itunes:episodeType>
<itunes:explicit>false</itunes:explicit>
<podcast:person role="host">A gardener</podcast:person>
<podcast:transcript url="https://example.org/media/compost.vtt" type="text/vtt" language="en"/>
<podcast:chapters url="https://example.org/media/compost.json" type="application/json+chapters"/>
<podcast:soundbite startTime="60" duration="30.5">The heap</podcast:soundbite>
<podcast:alternateEnclosure type="audio/opus" length="900">
<podcast:source uri="https://example.org/media/compost.opus"/></podcast:alternateEnclosure>
</item>
<item>
<title>Mulch</title>
<guid>https://example.org/talk/mulch/</guid>
<pubDate>Tue, 05 Oct 2021 08:00:00 GMT</pubDate>
<description>All about mulch.</description>
<enclosure url="https://example.org/media/mulch.m4a" length="1000" type="audio/x-m4a"/>
<itunes:duration>600</itunes:duration>
<itunes:episode>1</itunes:episode>
</item>
</channel>
</rss>
"""
FACTS = FeedFacts(
    now=datetime(2021, 10, 13, tzinfo=UTC),
    show_guid="9b024349-ccf0-5f69-a609-6b82873eab3c",
    lengths={"https://example.org/media/compost.mp3": 2000},
    types={"https://example.org/media/compost.mp3": "audio/mpeg"},
    durations={"https://example.org/media/compost.mp3": timedelta(seconds=1201)},
    chapters={
        "https://example.org/media/compost.json": b'{"version": "1.2.0", "chapters":'
        b'[{"startTime": 0}, {"startTime": 60.5}, {"startTime": 900}]}'
    },
    published_guids=frozenset({"guid-2", "guid-9"}),
    guid_by_audio={"https://example.org/media/compost.mp3": "guid-2"},
)

Check = Callable[..., tuple[Finding, ...]]


def _check(changes: Mapping[str, str] | None = None, **facts: object) -> tuple[Finding, ...]:
    text = PERFECT
    for old, new in (changes or {}).items():
        assert old in text, f"the feed of the tests does not hold {old!r}"
        text = text.replace(old, new, 1)
    return check_feed(text.encode(), url=FEED_URL, facts=dataclasses.replace(FACTS, **facts))


@pytest.fixture
def check() -> Check:
    """Check the perfect feed with texts replaced (each once) and facts changed."""
    return _check


@pytest.fixture(scope="session")
def perfect_feed() -> bytes:
    return PERFECT.encode()
