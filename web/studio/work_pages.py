"""The pages about shows and episodes: a module of views registers them by being read, and so is named here."""

from __future__ import annotations

from web.studio import (
    chapters,
    cues,
    discarding,
    episode,
    episodes,
    errands,
    guests,
    handing,
    history,
    listeners,
    listening,
    noting,
    planning,
    publishing,
    recording,
    revising,
    settings,
    transcripts,
    uploading,
)

__all__ = [
    "chapters",
    "cues",
    "discarding",
    "episode",
    "episodes",
    "errands",
    "guests",
    "handing",
    "history",
    "listeners",
    "listening",
    "noting",
    "planning",
    "publishing",
    "recording",
    "revising",
    "settings",
    "transcripts",
    "uploading",
]
