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
from catalogue.show_notes import EmbeddedMoment, has_embedded, render_notes
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


def embed_in(home: Show | None) -> Callable[[EmbeddedMoment], str]:
    """Give what writes embedded moments.

    A name without a show means an episode of `home`; where there is no such show, of the first that has it.
    """

    def embed(moment: EmbeddedMoment) -> str:
        return render_template("_embedded.html", moment=moment, heard=find_moment(moment, home))

    return embed


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
    if has_embedded(markdown):
        html = render_notes(markdown, moment_url=_moment_url(address), duration=duration, embed=embed_in(home))
    else:
        html = _plain(markdown, address, duration)
    return Markup(html)  # noqa: S704  (render_notes lets nothing unsafe through)


@lru_cache(maxsize=256)
def _plain(markdown: str, address: str | None, duration: timedelta | None) -> str:
    """Kept, because reading Markdown takes a while; what is embedded may change without the notes."""
    return render_notes(markdown, moment_url=_moment_url(address), duration=duration)


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
