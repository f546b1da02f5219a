"""Every rule: the perfect feed with one thing wrong breaks it, and nothing else (`rule_cases.py`)."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from rule_cases import CASES, CATEGORY, COMPOST, NEW_ADDRESS, OPUS, OTHER_DIGEST

from catalogue.check.facts import FeedFacts
from catalogue.check.rule import RULES
from catalogue.check.run import check_feed


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


def test_feed_at_its_new_address_may_name_it(check):
    assert check({"<copyright>": f"{NEW_ADDRESS.format('https://example.org/talk/feed.xml')}<copyright>"}) == ()


def test_new_address_that_the_old_one_redirects_to_is_fine(check):
    new = "https://new.example.org/feed.xml"

    assert check({"<copyright>": f"{NEW_ADDRESS.format(new)}<copyright>"}, moved_to=new) == ()


def test_stream_after_the_episodes_is_fine(check):
    stream = (
        '<podcast:liveItem status="live" start="2021-10-12T08:00:00Z"><podcast:contentLink href="https://example.org/">'
        "Listen</podcast:contentLink></podcast:liveItem></channel>"
    )

    assert check({"</channel>": stream}) == ()


def test_publisher_s_feed_needs_neither_episodes_nor_a_category(check, perfect_feed):
    items = perfect_feed.decode().partition("<item>")[2].partition("</channel>")[0]
    medium = "<podcast:medium>publisher</podcast:medium><podcast:locked>"

    assert check({"<item>" + items: "", CATEGORY: "", "<podcast:locked>": medium}) == ()


def test_plain_http_of_the_machine_itself_is_fine(check):
    assert check({"https://example.org/media/mulch": "http://127.0.0.1:8080/media/mulch"}) == ()


def test_source_of_any_scheme_is_an_address(check):
    assert check({OPUS: '<podcast:source uri="ipfs://someRandomFile"/>'}) == ()


def test_digest_of_another_kind_than_the_known_one_says_nothing(check):
    stated = f'{OPUS}<podcast:integrity type="sri" value="sha384-{base64.b64encode(bytes(48)).decode()}"/>'

    assert check({OPUS: stated}, integrity=OTHER_DIGEST) == ()


def test_episode_s_guests_need_no_host_where_the_show_names_none(check):
    changes = {"<podcast:person>Another gardener</podcast:person>": "", 'role="host"': 'role="guest"'}

    assert check(changes) == ()


def test_blanks_around_a_value_are_one_finding_for_all_places(check):
    (finding,) = check({"<title>Compost": "<title> Compost", "<title>Mulch": "<title> Mulch"})

    assert "2 times" in finding.message


def test_declared_ascii_is_utf_8(check):
    assert check({"UTF-8": "US-ASCII"}) == ()


@pytest.mark.parametrize("words", ["3 < 4 and on = off", "the javascript: scheme", "a &lt;b", "online=yes"])
def test_words_that_only_look_like_html_are_fine(check, words):
    assert check({"All about mulch.": f"<![CDATA[<p>{words}</p>]]>"}) == ()
