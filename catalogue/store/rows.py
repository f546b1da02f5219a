"""Rows of the index as values: what readers get and writers give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from catalogue.documents import read_document, render_document
from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode, LedgerShow
from catalogue.domain.show import Show


@dataclass(frozen=True, kw_only=True)
class ShowRow:
    """A show as indexed; `version` is a digest of what it was read from."""

    show: Show
    line: LedgerShow
    changed_at: datetime
    version: str
    position: int = 0
    """The show's place in the library."""
    device: str | None = None
    """The disk its folder lay on."""
    revision: int = field(default=0, compare=False)
    """The change it came with; the index counts it."""


@dataclass(frozen=True, kw_only=True)
class EpisodeRow:
    """An episode as indexed; `episode` is None where only the ledger still knows of it."""

    episode: Episode | None
    line: LedgerEpisode
    version: str
    revision: int = field(default=0, compare=False)
    """The change it came with; the index counts it."""


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """What a file was found to hold: `document` (JSON of its facts), or `error` (JSON of a Problem)."""

    path: str
    version: str
    kind: str
    document: str | None = None
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is newer than a change a reader knows: all shows, new and changed episodes by their show's GUID."""

    revision: int
    shows: tuple[ShowRow, ...]
    episodes: Mapping[str, tuple[EpisodeRow, ...]]
    counts: Mapping[str, int]
    """How many episodes each show has by now, so that a reader sees that some have left."""


def show_columns(row: ShowRow, revision: int) -> dict[str, object]:
    """A show's row as the table has it."""
    return {
        "guid": row.show.guid,
        "position": row.position,
        "slug": row.show.slug,
        "path": row.show.path,
        "changed_at": row.changed_at.isoformat(),
        "version": row.version,
        "document": render_document(Show, row.show).decode(),
        "ledger": render_document(LedgerShow, row.line).decode(),
        "device": row.device,
        "revision": revision,
    }


def read_show_row(row: Row[Any]) -> ShowRow:
    """Undo `show_columns`; raises pydantic's ValidationError for a document that is none."""
    return ShowRow(
        show=read_document(Show, row.document),
        line=read_document(LedgerShow, row.ledger),
        changed_at=datetime.fromisoformat(row.changed_at),
        version=row.version,
        position=row.position,
        device=row.device,
        revision=row.revision,
    )


def episode_columns(show_guid: str, row: EpisodeRow, revision: int) -> dict[str, object]:
    """An episode's row as the table has it."""
    episode, line = row.episode, row.line
    published_at = episode.published_at if episode else line.published_at
    return {
        "show_guid": show_guid,
        "guid": line.guid,
        "slug": line.slug,
        "path": line.path,
        "published_at": published_at.isoformat() if published_at else None,
        "version": row.version,
        "document": render_document(Episode, episode).decode() if episode else None,
        "ledger": render_document(LedgerEpisode, line).decode(),
        "revision": revision,
    }


def read_episode_row(row: Row[Any]) -> EpisodeRow:
    """Undo `episode_columns`; raises pydantic's ValidationError for a document that is none."""
    return EpisodeRow(
        episode=read_document(Episode, row.document) if row.document else None,
        line=read_document(LedgerEpisode, row.ledger),
        version=row.version,
        revision=row.revision,
    )
