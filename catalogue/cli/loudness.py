"""`castalogue loudness`: how loud recordings are, beside what apps expect."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, complete_episode, json_option, opened, settings_of
from catalogue.cli.printing import print_json, progress_bar, tell

if TYPE_CHECKING:
    from catalogue.actions.loudness.listing import Measured
    from catalogue.actions.open import Place

NOTHING = "Nothing was measured yet. Name an episode: castalogue loudness EPISODE."
SAID = {
    "right": "as loud as others",
    "quiet": "{far:.1f} quieter than others",
    "too-quiet": "{far:.1f} quieter than others: it will sound quiet beside them",
    "loud": "{far:.1f} louder than others",
    "too-loud": "{far:.1f} louder than others: it will startle who listens",
    "silent": "nothing is to be heard in it",
}


@click.command()
@click.argument("episodes", nargs=-1, metavar="[EPISODE]...", shell_complete=complete_episode)
@json_option
@common_options
def loudness(episodes: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Measure how loud the recordings of EPISODEs are; without any, list what was measured.

    It takes ffmpeg, and about ten seconds for half an hour of sound.
    """
    from catalogue.actions.loudness.listing import known_loudness

    with opened(settings_of(**options)) as place:
        found = tuple(_measured(place, name) for name in episodes) if episodes else known_loudness(place)
    if as_json:
        print_json([_document(one) for one in found])
    for one in () if as_json else found:
        click.echo(_line(one))
    if not found:
        tell(NOTHING)
    sys.exit(1 if any(one.loudness.fault for one in found) else 0)


def _measured(place: Place, name: str) -> Measured:
    from catalogue.actions.loudness.listing import measure_named

    with progress_bar("Measuring", quiet=not sys.stderr.isatty()) as progress:
        return measure_named(place, name, clock=lambda: datetime.now(UTC), progress=progress)


def _line(one: Measured) -> str:
    heard = one.loudness
    where = f"{one.show}/{one.episode}"
    if heard.fault:
        return f"{where}  ✗ {heard.fault}"
    said = SAID[heard.hearing.value].format(far=abs(heard.difference))
    if heard.integrated_lufs is not None:
        mono = ", in mono" if heard.channels == 1 else ""
        said = f"{heard.integrated_lufs:.1f} LUFS ({heard.wanted_lufs:.0f} is wanted{mono}), {said}"
    return f"{where}  {said}{_silences(one)}"


def _silences(one: Measured) -> str:
    from catalogue.domain.loudness import LONG_SILENCE_AFTER, LONG_SILENCE_BEFORE

    if one.loudness.integrated_lufs is None:
        return ""
    before, after = one.loudness.silence_before, one.loudness.silence_after
    begins = f"; it begins with {before:.0f} s of silence" if before >= LONG_SILENCE_BEFORE else ""
    ends = f"; it ends with {after:.0f} s of silence" if after >= LONG_SILENCE_AFTER else ""
    return begins + ends


def _document(one: Measured) -> dict[str, Any]:
    heard = one.loudness
    return {
        "show": one.show,
        "episode": one.episode,
        "sha256": heard.sha256,
        "integrated_lufs": heard.integrated_lufs,
        "wanted_lufs": heard.wanted_lufs,
        "difference": heard.difference,
        "hearing": heard.hearing.value,
        "range_lu": heard.range_lu,
        "channels": heard.channels,
        "seconds": heard.seconds,
        "silence_before": heard.silence_before,
        "silence_after": heard.silence_after,
        "fault": heard.fault or None,
    }
