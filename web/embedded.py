"""Embedded moments on a page: a small native player for a stretch of an episode, with what to know before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from flask import render_template
from markupsafe import Markup

from catalogue.domain.episode import Episode, Translation
from catalogue.domain.media import Audio
from catalogue.domain.show import Show
from catalogue.errors import MediaError, Moved, NotFound, Withdrawn
from catalogue.show_notes import EmbeddedMoment, Parts, Section, render_html_page, render_parts, render_sections
from web.current import now, site
from web.phrases import text_of


@dataclass(frozen=True, kw_only=True)
class HeardMoment:
    """A stretch of a public episode; `text` has its title and warning in the page's language where there are any."""

    show: Show
    episode: Episode
    text: Episode | Translation
    start: timedelta
    end: timedelta | None

    @property
    def length(self) -> timedelta | None:
        end = self.end or self.episode.duration
        return end - self.start if end is not None and end > self.start else None

    @property
    def warning(self) -> tuple[str, str] | None:
        """The episode's content warning, and its language."""
        text = self.text if self.text.content_warning else self.episode
        return (text.content_warning, text.language) if text.content_warning else None

    @property
    def renditions(self) -> tuple[Audio, ...]:
        """What may be played on this site; none where the audio is away, or on another server."""
        return self.episode.renditions if self.episode.missing_since is None else ()

    @property
    def stretch(self) -> str:
        """The fragment of the audio's address (W3C Media Fragments, seconds)."""
        end = "" if self.end is None else f",{_seconds(self.end)}"
        return f"#t={_seconds(self.start)}{end}"


def join_parts(parts: Parts, home: Show | None) -> Markup:
    """Write rendered notes with the moments that they embed.

    A name without a show means an episode of `home`; where there is no such show, of the first that has it.
    """
    return Markup("").join(_written(part, home) for part in parts)


def find_moment(moment: EmbeddedMoment, home: Show | None) -> HeardMoment | None:
    """Find the episode that a moment names; None where visitors may not see it, or not now."""
    shows = site().publication.shows()
    if moment.show is not None:
        shows = tuple(show for show in shows if moment.show in (show.slug, *show.was))
    elif home is not None:
        shows = (home,)
    found = ((show, _public_episode(show, moment.episode)) for show in shows)
    show, episode = next(((show, one) for show, one in found if one is not None), (None, None))
    if show is None or episode is None:
        return None
    is_within = episode.duration is None or moment.start < episode.duration
    return HeardMoment(
        show=show,
        episode=episode,
        text=text_of(episode),
        start=moment.start if is_within else timedelta(),
        end=moment.end if is_within else None,
    )


def notes_html(markdown: str, *, address: str | None, duration: timedelta | None, home: Show) -> Markup:
    """Give an episode's notes as HTML; `address` is the page that time stamps lead to (None: they stay text)."""
    return join_parts(_parts(markdown, address, duration), home)


@lru_cache(maxsize=256)
def imported_notes(html: str) -> Markup:
    """Give notes that came as HTML, cleaned; kept as well."""
    return Markup(render_html_page(html))  # noqa: S704  (nh3 cleaned it)


@lru_cache(maxsize=256)
def sections_of(markdown: str) -> tuple[Section, ...]:
    """Give the sections of a long page. Kept, because reading Markdown takes a while."""
    return render_sections(markdown)


@lru_cache(maxsize=256)
def _parts(markdown: str, address: str | None, duration: timedelta | None) -> Parts:
    """Kept as well; what is embedded is written each time, as it may change without the notes."""
    return render_parts(markdown, moment_url=_moment_url(address), duration=duration)


def _written(part: str | EmbeddedMoment, home: Show | None) -> Markup:
    if isinstance(part, str):
        return Markup(part)  # noqa: S704  (rendered notes let nothing unsafe through)
    return Markup(render_template("_embedded.html", moment=part, heard=find_moment(part, home)))  # noqa: S704  (Jinja escapes)


def _moment_url(address: str | None) -> Callable[[timedelta], str] | None:
    return None if address is None else lambda moment: f"{address}?t={_seconds(moment)}#player"


def _public_episode(show: Show, slug: str) -> Episode | None:
    publication = site().publication
    try:
        return publication.episode(show, slug, now())
    except Moved as moved:
        return _public_episode(show, moved.to)
    except (NotFound, Withdrawn, MediaError):
        return None


def _seconds(moment: timedelta) -> int:
    return int(moment.total_seconds())
