"""How loud episodes are, for the terminal: those that were measured, and measuring one at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.loudness.measuring import enclosure, measure, no_recording
from catalogue.actions.named import find_row
from catalogue.actions.open import Place
from catalogue.domain.loudness import Loudness


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was measured of an episode, with the slugs of its show and itself."""

    show: str
    episode: str
    loudness: Loudness


def known_loudness(place: Place) -> tuple[Measured, ...]:
    """All episodes whose recording was measured, show by show in the order of their folders. Raises StoreError."""
    known = place.index.loudnesses()
    return tuple(
        Measured(show=show.show.slug, episode=row.line.slug, loudness=known[row.episode.renditions[0].sha256])
        for show in (place.index.shows() if known else ())
        for row in sorted(place.index.episodes(show.show.guid), key=lambda one: one.line.path)
        if row.episode is not None and row.episode.renditions and row.episode.renditions[0].sha256 in known
    )


def measure_named(
    place: Place,
    name: str,
    *,
    clock: Callable[[], datetime],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Measured:
    """Measure an episode now, unless that was done; `progress` hears of its seconds.

    What could not be measured is tried again. Raises NotFound, Conflict, ConfigError, ProgramEnded, StoreError.
    """
    show, row = find_row(place, name)
    audio = enclosure(place, show.show.guid, row.line.guid)
    if audio is None:
        raise no_recording()
    whole = round(audio.duration.total_seconds()) if audio.duration else 0
    known = place.index.loudness(audio.sha256)
    if known is None or known.fault:
        known = measure(place, audio, now=clock, on_seconds=lambda done: progress(min(round(done), whole), whole))
    return Measured(show=show.show.slug, episode=row.line.slug, loudness=known)
