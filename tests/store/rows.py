"""Rows that go into the index; a test states only what matters to it."""

from __future__ import annotations

from typing import Any

from builders import NOON, make_episode, make_ledger_show, make_line, make_show

from catalogue.store.index import EpisodeRow, ShowRow


def show_row(**stated: Any) -> ShowRow:
    """A show's row; `show` and `line` as built, unless stated."""
    values = {"show": make_show(), "line": make_ledger_show(), "changed_at": NOON, "version": "1"}
    return ShowRow(**values | stated)


def episode_row(guid: str, slug: str, *, version: str = "1", **stated: Any) -> EpisodeRow:
    """A row of an episode in a folder named after its GUID."""
    episode = make_episode(guid=guid, slug=slug, path=guid, **stated)
    return EpisodeRow(episode=episode, line=make_line(guid=guid, slug=slug, path=guid), version=version)


def by_guid(*rows: EpisodeRow) -> dict[str, EpisodeRow]:
    return {row.line.guid: row for row in rows}
