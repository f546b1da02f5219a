"""How loud a recording is, in plain words, and a picture of it; measured behind the page that first asks for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from babel.numbers import format_decimal

from catalogue.actions.loudness.asking import can_measure, find_heard, hear
from catalogue.domain.errands import Errand
from catalogue.domain.loudness import LONG_SILENCE_AFTER, LONG_SILENCE_BEFORE, Hearing, Loudness
from catalogue.domain.rights import Right
from catalogue.errors import StoreError
from catalogue.store.index import EpisodeRow
from web import figures
from web.current import now
from web.studio import current
from web.studio.current import can, place, producer
from web.studio.faults import Told, told_reason
from web.studio.words import studio_words

# Half the height of the picture; its width is one for each column.
HALF = 64
LOG = logging.getLogger("castalogue")


@dataclass(frozen=True, kw_only=True)
class Wave:
    """A picture of a recording as the path of an SVG, `columns` wide and 2 * HALF high, and what is said of it."""

    path: str
    columns: int
    seconds: float
    label: str


@dataclass(frozen=True, kw_only=True)
class HeardPage:
    """What a page says of a recording: `sentences`, or the errand that finds out, or a `fault`."""

    sentences: tuple[str, ...] = ()
    wave: Wave | None = None
    errand: Errand | None = None
    fault: Told | None = None


def heard_on_page(row: EpisodeRow) -> HeardPage | None:
    """What to say of an episode of the show of the request; None where there is nothing to say.

    What nobody has measured yet is asked for.
    """
    try:
        found = hear(place(), current.show().guid, row.line.guid, asked_by=producer().shown_name, now=now())
    except StoreError as error:  # what cannot be asked for now is asked for by the next who looks
        LOG.warning("How loud an episode is cannot be found out just now: %s", error)
        return None
    if found is None:
        return None
    if found.loudness is not None:
        return _measured(found.loudness)
    if found.errand is not None:
        return HeardPage(errand=found.errand)
    is_missing = place().settings.audio_help and not can_measure(place())
    return HeardPage(sentences=(studio_words()("heard_no_ffmpeg"),)) if is_missing else None


def wave_of(row: EpisodeRow) -> Wave | None:
    """The picture of an episode's recording, where it was measured, as high as there is room. Raises StoreError."""
    found = find_heard(place(), current.show().guid, row.line.guid)
    if found is None or found.loudness is None:
        return None
    levels = found.loudness.levels
    highest = max(levels, default=0) or 1
    return _wave(found.loudness, tuple(level * 255 // highest for level in levels))


def _measured(loudness: Loudness) -> HeardPage:
    if loudness.fault:
        return HeardPage(fault=told_reason(loudness.fault))
    return HeardPage(sentences=tuple(_sentences(loudness)), wave=_wave(loudness, loudness.levels))


def _sentences(loudness: Loudness) -> list[str]:
    words, hearing = studio_words(), loudness.hearing
    said = [words(f"heard_{hearing.value.replace('-', '_')}", **_figures(loudness))]
    if hearing is not Hearing.RIGHT:
        said.append(_mend(loudness))
    if loudness.channels == 1 and hearing is not Hearing.SILENT:
        said.append(words("heard_mono", wanted=_number(loudness.wanted_lufs)))
    if hearing is not Hearing.SILENT:
        silences = {"before": (loudness.silence_before, LONG_SILENCE_BEFORE)}
        silences["after"] = (loudness.silence_after, LONG_SILENCE_AFTER)
        long = {end: round(seconds) for end, (seconds, least) in silences.items() if seconds >= least}
        said += (words(f"heard_silence_{end}", seconds=seconds) for end, seconds in long.items())
    return said


def _mend(loudness: Loudness) -> str:
    """What to do about it: whoever may not replace the recording is told who can."""
    words = studio_words()
    own = "mend" if can(Right.PUBLISH, current.show()) else "tell"
    if loudness.hearing is Hearing.SILENT:
        return words(f"heard_silent_{own}")
    return words(f"heard_{own}", wanted=_number(loudness.wanted_lufs))


def _figures(loudness: Loudness) -> dict[str, str]:
    lufs = loudness.integrated_lufs
    return {
        "lufs": "" if lufs is None else _number(lufs),
        "wanted": _number(loudness.wanted_lufs),
    }


def _number(value: float) -> str:
    """A number as people write it, with a minus that does not look like a hyphen."""
    return str(format_decimal(value, format="0.#", locale=studio_words().language)).replace("-", "\u2212")


def _wave(loudness: Loudness, levels: tuple[int, ...]) -> Wave | None:
    if not levels:
        return None
    length = figures.length(timedelta(seconds=round(loudness.seconds)), studio_words())
    label = studio_words()("heard_picture", length=length)
    return Wave(path=wave_path(levels), columns=len(levels), seconds=loudness.seconds, label=label)


def wave_path(levels: tuple[int, ...]) -> str:
    """An outline around the middle, at least one unit high on each side, so that silence is a line.

    >>> wave_path((0, 255))
    'M0 63L1 63L1 1L2 1L2 127L1 127L1 65L0 65Z'
    """
    swings = [max(1, level * (HALF - 1) // 255) for level in levels]
    above = [f"{x + side} {HALF - swing}" for x, swing in enumerate(swings) for side in (0, 1)]
    below = [f"{x + side} {HALF + swing}" for x, swing in reversed([*enumerate(swings)]) for side in (1, 0)]
    return f"M{'L'.join((*above, *below))}Z"
