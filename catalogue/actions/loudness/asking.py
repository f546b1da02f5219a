"""What is known of how loud an episode is, and asking for what is not."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.errands.asking import ask_for
from catalogue.actions.loudness.measuring import enclosure
from catalogue.actions.open import Place
from catalogue.domain.errands import OPEN_STATES, Errand, ErrandWish
from catalogue.domain.loudness import Loudness
from catalogue.domain.media import Audio
from catalogue.errors import StoreError
from catalogue.formats.loudness.ffmpeg import has_ffmpeg

KIND = "loudness"
LOG = logging.getLogger("castalogue")


@dataclass(frozen=True, kw_only=True)
class Heard:
    """How loud an episode's recording is, or who finds that out; neither where nothing can be measured here."""

    audio: Audio
    loudness: Loudness | None = None
    errand: Errand | None = None


def can_measure(place: Place) -> bool:
    """Whether recordings are measured here: it is not switched off, and there is an ffmpeg."""
    return place.settings.audio_help and has_ffmpeg()


def find_heard(place: Place, show_guid: str, guid: str) -> Heard | None:
    """What is known of an episode; None where the library has no recording of it. Raises StoreError."""
    audio = enclosure(place, show_guid, guid)
    if audio is None:
        return None
    loudness = place.index.loudness(audio.sha256)
    return Heard(audio=audio, loudness=loudness, errand=None if loudness else _open_errand(place, show_guid, guid))


def hear(place: Place, show_guid: str, guid: str, *, asked_by: str = "", now: datetime) -> Heard | None:
    """The same, and what nobody has measured yet is asked for, where that can be done. Raises StoreError."""
    found = find_heard(place, show_guid, guid)
    if found is None or found.loudness or found.errand or not can_measure(place):
        return found
    wish = ErrandWish(
        kind=KIND, show_guid=show_guid, guid=guid, parameters={"sha256": found.audio.sha256}, asked_by=asked_by
    )
    return Heard(audio=found.audio, errand=ask_for(place, wish, now=now))


def hear_soon(place: Place, show_guid: str, guid: str, *, now: datetime) -> None:
    """Ask for what was just added to be measured; where that cannot be written down, whoever opens it asks again."""
    try:
        hear(place, show_guid, guid, now=now)
    except StoreError as error:
        LOG.warning("A new recording is not measured yet: %s", error)


def _open_errand(place: Place, show_guid: str, guid: str) -> Errand | None:
    its = (one for one in place.index.errands(states=OPEN_STATES, kind=KIND) if one.guid == guid)
    return next((one for one in its if one.show_guid == show_guid), None)
