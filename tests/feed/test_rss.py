"""Head and items by feedgen."""

import locale
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import feedgen.feed
from builders import NOON, make_audio, make_episode, make_show
from by_feedgen import entry_of

from catalogue.domain.episode import EpisodeType
from catalogue.domain.media import RemoteAudio
from catalogue.domain.show import ShowText
from catalogue.feed.assembly import render_feed
from catalogue.feed.element import NAMESPACES
from catalogue.feed.rss import TAIL, feed_of, render_head, render_item

EPISODES = (
    make_episode(guid="b", notes="# H\n\n]]> *x*", content_warning="grief"),
    make_episode(guid="a", slug="other", published_at=NOON - timedelta(days=1), type=EpisodeType.TRAILER),
)


def test_head_items_and_tail_are_what_feedgen_renders_as_a_whole(links):
    show = make_show()
    whole = feed_of(show, links, built_at=NOON, trailers=EPISODES[1:])
    for episode in EPISODES:
        whole.add_entry(entry_of(show, episode, links), order="append")
    assert render_feed(show, EPISODES, links) == whole.rss_str()


def test_an_item_alone_is_the_item_in_the_feed(links):
    show = make_show()
    head = render_head(show, links, built_at=NOON, trailers=EPISODES[1:])
    items = [render_item(show, episode, links) for episode in EPISODES]
    assert render_feed(show, EPISODES, links) == b"".join([head, *items, TAIL])
    assert all(item.startswith(b"<item>") and item.endswith(b"</item>") and b"xmlns" not in item for item in items)


def test_a_hub_is_named_beside_the_feed_itself(links):
    named = render_head(make_show(), links, built_at=NOON, hub="https://hub.example/?a&b")
    hub = b'<atom:link rel="hub" href="https://hub.example/?a&amp;b"/>'
    assert named.replace(hub, b"") == render_head(make_show(), links, built_at=NOON) != named


def test_the_namespaces_are_the_same_whatever_the_show_says(read):
    assert dict(read(make_show()).root.nsmap) == NAMESPACES


def test_the_website_is_the_link_and_the_feed_is_self(read):
    feed = read(make_show())
    assert feed.text("//channel/link") == "https://podcast.example.org/conversations/"
    assert feed.attributes("//channel/atom:link") == {
        "href": "https://podcast.example.org/conversations/feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }
    assert read(make_show(link="https://www.example.org")).text("//channel/link") == "https://www.example.org"


def test_the_enclosure_is_the_first_rendition(read):
    feed = read(make_show(), make_episode(renditions=(make_audio(), make_audio(format="opus", sha256="b" * 64))))
    assert feed.attributes("//enclosure") == {
        "url": f"https://podcast.example.org/media/{'a' * 64}/meet-the-husbands.mp3",
        "length": "1000",
        "type": "audio/mpeg",
    }


def test_remote_audio_is_enclosed_as_stated(read):
    remote = RemoteAudio(url="https://cdn.example.net/1.mp3?a=1&b=2", size_bytes=7, media_type="audio/mpeg")
    feed = read(make_show(), make_episode(renditions=(), remote=remote))
    assert feed.attributes("//enclosure") == {"url": remote.url, "length": "7", "type": "audio/mpeg"}


def test_missing_audio_keeps_its_item_and_enclosure(read):
    feed = read(make_show(), make_episode(missing_since=NOON))
    assert feed.attributes("//enclosure")["length"] == "1000"


def test_addresses_with_other_letters_are_written_in_ascii(read):
    remote = RemoteAudio(url="https://cdn.example.net/ñ 1.mp3", size_bytes=7, media_type="audio/mpeg")
    episode = make_episode(renditions=(), remote=remote, link="https://example.org/canción")
    feed = read(make_show(link="https://example.org/ñ", new_feed_url="https://example.org/ú.xml"), episode)
    assert feed.attributes("//enclosure")["url"] == "https://cdn.example.net/%C3%B1%201.mp3"
    assert feed.text("//item/link") == "https://example.org/canci%C3%B3n"
    assert feed.text("//channel/link") == "https://example.org/%C3%B1"
    assert feed.text("//itunes:new-feed-url") == "https://example.org/%C3%BA.xml"


def test_both_forms_of_the_notes_are_in_cdata(links):
    rendered = render_item(make_show(), make_episode(notes="]]> & <b>"), links).decode()
    notes = "<![CDATA[<p>]]&gt; &amp; &lt;b&gt;</p>]]>"
    assert f"<description>{notes}</description>" in rendered
    assert f"<content:encoded>{notes}</content:encoded>" in rendered


def test_titles_keep_to_255_characters(read):
    feed = read(make_show(title="x" * 300), make_episode(title="y" * 300))
    assert [len(feed.text(f"//{name}")) for name in ("channel/title", "item/title", "itunes:title")] == [255] * 3


def test_a_guid_is_kept_as_it_is_and_no_link(read):
    feed = read(make_show(), make_episode(guid="https://old.example.net/?p=7"))
    assert feed.text("//guid") == "https://old.example.net/?p=7"
    assert feed.attributes("//guid") == {"isPermaLink": "false"}


def test_dates_are_written_in_utc(read):
    published_at = datetime(2021, 10, 5, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert read(make_show(), make_episode(published_at=published_at)).text("//pubDate") == (
        "Mon, 04 Oct 2021 23:30:00 +0000"
    )


def test_a_title_with_nothing_to_read_gives_way_to_the_slug(read):
    feed = read(make_show(title="\x0b"), make_episode(title="\x00\ud800"))
    assert feed.text("//channel/title") == "conversations"
    assert feed.text("//item/title") == "meet-the-husbands"
    assert not feed.all("//itunes:title")


def test_a_channel_description_over_the_limit_is_cut(read):
    described_as = read(make_show(description="word " * 2000)).text("//channel/description")
    assert 3900 < len(described_as.encode()) <= 4000


def test_dates_leave_the_locale_alone_in_threads(links):
    before = locale.setlocale(locale.LC_ALL)
    with ThreadPoolExecutor(4) as pool:
        bodies = set(pool.map(lambda _: render_feed(make_show(), EPISODES, links), range(24)))
    assert len(bodies) == 1
    assert locale.setlocale(locale.LC_ALL) == before
    assert feedgen.feed.formatRFC2822.__module__ == "email.utils"


def test_what_pages_say_in_another_language_changes_no_byte(links):
    spoken = make_show(texts=(ShowText(language="es", title="Charlas", description="Largas."),))
    assert render_feed(spoken, EPISODES, links) == render_feed(make_show(), EPISODES, links)
