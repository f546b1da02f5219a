"""Every rule: the perfect feed with one thing wrong breaks it, and nothing else.

A case is the rule, the level of its finding, what to replace in the feed (conftest.py), and facts to change.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from catalogue.check.facts import FeedFacts
from catalogue.check.rule import RULES
from catalogue.check.run import check_feed

COMPOST = "https://example.org/media/compost.mp3"
CHAPTERS = "https://example.org/media/compost.json"
CATEGORY = '<itunes:category text="Leisure"><itunes:category text="Home &amp; Garden"/></itunes:category>'
SECOND_AUDIO = '<enclosure url="https://example.org/media/mulch.m4a" length="1000" type="audio/x-m4a"/>'
TWICE = {"mulch.m4a": "compost.mp3", "audio/x-m4a": "audio/mpeg"}
ITEM_EXPLICIT = "full</itunes:episodeType>\n<itunes:explicit>false"
SRT = '<podcast:transcript url="https://example.org/media/compost.srt" type="text/srt"/>'
OWNER = (
    "<itunes:owner><itunes:name>Garden Talk</itunes:name><itunes:email>talk@example.org</itunes:email></itunes:owner>"
)
CASES = [
    ("X01", "error", {'<?xml version="1.0" encoding="UTF-8"?>\n': ""}, {}),
    ("X01", "error", {"UTF-8": "ISO-8859-1"}, {}),
    ("X01", "error", {"<?xml": "\n<?xml"}, {}),
    ("X01", "error", {"<?xml": "\ufeff<?xml"}, {}),
    ("X01", "error", {"<rss": "<!DOCTYPE rss><rss"}, {}),
    ("X01", "error", {"Two people": "Two &nbsp; people"}, {}),
    ("X01", "error", {"Two people": "Two <b people"}, {}),
    ("X02", "error", {'version="2.0"': 'version="0.91"'}, {}),
    ("X02", "error", {"</channel>": "</channel><channel/>"}, {}),
    ("X03", "error", {"http://www.itunes.com/dtds": "http://www.itunes.com/DTDs"}, {}),
    ("X03", "error", {"<itunes:author>": "<pod:x/><itunes:author>"}, {}),
    ("X04", "error", {"<title>Mulch": "<title>Mul\x0bch"}, {}),
    ("X04", "error", {"<title>Mulch": "<title>Mul&#xFFFE;ch"}, {}),
    ("X04", "error", {"<title>Mulch": "<title>Mul\x92ch"}, {}),
    ("X05", "warning", {"<title>Mulch": "<title> Mulch"}, {}),
    ("X05", "warning", {"<title>Mulch": f"<title>{'Mulch ' * 50}Mulch"}, {}),
    ("X06", "advice", {"<content:encoded><![CDATA[": f"<content:encoded><![CDATA[{'.' * 1_000_000}"}, {}),
    ("X06", "warning", {"<content:encoded><![CDATA[": f"<content:encoded><![CDATA[{'.' * 2_000_000}"}, {}),
    ("C01", "error", {"<title>Garden Talk</title>": ""}, {}),
    ("C01", "error", {"<title>Garden Talk</title>": "<title>Garden Talk</title><title>Talk</title>"}, {}),
    ("C01", "advice", {"<title>Garden Talk": f"<title>{'Garden' * 20}"}, {}),
    ("C01", "advice", {"<title>Garden Talk": "<title>Talk | Garden | Compost | Soil"}, {}),
    ("C02", "error", {"Two people and a garden.": " "}, {}),
    ("C02", "error", {"Two people and a garden.": "ä" * 2001}, {}),
    ("C03", "error", {"<link>https://example.org/talk/</link>": ""}, {}),
    ("C03", "error", {"<link>https://example.org": "<link>"}, {}),
    ("C03", "error", {"<link>https://example.org/talk/": "<link>http://example.org/talk/feed.xml"}, {}),
    ("C04", "error", {"<language>en-us</language>": ""}, {}),
    ("C04", "error", {"en-us": "English"}, {}),
    ("C05", "error", {CATEGORY: ""}, {}),
    ("C05", "error", {'text="Leisure"': 'text="leisure"'}, {}),
    ("C05", "error", {'text="Leisure"': 'text="Arts"'}, {}),
    ("C06", "warning", {CATEGORY: '<itunes:category text="Games &amp; Hobbies"/>'}, {}),
    ("C07", "error", {"<itunes:explicit>false": "<itunes:explicit>maybe"}, {}),
    ("C07", "error", {"<itunes:explicit>false</itunes:explicit>": ""}, {}),
    ("C07", "warning", {"<itunes:explicit>false": "<itunes:explicit>clean"}, {}),
    ("C08", "error", {'href="https://example.org/media/cover.jpg"': ""}, {}),
    ("C08", "error", {'<itunes:image href="https://example.org/media/cover.jpg"/>': ""}, {}),
    ("C12", "warning", {'rel="self"': 'rel="alternate"'}, {}),
    ("C12", "warning", {'href="https://example.org/talk/feed.xml"': 'href="https://example.org/old.xml"'}, {}),
    ("C12", "warning", {'href="https://example.org/talk/feed.xml"': 'href="/talk/feed.xml"'}, {}),
    ("C13", "warning", {"<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>": ""}, {}),
    ("C13", "warning", {"9b024349-ccf0-5f69": "9b024349"}, {"show_guid": None}),
    ("C13", "advice", {"9b024349-ccf0-5f69": "9b024349-ccf0-4f69"}, {"show_guid": None}),
    ("C13", "error", {}, {"show_guid": "917393e3-1b1e-5cef-ace4-edaa54e1f810"}),
    ("C14", "warning", {"<podcast:locked>yes</podcast:locked>": ""}, {}),
    ("C14", "error", {"<podcast:locked>yes": "<podcast:locked>true"}, {}),
    ("C15", "warning", {"<itunes:author>Garden Talk</itunes:author>": ""}, {}),
    ("C16", "error", {"<itunes:type>episodic": "<itunes:type>weekly"}, {}),
    ("C17", "warning", {"<itunes:author>": "<itunes:block>no</itunes:block><itunes:author>"}, {}),
    ("C17", "advice", {"<itunes:author>": "<itunes:block>Yes</itunes:block><itunes:author>"}, {}),
    ("C18", "advice", {OWNER: ""}, {}),
    ("C19", "advice", {"<copyright>": "<copyright>© 2021 "}, {}),
    ("C21", "error", {"<podcast:locked>": "<podcast:locked>no</podcast:locked><podcast:locked>"}, {}),
    ("I02", "error", {"<title>Mulch</title>": "<title/>"}, {}),
    ("I02", "warning", {"<title>Mulch": "<title>S1E2 Mulch"}, {}),
    ("I02", "warning", {"<title>Mulch": "<title>#12 Mulch"}, {}),
    ("I02", "warning", {"<title>Mulch": "<title>Garden Talk: Mulch"}, {}),
    ("I03", "error", {SECOND_AUDIO: ""}, {}),
    ("I03", "error", {SECOND_AUDIO: SECOND_AUDIO + SECOND_AUDIO}, {}),
    ("I03", "error", {'length="1000"': ""}, {}),
    ("I04", "error", {'length="2000"': 'length="0"'}, {}),
    ("I04", "error", {'length="2000"': 'length="None"'}, {}),
    ("I04", "error", {}, {"lengths": {COMPOST: 2001}}),
    ("I05", "error", TWICE, {"lengths": {}, "durations": {}, "guid_by_audio": {}}),
    ("I06", "warning", {"mulch.m4a": "mulch.opus", "audio/x-m4a": "audio/opus"}, {}),
    ("I07", "error", {"audio/x-m4a": "audio/mpeg"}, {}),
    ("I07", "error", {}, {"types": {COMPOST: "audio/x-m4a"}}),
    ("I08", "warning", {'url="https://example.org/media/mulch': 'url="http://example.org/media/mulch'}, {}),
    ("I08", "warning", {"media/mulch.m4a": "media/müll.m4a"}, {}),
    ("I08", "warning", {"media/mulch.m4a": "media/the mulch.m4a"}, {}),
    ("I08", "warning", {"media/mulch.m4a": "media/mulch.m4a?token=1"}, {}),
    ("I08", "warning", {"https://example.org/media/mulch": "https://me:pass@example.org/media/mulch"}, {}),
    ("I09", "error", {"<guid>https://example.org/talk/mulch/</guid>": ""}, {}),
    ("I09", "error", {"<guid>https://example.org/talk/mulch/": '<guid isPermaLink="false">guid-2'}, {}),
    ("I09", "error", {' isPermaLink="false"': ""}, {}),
    ("I10", "error", {">guid-2<": ">guid-3<"}, {}),
    ("I10", "error", {">guid-2<": ">guid-9<"}, {}),
    ("I11", "error", {"Tue, 05 Oct 2021 08:00:00 GMT": "2021-10-05"}, {}),
    ("I11", "error", {"Tue, 05 Oct": "Mon, 05 Oct"}, {}),
    ("I11", "error", {"Tue, 05 Oct": "Tue, 45 Oct"}, {}),
    ("I11", "warning", {"<pubDate>Tue, 05 Oct 2021 08:00:00 GMT</pubDate>": ""}, {}),
    ("I11", "warning", {}, {"now": datetime(2021, 10, 12, 7, tzinfo=UTC)}),
    ("I11", "warning", {"Tue, 05 Oct 2021": "Thu, 01 Jan 1970"}, {}),
    ("I12", "advice", {"Tue, 05 Oct": "Wed, 13 Oct"}, {"now": None}),
    ("I13", "warning", {"<description>All about mulch.</description>": ""}, {}),
    ("I13", "error", {"All about mulch.": "ä" * 2001}, {}),
    ("I14", "warning", {"All about mulch.": "<p>All about mulch.</p>"}, {}),
    ("I14", "warning", {"All about mulch.": "&lt;h2&gt;Mulch&lt;/h2&gt;"}, {}),
    ("I14", "error", {"<h2>Compost": "<script>x()</script><h2>Compost"}, {}),
    ("I14", "error", {"<h2>Compost": '<h2 onclick="x()">Compost'}, {}),
    ("I15", "warning", {"<itunes:duration>600</itunes:duration>": ""}, {}),
    ("I22", "warning", {}, {"without_seek_header": frozenset({COMPOST})}),
    ("I15", "warning", {"<itunes:duration>600": "<itunes:duration>10:00"}, {}),
    ("I15", "warning", {"<itunes:duration>600": "<itunes:duration>0"}, {}),
    ("I15", "warning", {"<itunes:duration>1200": "<itunes:duration>1100"}, {}),
    ("I16", "error", {">episodic<": ">serial<", "<itunes:episode>1</itunes:episode>": ""}, {}),
    ("I17", "error", {"<itunes:episode>1<": "<itunes:episode>0<"}, {}),
    ("I17", "error", {"<itunes:episode>1<": "<itunes:episode>1.5<"}, {}),
    ("I17", "warning", {"<itunes:episode>1<": "<itunes:season>1</itunes:season><itunes:episode>2<"}, {}),
    ("I18", "error", {"<itunes:episodeType>full": "<itunes:episodeType>pilot"}, {}),
    (
        "I19",
        "warning",
        {ITEM_EXPLICIT: ITEM_EXPLICIT.replace("false", "no")},
        {},
    ),
    (
        "I19",
        "advice",
        {ITEM_EXPLICIT: ITEM_EXPLICIT.replace("false", "true")},
        {},
    ),
    ("I21", "warning", {"<podcast:episode>2": "<podcast:episode>3"}, {}),
    ("P01", "error", {'<podcast:transcript url="https://example.org/media/compost.vtt"': "<podcast:transcript"}, {}),
    ("P01", "error", {"<podcast:locked>": '<podcast:soundbite startTime="1" duration="20"/><podcast:locked>'}, {}),
    ("P01", "warning", {"<podcast:locked>": '<podcast:locked email="no">'}, {}),
    ("P02", "warning", {"The heap": "heap" * 40}, {}),
    (
        "P03",
        "error",
        {"</podcast:person>": "</podcast:person>" + SRT},
        {},
    ),
    ("P03", "advice", {'type="text/vtt"': 'type="application/json"'}, {}),
    ("P04", "error", {"application/json+chapters": "application/json"}, {}),
    ("P04", "error", {}, {"chapters": {CHAPTERS: b"chapters"}}),
    (
        "P05",
        "warning",
        {"</podcast:person>": '</podcast:person><podcast:person role="digger">B</podcast:person>'},
        {},
    ),
    ("P05", "warning", {'role="host"': 'role="guest"'}, {}),
    ("P06", "error", {'<podcast:source uri="https://example.org/media/compost.opus"/>': ""}, {}),
    ("P06", "warning", {' length="900"': ""}, {}),
    ("P07", "warning", {'duration="30.5"': 'duration="5"'}, {}),
    ("P07", "warning", {'startTime="60"': 'startTime="1190"'}, {}),
    ("P07", "warning", {'startTime="60"': 'startTime="1:00"'}, {}),
    ("P09", "warning", {"CC-BY-4.0": "Ask first"}, {}),
    ("P10", "warning", {"geo:52.5,13.4": "52.5 13.4"}, {}),
    ("P10", "warning", {"R62422": "62422"}, {}),
    ("P11", "warning", {"FREQ=WEEKLY": "every week"}, {}),
    ("P11", "warning", {"FREQ=WEEKLY": "FREQ=WEEKLY;COUNT=3"}, {}),
]


@pytest.mark.parametrize(("rule", "level", "changes", "facts"), CASES)
def test_one_thing_wrong_breaks_one_rule(check, rule, level, changes, facts):
    findings = check(changes, **facts)

    assert {(finding.rule, finding.level.value) for finding in findings} == {(rule, level)}


def test_the_perfect_feed_breaks_no_rule(check):
    assert check() == ()


def test_every_rule_is_broken_by_a_case():
    elsewhere = {"I01"}  # a feed without items lacks more than that

    assert set(RULES) == {case[0] for case in CASES} | elsewhere


def test_feed_without_episodes_is_an_error(check, perfect_feed):
    items = perfect_feed.decode().partition("<item>")[2].partition("</channel>")[0]

    assert [finding.rule for finding in check({"<item>" + items: ""})] == ["I01"]


def test_trailer_that_shares_its_episode_s_guid_is_warned_of(check):
    changes = {
        "<guid>https://example.org/talk/mulch/": '<guid isPermaLink="false">guid-2',
        "<itunes:duration>600": "<itunes:episodeType>trailer</itunes:episodeType><itunes:duration>600",
    }

    assert [(f.rule, f.level.value) for f in check(changes)] == [("I09", "error"), ("I18", "warning")]


def test_measured_duration_may_differ_by_a_hundredth(check):
    facts = {"durations": {COMPOST: timedelta(seconds=1211)}}

    assert check(**facts) == ()


def test_many_plain_addresses_are_one_finding(check):
    changes = {f"https://example.org/media/{name}": f"http://example.org/media/{name}" for name in ("cover", "mulch")}

    (finding,) = check(changes)

    assert finding.message.startswith("2 addresses are not https")


def test_serial_show_may_have_unnumbered_trailers(check):
    changes = {
        ">episodic<": ">serial<",
        "<itunes:episode>1</itunes:episode>": "<itunes:episodeType>trailer</itunes:episodeType>",
    }

    assert check(changes) == ()


def test_unfilled_facts_break_no_rule(perfect_feed):
    assert check_feed(perfect_feed, url=None, facts=FeedFacts()) == ()
