"""Where directories list a show: what only they can say, and only its owner knows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The show's numbers in directories that give one, and its addresses in those whose links hold none (`listed`)."""

    apple: str | None = None
    podcast_index: str | None = None
    spotify: str | None = None
    youtube: str | None = None
    amazon: str | None = None
    deezer: str | None = None
    iheart: str | None = None
