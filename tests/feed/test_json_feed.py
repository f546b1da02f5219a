"""JSON Feed 1.1, held against what its specification asks for."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from any_episode import EPISODES
from builders import NOON, make_audio, make_episode, make_show
from hypothesis import given, settings

from catalogue.domain.episode import Tag
from catalogue.domain.links import Links
from catalogue.domain.media import RemoteAudio
from catalogue.feed.json_feed import BETWEEN, TAIL, content_of, render_json_head, render_json_item
from catalogue.feed.rss import render_item

LINKS = Links("https://podcast.example.org")
# jsonfeed.org/version/1.1: what may stand where, and of which type.
TOP = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str,
    "next_url": str, "icon": str, "favicon": str, "authors": list, "language": str, "expired": bool, "hubs": list,
    "items": list,
}  # fmt: skip
ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str,
    "image": str, "banner_image": str, "date_published": str, "date_modified": str, "authors": list, "tags": list,
    "language": str, "attachments": list,
}  # fmt: skip
ATTACHMENT = {"url": str, "mime_type": str, "title": str, "size_in_bytes": int, "duration_in_seconds": int}


def render(show, *episodes):
    items = [render_json_item(show, one, LINKS, item=render_item(show, one, LINKS)) for one in episodes]
    return json.loads(render_json_head(show, LINKS) + BETWEEN.join(items) + TAIL)


def check(feed):
    """Hold a feed against the rules; raises AssertionError."""
    held(feed, TOP, needed=("version", "title", "items"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    for item in feed["items"]:
        held(item, ITEM, needed=("id", "content_html"))
        assert all(isinstance(tag, str) for tag in item.get("tags", ()))
        for name in ("date_published", "date_modified"):
            assert name not in item or datetime.fromisoformat(item[name]).tzinfo is UTC
        for attachment in item.get("attachments", ()):
            held(attachment, ATTACHMENT, needed=("url", "mime_type"))
    for author in [*feed["authors"], *(one for item in feed["items"] for one in item.get("authors", ()))]:
        held(author, {"name": str}, needed=("name",))


def held(table, kinds, *, needed):
    assert set(needed) <= set(table) <= set(kinds)
    assert {name for name, value in table.items() if type(value) is not kinds[name]} == set()


def test_a_feed_says_what_the_show_and_its_episode_say():
    episode = make_episode(
        summary="In short.",
        author="Ana",
        updated_at=NOON + timedelta(days=1),
        tags=(Tag(name="Living well", slug="living-well"),),
        renditions=(make_audio(), make_audio(format="opus", sha256="b" * 64)),
    )
    feed = render(make_show(complete=True), episode)
    check(feed)
    (item,) = feed["items"]
    assert (feed["home_page_url"], feed["expired"]) == ("https://podcast.example.org/conversations/", True)
    assert (item["id"], item["url"]) == (episode.guid, "https://podcast.example.org/conversations/meet-the-husbands/")
    assert (item["date_published"], item["date_modified"]) == ("2021-10-05T12:00:00Z", "2021-10-06T12:00:00Z")
    assert (item["tags"], item["authors"], item["content_html"]) == (
        ["Living well"],
        [{"name": "Ana"}],
        "<p>About the episode.</p>",
    )
    assert [one["mime_type"] for one in item["attachments"]] == ["audio/mpeg", "audio/opus"]
    assert item["attachments"][0]["duration_in_seconds"] == 48 * 60


def test_remote_audio_is_attached_as_stated():
    remote = RemoteAudio(url="https://cdn.example.net/ñ.mp3", size_bytes=7, media_type="audio/mpeg")
    (item,) = render(make_show(), make_episode(renditions=(), remote=remote))["items"]
    assert item["attachments"] == [
        {"url": "https://cdn.example.net/%C3%B1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 7}
    ]


def test_a_show_without_episodes_is_a_feed():
    feed = render(make_show())
    check(feed)
    assert feed["items"] == []


@pytest.mark.parametrize("notes", [']]> & <b> \\ " </content:encoded>', "<!-- --> a", "`<content:encoded><![CDATA[`"])
def test_notes_are_those_of_the_rss_item_whatever_stands_in_them(notes):
    show, episode = make_show(), make_episode(notes=notes)
    from lxml import etree

    from catalogue.feed.element import NAMESPACES

    item = render_item(show, episode, LINKS)
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items()).encode()
    (found,) = etree.fromstring(b"<rss " + declared + b">" + item + b"</rss>").xpath(
        "//content:encoded", namespaces=NAMESPACES
    )
    assert content_of(item) == found.text


@settings(max_examples=40, deadline=None)
@given(EPISODES)
def test_any_episode_makes_a_feed_that_keeps_the_rules(episode):
    check(render(make_show(), episode))


def test_the_document_s_example_of_a_json_feed_keeps_the_rules():
    text = (Path(__file__).parents[2] / "docs" / "feed.md").read_text("utf-8")
    check(json.loads(text.partition("```json\n")[2].partition("```")[0]))
