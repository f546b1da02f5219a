"""What templates say that takes a little thought: languages, summaries, reviews, addresses to write to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup

from catalogue.domain.episode import Episode, Review, Translation
from catalogue.domain.show import Show
from catalogue.domain.stated_days import is_past
from catalogue.domain.tongues import text_for
from catalogue.domain.written_page import WrittenPage
from catalogue.show_notes import first_line
from web import figures
from web.current import now, tongue, words
from web.licences import licence_address, licence_name
from web.places_of_help import in_reach, phone_address
from web.published import OtherFeed
from web.spoken_show import picture_words, said, title_of
from web.words import words_for

SUMMARY_CHARACTERS = 240
UNDER_WAY = "under way"


def in_language(tag: str) -> Markup:
    """Give the attributes content needs where its language differs from that of the page's words."""
    return Markup("") if tag.lower() == words().language else spoken_in(tag)


def spoken_in(tag: str) -> Markup:
    """Give `lang`, and `dir` for what is written from right to left.

    >>> str(spoken_in("ar-EG")), str(spoken_in("es"))
    (' lang="ar-EG" dir="rtl"', ' lang="es"')
    """
    direction = Markup(' dir="rtl"') if figures.is_right_to_left(tag) else Markup("")
    return Markup(' lang="{}"').format(tag) + direction


def in_title(show: Show) -> Markup:
    """Give the attributes that a show's title needs, as `in_language` does."""
    return in_language(said(show, "title")[1])


def in_words(tag: str) -> Markup:
    """Give the `lang` attribute that the page's own words need inside content of another language."""
    return Markup("") if tag.lower() == words().language else Markup(' lang="{}"').format(words().language)


def text_of(episode: Episode) -> Episode | Translation:
    """Give an episode's title and notes in the language the page speaks, else as they were written."""
    spoken = tongue()
    return text_for(episode, spoken.speaking) if spoken else episode


def summary_of(text: Episode | Translation) -> str:
    """Give the summary, else the first paragraph of the notes."""
    return text.summary or _first_paragraph(text.notes)


def warning_of(episode: Episode, text: Episode | Translation) -> tuple[str, str] | None:
    """Give an episode's content warning and its language: of these texts, else its own; None where there is none."""
    found = text if text.content_warning else episode
    return (found.content_warning, found.language) if found.content_warning else None


def host_of(url: str) -> str:
    """Name the server of a link; of an address that is none, all of it: a file of chapters may hold anything.

    >>> host_of("https://www.example.org/a"), host_of("http://[")
    ('example.org', 'http://[')
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return (host or url).removeprefix("www.")


def contact_address(address: str) -> str:
    """Make an address that can be pressed of a page or an e-mail address.

    >>> contact_address("us@example.org")
    'mailto:us@example.org'
    """
    return f"mailto:{address}" if "@" in address and "://" not in address and ":" not in address else address


def moment_address(page: str) -> Callable[[timedelta], str]:
    """Give what makes a moment a link, to the page of the episode whose path this is.

    >>> moment_address("/show/110/")(timedelta(seconds=252))
    '/show/110/?t=252'
    """
    return lambda moment: f"{page}?t={int(moment.total_seconds())}"


def lead_of(show: Show) -> tuple[str, str]:
    """Give the sentence under a show's title and its language; empty where it would only say the title again."""
    lead, language = said(show, "subtitle" if said(show, "subtitle")[0] else "description")
    return ("" if lead.strip() == title_of(show).strip() else lead), language


def feed_name(feed: OtherFeed) -> str:
    """Say what a feed beside the show's own holds: its season, tag or language, else the latest episodes."""
    return feed.label or words()("feed_latest")


def begun(words: str) -> str:
    """Let words that may stand in the middle of a sentence begin one.

    >>> begun("grief, the death of a partner")
    'Grief, the death of a partner'
    """
    return words[:1].upper() + words[1:]


def review_lines(show: Show, episode: Episode) -> tuple[str, ...]:
    """Say when the words were last read by somebody who knows, by whom, and when next; overdue is said."""
    updated = episode.updated_at
    day = figures.day(updated, show.timezone, words()) if updated else None
    return _review_lines(day, episode.review or Review(), show.timezone)


def page_review_lines(page: WrittenPage, first: Show | None) -> tuple[str, ...]:
    """Say the same of a written page; days end where the first show is."""
    day = figures.stated_day(page.updated_on, words()) if page.updated_on else None
    return _review_lines(day, page.review or Review(), first.timezone if first else "UTC")


def _review_lines(updated: str | None, review: Review, timezone: str) -> tuple[str, ...]:
    lines = [
        words()("updated", day=updated) if updated else None,
        _say("last_reviewed", review.last_on),
        words()("reviewed_by", name=review.by) if review.by else None,
        _next_review(review.next_on, timezone),
    ]
    said = [line for line in lines if line]
    return (begun(said[0]), *said[1:]) if said else ()


def _next_review(stated: str | None, timezone: str) -> str | None:
    if stated is not None and stated.strip().lower() == UNDER_WAY:
        return words()("next_review_under_way")
    is_late = stated is not None and is_past(stated, now().astimezone(ZoneInfo(timezone)).date())
    return _say("review_overdue" if is_late else "next_review", stated)


def _say(key: str, day: str | None) -> str | None:
    return words()(key, day=figures.stated_day(day, words())) if day else None


@lru_cache(maxsize=4096)
def _first_paragraph(notes: str) -> str:
    line = first_line(notes[: 8 * SUMMARY_CHARACTERS])
    if len(line) <= SUMMARY_CHARACTERS:
        return line
    kept, space, cut = line[:SUMMARY_CHARACTERS].rpartition(" ")
    # Where no space is near, as in Japanese, it ends between any two letters.
    return f"{kept} …" if space and len(cut) < SUMMARY_CHARACTERS // 2 else f"{line[:SUMMARY_CHARACTERS]}…"


PHRASES = {
    "begun": begun,
    "contact_address": contact_address,
    "feed_name": feed_name,
    "figures": figures,
    "host_of": host_of,
    "in_language": in_language,
    "in_reach": in_reach,
    "in_title": in_title,
    "in_words": in_words,
    "lead_of": lead_of,
    "said": said,
    "licence_address": licence_address,
    "licence_name": licence_name,
    "moment_address": moment_address,
    "page_review_lines": page_review_lines,
    "phone_address": phone_address,
    "picture_words": picture_words,
    "review_lines": review_lines,
    "spoken_in": spoken_in,
    "summary_of": summary_of,
    "text_of": text_of,
    "title_of": title_of,
    "warning_of": warning_of,
    "words_in": words_for,
}
