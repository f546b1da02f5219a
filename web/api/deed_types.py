"""What is taken and given where something is done to an episode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from catalogue.actions.effects import Effect
from web.api.reading import STRICT
from web.api.shown import CLOSED, EpisodeLine, FindingLine


@dataclass(frozen=True, kw_only=True)
class Wish:
    """`dry_run`: only say what it would be."""

    __pydantic_config__ = STRICT

    dry_run: bool = False


@dataclass(frozen=True, kw_only=True)
class PublishWish(Wish):
    """`keep_date`: with the date it had, instead of now."""

    keep_date: bool = False


@dataclass(frozen=True, kw_only=True)
class ScheduleWish(Wish):
    """`at` is read as `published` in a note is: `2026-12-24 18:00` on the clock of the show, or with its zone."""

    at: Annotated[str, Field(min_length=1, max_length=100)]


@dataclass(frozen=True, kw_only=True)
class WithdrawWish(Wish):
    """`confirm` is the slug of the episode: nothing brings back what was withdrawn."""

    confirm: str = ""


@dataclass(frozen=True, kw_only=True)
class RevisionWish(Wish):
    """`upload` is the number of a recording that has come whole, `note` what was corrected; one of both at least."""

    upload: str | None = None
    note: Annotated[str, Field(max_length=2000)] = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a deed was to apps, or would be; `findings` are what directories and listeners mind.

    `traces` are other places where a withdrawn episode may still be found.
    """

    __pydantic_config__ = CLOSED

    is_done: bool
    effects: tuple[Effect, ...]
    findings: tuple[FindingLine, ...]
    traces: tuple[str, ...]
    episode: EpisodeLine
