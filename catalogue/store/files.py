"""What files were found to hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from catalogue.store.batches import batches
from catalogue.store.revisions import count_change
from catalogue.store.rows import FileRow
from catalogue.store.schema import FILES
from catalogue.store.transactions import Transactions, reads, writes


class Files(Transactions):
    """The files' part of the index."""

    @reads
    def files(self, connection: Connection) -> dict[str, FileRow]:
        """What every file was found to hold, by path."""
        return {row.path: FileRow(**row._mapping) for row in connection.execute(select(FILES))}

    @reads
    def file_kinds(self, connection: Connection) -> dict[str, tuple[str, str]]:
        """Version and kind under which every file was read, by path; without what it holds."""
        columns = select(FILES.c.path, FILES.c.version, FILES.c.kind)
        return {row.path: (row.version, row.kind) for row in connection.execute(columns)}

    @reads
    def file_versions(self, connection: Connection) -> dict[str, str]:
        """The version at which every file was read, by path."""
        return {row.path: row.version for row in connection.execute(select(FILES.c.path, FILES.c.version))}

    @reads
    def file(self, connection: Connection, path: str) -> FileRow | None:
        """What one file was found to hold; None where it was never read."""
        row = connection.execute(select(FILES).where(FILES.c.path == path)).one_or_none()
        return None if row is None else FileRow(**row._mapping)

    @reads
    def files_at(self, connection: Connection, paths: Sequence[str]) -> dict[str, FileRow]:
        """What some files were found to hold, by path; those never read are left out."""
        found = (
            row for batch in batches(paths) for row in connection.execute(select(FILES).where(FILES.c.path.in_(batch)))
        )
        return {row.path: FileRow(**row._mapping) for row in found}

    def save_files(self, rows: Iterable[FileRow]) -> None:
        """Keep what files hold, replacing what was kept under the same paths; the last of two for one path counts."""
        for batch in batches([*{row.path: row for row in rows}.values()]):
            self._save_files(batch)

    @writes
    def announce_file(self, connection: Connection, row: FileRow) -> None:
        """Keep what a file holds and count one change, in one transaction: who was killed leaves both or neither."""
        _replace(connection, [row])
        count_change(connection)

    def forget_files(self, paths: Sequence[str]) -> None:
        """Keep nothing of these files any more."""
        for batch in batches(paths):
            self._forget_files(batch)

    @writes
    def _save_files(self, connection: Connection, rows: Sequence[FileRow]) -> None:
        _replace(connection, rows)

    @writes
    def _forget_files(self, connection: Connection, paths: Sequence[str]) -> None:
        connection.execute(delete(FILES).where(FILES.c.path.in_(paths)))


def _replace(connection: Connection, rows: Sequence[FileRow]) -> None:
    connection.execute(delete(FILES).where(FILES.c.path.in_([row.path for row in rows])))
    connection.execute(insert(FILES), [vars(row) for row in rows])
