"""Every address, as a pattern and as a URL, says the same."""

import re
from datetime import timedelta

import pytest
from builders import make_audio, make_episode, make_show

from catalogue.domain import links, patterns
from catalogue.domain.identity import free_slug
from catalogue.domain.links import Links
from catalogue.domain.media import IMAGE_RECIPES, Transcript
from catalogue.domain.patterns import PATTERNS, RESERVED
from catalogue.domain.selection import LATEST, WHOLE, archive_page, read_selection

SITE = Links("https://pods.example")
SHOW, EPISODE = make_show(), make_episode()
TRANSCRIPT = Transcript(path="1/en.vtt", format="vtt", language="en", sha256="b" * 64, size_bytes=1)
URLS = {
    patterns.HOME: SITE.home(),
    patterns.SEARCH: SITE.search(),
    patterns.OPENSEARCH: SITE.opensearch(),
    patterns.SHOW: SITE.show(SHOW),
    patterns.SHOW_PAGE: SITE.show_page(SHOW, 2),
    patterns.SEASON: SITE.season(SHOW, 2),
    patterns.SEASON_PAGE: SITE.season(SHOW, 2, 3),
    patterns.ABOUT: SITE.about(),
    patterns.PRIVACY: SITE.privacy(),
    patterns.SITEMAP: SITE.sitemap(),
    patterns.SITEMAP_PART: SITE.sitemap(2),
    patterns.SECURITY: SITE.security(),
    patterns.EMBED: SITE.embed(SHOW, EPISODE),
    patterns.OEMBED: SITE.oembed(SHOW, EPISODE),
    patterns.SUBSCRIBE: SITE.subscribe(SHOW),
    patterns.CORRECTIONS: SITE.corrections(SHOW),
    patterns.FEED: SITE.feed(SHOW),
    patterns.JSON_FEED: SITE.json_feed(SHOW),
    patterns.LATEST_FEED: SITE.selected_feed(SHOW, LATEST),
    patterns.ARCHIVE_FEED: SITE.selected_feed(SHOW, archive_page(3)),
    patterns.SEASON_FEED: SITE.selected_feed(SHOW, read_selection("season/2")),
    patterns.TAG_FEED: SITE.selected_feed(SHOW, read_selection("tag/living-well")),
    patterns.LANGUAGE_FEED: SITE.selected_feed(SHOW, read_selection("language/pt-br")),
    patterns.SUBSCRIBE_LATEST: SITE.subscribe(SHOW, LATEST),
    patterns.SUBSCRIBE_PART: SITE.subscribe(SHOW, read_selection("season/2")),
    patterns.PUBLISHER_FEED: SITE.publisher(),
    patterns.SHOW_LIST: SITE.show_list(),
    patterns.EVENTS: SITE.events(),
    patterns.EVENTS_CALENDAR: SITE.events_calendar(),
    patterns.PEOPLE: SITE.people(),
    patterns.PERSON: SITE.person("jose-perez"),
    patterns.EPISODE: SITE.episode(SHOW, EPISODE),
    patterns.TRANSLATION: SITE.translation(SHOW, EPISODE, "pt-BR"),
    patterns.TOPICS: SITE.topics(),
    patterns.TOPIC: SITE.topic("recurrence"),
    patterns.PLAIN_PAGE: SITE.plain_page("about-us"),
    patterns.TRANSCRIPT: SITE.transcript_page(SHOW, EPISODE, "en"),
    patterns.TRANSCRIPT_LANGUAGE: SITE.transcript_page(SHOW, EPISODE, "es"),
}


def first_segments():
    return {pattern.split("/")[1] for pattern in PATTERNS if not pattern.startswith("/<")} - {""}


@pytest.mark.parametrize(("pattern", "url"), URLS.items())
def test_a_url_has_the_shape_of_its_pattern(pattern, url):
    shape = re.sub(r"<[^>]+>", "[^/]+", pattern)
    assert re.fullmatch(f"https://pods\\.example{shape}", url)


@pytest.mark.parametrize(
    "url",
    [
        SITE.audio(EPISODE, make_audio()),
        SITE.transcript(EPISODE, TRANSCRIPT),
        SITE.chapters(EPISODE, "d" * 64),
        *(SITE.artwork(SHOW, SHOW.artwork, recipe) for recipe in IMAGE_RECIPES),
    ],
)
def test_a_file_lies_under_its_hash_with_a_name_and_an_ending(url):
    assert re.fullmatch(r"https://pods\.example/media/[0-9a-f]{64}/(meet-the-husbands|conversations)\.[a-z0-9.]+", url)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pages_end_in_a_slash_and_files_in_an_ending(pattern):
    exceptions = {
        patterns.HEALTH,
        patterns.READY,
        patterns.MEDIA,
        patterns.PRIVATE_MEDIA,
        patterns.PREVIEW_MEDIA,
        patterns.STATIC,
    }  # for machines, or the name has the ending
    assert pattern in exceptions or pattern.endswith(("/", ".xml", ".txt", ".json", ".opml", ".ico", ".ics"))


def test_no_episode_and_no_show_can_take_the_place_of_a_page_of_ours():
    files = {"", "sitemap-<int:number>"}  # with an ending, where slugs have none
    taken = {segment.partition(".")[0] for segment in first_segments()} - files
    below_show = {pattern.split("/")[2] for pattern in PATTERNS if pattern.startswith("/<show>/")}
    below_show = {segment.partition(".")[0] for segment in below_show if segment and not segment.startswith("<")}
    assert taken | below_show <= RESERVED
    assert all(free_slug(word, "1", set()) == f"{word}-2" for word in RESERVED)


def test_languages_are_reserved_for_pages_in_them():
    assert {"en", "es", "ja"} <= RESERVED
    assert len(patterns.LANGUAGE_CODES) == len(set(patterns.LANGUAGE_CODES)) == 184


def test_a_moment_is_whole_seconds():
    assert SITE.episode(SHOW, EPISODE, at=timedelta(seconds=75.9)).endswith("/meet-the-husbands/?t=75")


def test_the_first_page_of_a_show_is_the_show():
    assert SITE.show_page(SHOW, 1) == SITE.show(SHOW)


def test_a_transcript_in_the_episode_s_language_needs_no_language_in_its_address():
    assert SITE.transcript_page(SHOW, EPISODE, "en").endswith("/transcript/")
    assert SITE.transcript_page(SHOW, EPISODE, "zh-Hant").endswith("/transcript/zh-hant/")


def test_an_audiobook_file_is_published_as_m4a():
    audio = make_audio(format="m4a", path="1/audio.m4b")
    assert SITE.audio(EPISODE, audio).endswith("/meet-the-husbands.m4a")


@pytest.mark.parametrize("name", ["latest", "archive/1", "season/0", "season/12", "tag/living-well", "language/pt-br"])
def test_a_feed_is_found_again_by_its_path(name):
    selection = read_selection(name)
    path = SITE.selected_feed(SHOW, selection).removeprefix("https://pods.example")
    assert links.read_feed_path(path) == ("conversations", selection)
    assert selection.name == name


def test_the_whole_show_s_feed_is_its_own():
    assert SITE.selected_feed(SHOW, WHOLE) == SITE.feed(SHOW)
    assert links.read_feed_path("/conversations/feed.xml") == ("conversations", WHOLE)


@pytest.mark.parametrize(
    "path",
    ["/feed.xml", "/a/b/feed.xml", "/a/feeds/season/02.xml", "/a/feeds/tag/Diet.xml", "/a/feeds/whole.xml",
     "/a/feeds/whole/1.xml", "/a/feeds/archive/1", "/a/feeds/season/1234567.xml", "/a/feeds/tag/.xml"],
)  # fmt: skip
def test_what_could_be_written_in_two_ways_or_is_no_feed_has_no_address(path):
    assert links.read_feed_path(path) is None


def test_a_feed_that_moved_is_subscribed_to_where_it_is_now():
    moved = make_show(moved_to="https://new.example/feed")
    assert (SITE.subscription(moved), SITE.feed(moved)) == (moved.moved_to, SITE.feed(SHOW))
