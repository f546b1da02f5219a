"""Episodes in memory from a seed, and feedgen's way of writing them: what the feed is compared with."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from feedgen.feed import FeedGenerator

from catalogue.domain.episode import Episode, Season
from catalogue.domain.links import Links
from catalogue.domain.media import Artwork, Audio
from catalogue.domain.show import Category, Owner, Show
from catalogue.feed.description import render_content

LINKS = Links("https://podcast.example.org")
BEGUN = datetime(2005, 1, 1, tzinfo=UTC)
NOTES_BYTES = 3000
SHOW = Show(
    guid="917393e3-1b1e-5cef-ace4-edaa54e1f810",
    slug="show",
    path="",
    title="A long show",
    description="Ten thousand episodes.",
    author="Somebody",
    language="en",
    first_seen_at=BEGUN,
    categories=(Category(name="Health & Fitness", subcategory="Medicine"),),
    owner=Owner(name="Somebody", email="somebody@example.org"),
    artwork=Artwork(path="artwork.png", sha256="c" * 64, width=3000, height=3000),
)


def make_episodes(count: int, *, seed: int = 7) -> list[Episode]:
    """Make episodes, oldest first, each with notes of 3 KB of its own."""
    chance = random.Random(seed)  # noqa: S311  (a test corpus)
    words = [f"{chance.choice('abcdefghilmnoprstu')}{chance.randrange(36**4):x}" for _ in range(20_000)]
    return [_episode(number, _notes(chance, words)) for number in range(count)]


def feedgen_feed(episodes: list[Episode]) -> bytes:
    """Write the same episodes, newest first, with feedgen and its podcast extension alone."""
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.title(SHOW.title)
    feed.description(SHOW.description)
    feed.link(href=LINKS.feed(SHOW), rel="self")
    feed.link(href=LINKS.show(SHOW), rel="alternate")
    feed.language(SHOW.language)
    feed.podcast.itunes_author(SHOW.author)
    for episode in reversed(episodes):
        _add_entry(feed, episode)
    rendered: bytes = feed.rss_str()
    return rendered


def _add_entry(feed: FeedGenerator, episode: Episode) -> None:
    assert episode.audio is not None
    content, entry = render_content(episode), feed.add_entry(order="append")
    entry.title(episode.title)
    entry.link(href=LINKS.episode(SHOW, episode), rel="alternate")
    entry.description(content)
    entry.content(content, type="CDATA")
    entry.guid(episode.guid, permalink=False)
    entry.pubDate(episode.published_at)
    entry.enclosure(LINKS.audio(episode, episode.audio), str(episode.audio.size_bytes), episode.audio.media_type)
    entry.podcast.itunes_title(episode.title)
    entry.podcast.itunes_author(episode.author)
    entry.podcast.itunes_episode_type("full")
    entry.podcast.itunes_season(episode.season.number)
    entry.podcast.itunes_episode(int(episode.number))
    entry.podcast.itunes_duration(2880)
    entry.podcast.itunes_explicit("no")
    entry.podcast.itunes_image(LINKS.artwork(SHOW, SHOW.artwork))


def _episode(number: int, notes: str) -> Episode:
    audio = Audio(
        path=f"{number}.mp3",
        format="mp3",
        size_bytes=1_000_000 + number,
        sha256=f"{number:064x}",
        essence=f"{number:064x}",
        duration=timedelta(minutes=48),
    )
    return Episode(
        guid=f"guid-{number}",
        slug=f"episode-{number}",
        path=str(number),
        title=f"Episode {number}",
        published_at=BEGUN + timedelta(hours=number),
        language="en",
        number=Decimal(number + 1),
        season=Season(number=1 + number // 100),
        author="Somebody",
        renditions=(audio,),
        notes=notes,
    )


def _notes(chance: random.Random, words: list[str]) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < NOTES_BYTES:
        paragraphs.append(" ".join(chance.choices(words, k=60)))
    return "\n\n".join(paragraphs)
