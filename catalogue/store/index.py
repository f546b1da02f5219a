"""The index: shows, episodes and what files hold, read whole and written in small transactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from catalogue.documents import read_document, render_document
from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode, LedgerShow
from catalogue.domain.plan import Problem
from catalogue.domain.show import Show
from catalogue.errors import StoreError
from catalogue.store.opening import open_engine, writing
from catalogue.store.schema import EPISODES, FILES, PROBLEMS, REVISION, SHOWS

# SQLite takes at most 32,766 parameters a statement.
BATCH = 500
UNREAD = "The index could not be read: {why}. If that stays so, delete it and run castalogue index: it is made again."
UNWRITTEN = "The database could not be written: {why}. This step was undone. Check its disk space and its rights."


@dataclass(frozen=True, kw_only=True)
class ShowRow:
    """A show as indexed; `version` is a digest of what it was read from."""

    show: Show
    line: LedgerShow
    changed_at: datetime
    version: str
    position: int = 0
    """The show's place in the library."""


@dataclass(frozen=True, kw_only=True)
class EpisodeRow:
    """An episode as indexed; `episode` is None where only the ledger still knows of it."""

    episode: Episode | None
    line: LedgerEpisode
    version: str


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """What a file was found to hold: `document` (JSON of its facts), or `error` (JSON of a Problem)."""

    path: str
    version: str
    kind: str
    document: str | None = None
    error: str | None = None


def open_index(url: str) -> Index:
    """Open the index at an SQLAlchemy URL; raises StoreError."""
    return Index(open_engine(url))


class Index:
    """The database. Every method is one transaction and may raise StoreError; threads may share one Index."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        self._engine.dispose()

    def revision(self) -> int:
        """The number of changes so far; 0 before the first."""
        with self._reading() as connection:
            return connection.scalar(select(REVISION.c.number)) or 0

    def shows(self) -> tuple[ShowRow, ...]:
        """All shows in the library's order."""
        with self._reading() as connection:
            rows = connection.execute(select(SHOWS).order_by(SHOWS.c.position, SHOWS.c.path)).all()
            return tuple(_show_row(row) for row in rows)

    def episodes(self, show_guid: str) -> tuple[EpisodeRow, ...]:
        """All of a show's episodes, drafts and withdrawn ones too, in no promised order."""
        with self._reading() as connection:
            rows = connection.execute(select(EPISODES).where(EPISODES.c.show_guid == show_guid)).all()
            return tuple(_episode_row(row) for row in rows)

    def files(self) -> dict[str, FileRow]:
        """What every file was found to hold, by path."""
        with self._reading() as connection:
            rows = connection.execute(select(FILES)).all()
        return {row.path: FileRow(**row._mapping) for row in rows}

    def file_kinds(self) -> dict[str, tuple[str, str]]:
        """Version and kind under which every file was read, by path; without what it holds."""
        columns = select(FILES.c.path, FILES.c.version, FILES.c.kind)
        with self._reading() as connection:
            return {row.path: (row.version, row.kind) for row in connection.execute(columns)}

    def file_versions(self) -> dict[str, str]:
        """The version at which every file was read, by path."""
        with self._reading() as connection:
            return {row.path: row.version for row in connection.execute(select(FILES.c.path, FILES.c.version))}

    def file(self, path: str) -> FileRow | None:
        with self._reading() as connection:
            row = connection.execute(select(FILES).where(FILES.c.path == path)).one_or_none()
        return None if row is None else FileRow(**row._mapping)

    def problems(self) -> tuple[Problem, ...]:
        """What the last run found worth saying."""
        with self._reading() as connection:
            documents = connection.scalars(select(PROBLEMS.c.document).order_by(PROBLEMS.c.id)).all()
            return tuple(read_document(Problem, document) for document in documents)

    def save_files(self, rows: Iterable[FileRow]) -> None:
        """Keep what files hold, replacing what was kept under the same paths."""
        pending = [vars(row) for row in rows]
        for start in range(0, len(pending), BATCH):
            batch = pending[start : start + BATCH]
            with self._writing() as connection:
                connection.execute(delete(FILES).where(FILES.c.path.in_([row["path"] for row in batch])))
                connection.execute(insert(FILES), batch)

    def announce(self) -> None:
        """Count one change, so that other processes read again."""
        with self._writing() as connection:
            _count_change(connection)

    def forget_files(self, paths: Sequence[str]) -> None:
        for start in range(0, len(paths), BATCH):
            with self._writing() as connection:
                connection.execute(delete(FILES).where(FILES.c.path.in_(paths[start : start + BATCH])))

    def save_show(
        self,
        row: ShowRow,
        *,
        episodes: Mapping[str, EpisodeRow],
        gone: Iterable[str] = (),
    ) -> None:
        """Save a show with its new and changed episodes (by GUID) and count one change, in one transaction.

        `gone` are GUIDs whose rows leave the index. Slugs may change hands within one call.
        """
        with self._writing() as connection:
            _save_show(connection, row)
            leaving = [*gone, *episodes]
            for start in range(0, len(leaving), BATCH):
                connection.execute(
                    delete(EPISODES).where(
                        EPISODES.c.show_guid == row.show.guid, EPISODES.c.guid.in_(leaving[start : start + BATCH])
                    )
                )
            if episodes:
                connection.execute(insert(EPISODES), [_columns(row.show.guid, one) for one in episodes.values()])
            _count_change(connection)

    def save_problems(self, problems: Sequence[Problem]) -> None:
        with self._writing() as connection:
            connection.execute(delete(PROBLEMS))
            rows = [
                {"id": number, "document": render_document(Problem, problem).decode()}
                for number, problem in enumerate(problems, 1)
            ]
            if rows:
                connection.execute(insert(PROBLEMS), rows)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _told("store-read", UNREAD), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _told("store-write", UNWRITTEN), writing(self._engine) as connection:
            yield connection


@contextmanager
def _told(code: str, template: str) -> Iterator[None]:
    """Make an error of ours of what SQLAlchemy, or a document that is none, raises inside."""
    try:
        yield
    except (SQLAlchemyError, ValidationError) as error:
        raise StoreError(code, template, why=str(getattr(error, "orig", None) or error)) from error


def _show_row(row: Row[Any]) -> ShowRow:
    return ShowRow(
        show=read_document(Show, row.document),
        line=read_document(LedgerShow, row.ledger),
        changed_at=datetime.fromisoformat(row.changed_at),
        version=row.version,
    )


def _episode_row(row: Row[Any]) -> EpisodeRow:
    return EpisodeRow(
        episode=read_document(Episode, row.document) if row.document else None,
        line=read_document(LedgerEpisode, row.ledger),
        version=row.version,
    )


def _save_show(connection: Connection, row: ShowRow) -> None:
    show = row.show
    connection.execute(delete(SHOWS).where(SHOWS.c.guid == show.guid))
    connection.execute(
        insert(SHOWS).values(
            guid=show.guid,
            position=row.position,
            slug=show.slug,
            path=show.path,
            changed_at=row.changed_at.isoformat(),
            version=row.version,
            document=render_document(Show, show).decode(),
            ledger=render_document(LedgerShow, row.line).decode(),
        )
    )


def _columns(show_guid: str, row: EpisodeRow) -> dict[str, object]:
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
    }


def _count_change(connection: Connection) -> None:
    counted = connection.execute(update(REVISION).where(REVISION.c.id == 1).values(number=REVISION.c.number + 1))
    if counted.rowcount == 0:
        highest = connection.scalar(select(func.max(REVISION.c.number))) or 0
        connection.execute(insert(REVISION).values(id=1, number=highest + 1))
