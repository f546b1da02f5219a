"""Shows and their episodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, delete, func, insert, select, update

from catalogue.domain.telling import Announcement
from catalogue.store.batches import batches
from catalogue.store.fragments import FragmentRow, save_fragments
from catalogue.store.handovers import end_handovers
from catalogue.store.jobs import ask_for_jobs
from catalogue.store.producers import forget_authors
from catalogue.store.revisions import count_change
from catalogue.store.rows import (
    Changes,
    EpisodeRow,
    ShowRow,
    episode_columns,
    read_episode_row,
    read_show_row,
    show_columns,
)
from catalogue.store.schema import EPISODES, FRAGMENTS, REVISION, SHOWS
from catalogue.store.transactions import Transactions, reads, writes


class Shows(Transactions):
    """The shows' part of the index. No order is left to the database: each sorts texts in its own way."""

    @reads
    def shows(self, connection: Connection) -> tuple[ShowRow, ...]:
        """All shows in the library's order."""
        rows = sorted(connection.execute(select(SHOWS)), key=lambda row: (row.position, row.path))
        return tuple(read_show_row(row) for row in rows)

    @reads
    def episodes(self, connection: Connection, show_guid: str) -> tuple[EpisodeRow, ...]:
        """All of a show's episodes, drafts and withdrawn ones too, by GUID."""
        rows = connection.execute(select(EPISODES).where(EPISODES.c.show_guid == show_guid))
        return tuple(read_episode_row(row) for row in sorted(rows, key=lambda row: row.guid))

    @reads
    def episode(self, connection: Connection, show_guid: str, guid: str) -> EpisodeRow | None:
        """One episode of a show; None where it is not known."""
        mine = select(EPISODES).where(EPISODES.c.show_guid == show_guid, EPISODES.c.guid == guid)
        row = connection.execute(mine).one_or_none()
        return None if row is None else read_episode_row(row)

    @reads
    def episode_called(self, connection: Connection, show_guid: str, slug: str) -> EpisodeRow | None:
        """One episode of a show by its slug of today, be it a draft; None where there is none."""
        mine = select(EPISODES).where(EPISODES.c.show_guid == show_guid, EPISODES.c.slug == slug)
        row = connection.execute(mine).one_or_none()
        return None if row is None else read_episode_row(row)

    @reads
    def changes(self, connection: Connection, since: int) -> Changes:
        """What came with a later change than `since` (-1: everything), as of one moment."""
        shows = sorted(connection.execute(select(SHOWS)), key=lambda row: (row.position, row.path))
        counts = select(EPISODES.c.show_guid, func.count()).group_by(EPISODES.c.show_guid)
        found: dict[str, list[EpisodeRow]] = {}
        later = connection.execute(select(EPISODES).where(EPISODES.c.revision > since))
        for row in sorted(later, key=lambda row: row.guid):
            found.setdefault(row.show_guid, []).append(read_episode_row(row))
        return Changes(
            revision=connection.scalar(select(REVISION.c.number)) or 0,
            shows=tuple(read_show_row(row) for row in shows),
            episodes={guid: tuple(rows) for guid, rows in found.items()},
            counts={guid: count for guid, count in connection.execute(counts)},  # noqa: C416  (rows are no pairs)
        )

    def save_show(
        self,
        row: ShowRow,
        *,
        episodes: Mapping[str, EpisodeRow],
        gone: Iterable[str] = (),
        fragments: Mapping[str, FragmentRow | None] | None = None,
        asked: Iterable[Announcement] = (),
    ) -> None:
        """Save a show with its new and changed episodes (by GUID) and count one change, in one transaction.

        `gone` are GUIDs whose rows leave the index; `fragments` the rendered items, None where there is none any
        more; `asked` what is to be told of the change. Slugs may change hands within one call.
        """
        gone = tuple(gone)
        items = {**dict.fromkeys(gone), **(fragments or {})}
        self._save_show(row, tuple(episodes.values()), (*gone, *episodes), items=items, asked=tuple(asked))

    @writes
    def replace_show(self, connection: Connection, guid: str, row: ShowRow, episodes: Mapping[str, EpisodeRow]) -> None:
        """Let a show and its episodes take the place of the one with this GUID, whose identity they had."""
        revision = count_change(connection)
        for old in {guid, row.show.guid}:
            for table in (EPISODES, FRAGMENTS):
                connection.execute(delete(table).where(table.c.show_guid == old))
            connection.execute(delete(SHOWS).where(SHOWS.c.guid == old))
        connection.execute(insert(SHOWS), show_columns(row, revision))
        for pending in batches(tuple(episodes.values())):
            connection.execute(insert(EPISODES), [episode_columns(row.show.guid, one, revision) for one in pending])

    @writes
    def save_device(self, connection: Connection, show_guid: str, device: str | None) -> None:
        """Keep on which disk a show's folder lies; no change that readers should see."""
        connection.execute(update(SHOWS).where(SHOWS.c.guid == show_guid).values(device=device))

    @writes
    def _save_show(
        self,
        connection: Connection,
        row: ShowRow,
        episodes: tuple[EpisodeRow, ...],
        leaving: tuple[str, ...],
        *,
        items: Mapping[str, FragmentRow | None],
        asked: tuple[Announcement, ...],
    ) -> None:
        guid, revision = row.show.guid, count_change(connection)
        connection.execute(delete(SHOWS).where(SHOWS.c.guid == guid))
        connection.execute(insert(SHOWS), show_columns(row, revision))
        for batch in batches(leaving):
            connection.execute(delete(EPISODES).where(EPISODES.c.show_guid == guid, EPISODES.c.guid.in_(batch)))
        for pending in batches(episodes):
            connection.execute(insert(EPISODES), [episode_columns(guid, one, revision) for one in pending])
        forget_authors(connection, guid, (one.line.guid for one in episodes if one.episode and not one.episode.draft))
        end_handovers(connection, guid, _settled(leaving, episodes))
        save_fragments(connection, guid, items)
        ask_for_jobs(connection, asked)


def _settled(leaving: Iterable[str], episodes: Iterable[EpisodeRow]) -> Iterator[str]:
    """Of the GUIDs whose rows were replaced or taken away those that are drafts no more, for good."""
    waiting = {
        one.line.guid
        for one in episodes
        if one.line.withdrawn_at is None and (one.episode is None or one.episode.draft)
    }
    return (guid for guid in leaving if guid not in waiting)
