"""What templates say that takes a little thought: languages, summaries, reviews, addresses to write to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup

from catalogue.domain.episode import Episode, Review
from catalogue.domain.show import Show
from catalogue.show_notes import plain_text
from web import figures
from web.current import now, site, words
from web.words import words_for

SUMMARY_CHARACTERS = 240
UNDER_WAY = "under way"


def in_language(tag: str) -> Markup:
    """Give the `lang` attribute content needs where it differs from the page's words."""
    return Markup("") if tag.lower() == words().language else Markup(' lang="{}"').format(tag)


def summary_of(episode: Episode) -> str:
    """Give the summary, else the first paragraph of the notes."""
    return episode.summary or _first_paragraph(episode.notes)


def host_of(url: str) -> str:
    """Name the server of a link.

    >>> host_of("https://www.example.org/a")
    'example.org'
    """
    return (urlsplit(url).hostname or url).removeprefix("www.")


def contact_address(address: str) -> str:
    """Make an address that can be pressed of a page or an e-mail address.

    >>> contact_address("us@example.org")
    'mailto:us@example.org'
    """
    return f"mailto:{address}" if "@" in address and "://" not in address and ":" not in address else address


def moment_address(show: Show, episode: Episode) -> Callable[[timedelta], str]:
    """Give what makes a moment of an episode a link on a page."""
    return lambda moment: site().pages.episode(show, episode, at=moment)


def review_lines(show: Show, episode: Episode) -> tuple[str, ...]:
    """Say when the words were last read by somebody who knows, when next, and by whom; overdue is said."""
    updated = episode.updated_at
    review = episode.review or Review()
    lines = [
        words()("updated", day=figures.day(updated, show.timezone, words())) if updated else None,
        _say("last_reviewed", review.last_on),
        _next_review(review.next_on, show.timezone),
        words()("reviewed_by", name=review.by) if review.by else None,
    ]
    return tuple(line for line in lines if line)


def _next_review(stated: str | None, timezone: str) -> str | None:
    if stated is not None and stated.strip().lower() == UNDER_WAY:
        return words()("next_review_under_way")
    is_late = stated is not None and figures.is_overdue(stated, now().astimezone(ZoneInfo(timezone)).date())
    return _say("review_overdue" if is_late else "next_review", stated)


def _say(key: str, day: str | None) -> str | None:
    return words()(key, day=figures.stated_day(day, words())) if day else None


@lru_cache(maxsize=4096)
def _first_paragraph(notes: str) -> str:
    line = plain_text(notes[: 8 * SUMMARY_CHARACTERS]).partition("\n")[0]
    if len(line) <= SUMMARY_CHARACTERS:
        return line
    return line[:SUMMARY_CHARACTERS].rpartition(" ")[0] + " …"


PHRASES = {
    "contact_address": contact_address,
    "figures": figures,
    "host_of": host_of,
    "in_language": in_language,
    "moment_address": moment_address,
    "review_lines": review_lines,
    "summary_of": summary_of,
    "words_in": words_for,
}
