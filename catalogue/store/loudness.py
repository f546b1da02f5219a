"""What was measured of audio files, by their hash; made again where it is lost, so that deleting it loses nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from catalogue.documents import read_document, render_document
from catalogue.domain.loudness import RECIPE, Loudness
from catalogue.store.batches import batches
from catalogue.store.job_rows import moment_of, number_of
from catalogue.store.schema import LOUDNESS
from catalogue.store.transactions import Transactions, queues, reads

_MADE_NOW = LOUDNESS.c.recipe == RECIPE


class Measurements(Transactions):
    """The part of the index with how loud recordings are. What another recipe measured is not there."""

    @reads
    def loudness(self, connection: Connection, sha256: str) -> Loudness | None:
        """What was measured of a file; None: nothing yet."""
        found = connection.scalar(select(LOUDNESS.c.document).where(LOUDNESS.c.sha256 == sha256, _MADE_NOW))
        return None if found is None else read_document(Loudness, found)

    @reads
    def loudnesses(self, connection: Connection) -> dict[str, Loudness]:
        """All that was measured, by hash."""
        rows = connection.scalars(select(LOUDNESS.c.document).where(_MADE_NOW))
        return {one.sha256: one for one in (read_document(Loudness, document) for document in rows)}

    @reads
    def last_measured_at(self, connection: Connection) -> datetime | None:
        """When something was measured last; None: never."""
        found = connection.scalar(select(func.max(LOUDNESS.c.measured_at)))
        return None if found is None else moment_of(found)

    @queues
    def save_loudness(self, connection: Connection, loudness: Loudness, *, now: datetime) -> None:
        """Keep what was measured of a file, in place of what was measured of it before."""
        document = render_document(Loudness, loudness).decode()
        values = {"sha256": loudness.sha256, "recipe": RECIPE, "document": document, "measured_at": number_of(now)}
        connection.execute(delete(LOUDNESS).where(LOUDNESS.c.sha256 == loudness.sha256))
        connection.execute(insert(LOUDNESS).values(values))

    @queues
    def sweep_loudness(self, connection: Connection, kept: Collection[str]) -> None:
        """Forget what was measured of all files but these, and by other recipes."""
        known = set(connection.scalars(select(LOUDNESS.c.sha256)))
        for batch in batches(sorted(known - {*kept})):
            connection.execute(delete(LOUDNESS).where(LOUDNESS.c.sha256.in_(batch)))
        connection.execute(delete(LOUDNESS).where(LOUDNESS.c.recipe != RECIPE))
