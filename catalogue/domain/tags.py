"""What public episodes are about: their tags, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.domain.episode import Episode, Tag


@dataclass(frozen=True, kw_only=True)
class CountedTag:
    """A tag, as the newest of its episodes writes it in its language, and how many carry it."""

    tag: Tag
    language: str
    count: int


def count_tags(episodes: Iterable[Episode]) -> tuple[CountedTag, ...]:
    """Count the tags of episodes (the newest first); by name."""
    carried = [(tag, episode.language) for episode in episodes for tag in episode.tags]
    counts = Counter(tag.slug for tag, _ in carried)
    names = {tag.slug: (tag, language) for tag, language in reversed(carried)}
    found = (CountedTag(tag=tag, language=language, count=counts[slug]) for slug, (tag, language) in names.items())
    return tuple(sorted(found, key=lambda one: (one.tag.name.casefold(), one.tag.slug)))
