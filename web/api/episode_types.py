"""What is taken and given where an episode is listed, read, begun or changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import Field, JsonValue

from catalogue.domain.episode_status import Status
from catalogue.library.notes.episode_note import NOTE_KEYS
from web.api.reading import STRICT
from web.api.shown import CLOSED, EpisodeLine, FileProblem

MOST_AT_ONCE, AT_ONCE = 200, 50
Keys = Annotated[dict[str, JsonValue], Field(json_schema_extra={"propertyNames": {"enum": list(NOTE_KEYS)}})]


@dataclass(frozen=True, kw_only=True)
class EpisodeQuery:
    """Which episodes: so many (`limit`) behind the place that a page named (`after`), perhaps of one status alone."""

    __pydantic_config__ = STRICT

    after: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{2,20000}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_AT_ONCE)] = AT_ONCE
    status: Status | None = None


@dataclass(frozen=True, kw_only=True)
class EpisodePage:
    """Episodes without a date first, then the newest; `next` is the `after` of the next page, null at the end."""

    __pydantic_config__ = CLOSED

    episodes: tuple[EpisodeLine, ...]
    total: int
    next: str | None


@dataclass(frozen=True, kw_only=True)
class NewEpisode:
    """A draft without a recording: the keys of its note as docs/notes.md has them, and the notes below (Markdown)."""

    __pydantic_config__ = STRICT

    title: Annotated[str, Field(min_length=1, max_length=1000)]
    keys: Keys = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class EpisodeChange:
    """Keys of the note to be set (null takes one away), and other notes; what is not named stays as it is."""

    __pydantic_config__ = STRICT

    keys: Keys = field(default_factory=dict)
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class WholeEpisode:
    """An episode with its note: `keys` as they are written, `text` the notes below, `file` where it lies.

    A recording without a note has none yet; what tags say of it stands in `keys` then, and `file` is where a first
    change would be written. `duration_seconds` is null where nothing trustworthy says it.
    """

    __pydantic_config__ = CLOSED

    episode: EpisodeLine
    folder: str
    updated_at: datetime | None
    duration_seconds: float | None
    explicit: bool | None
    audience: str
    summary: str | None
    languages: tuple[str, ...]
    file: str | None
    keys: dict[str, JsonValue]
    text: str
    problems: tuple[FileProblem, ...]
