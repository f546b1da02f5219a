"""What the last run found worth saying."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from catalogue.documents import read_document, render_document
from catalogue.domain.plan import Problem
from catalogue.store.schema import PROBLEMS
from catalogue.store.transactions import Transactions, reads, writes


class Problems(Transactions):
    """The problems' part of the index."""

    @reads
    def problems(self, connection: Connection) -> tuple[Problem, ...]:
        """What the last run found worth saying, in its order."""
        documents = connection.scalars(select(PROBLEMS.c.document).order_by(PROBLEMS.c.id)).all()
        return tuple(read_document(Problem, document) for document in documents)

    @writes
    def save_problems(self, connection: Connection, problems: Sequence[Problem]) -> None:
        """Keep these and no others."""
        connection.execute(delete(PROBLEMS))
        rows = [
            {"id": number, "document": render_document(Problem, problem).decode()}
            for number, problem in enumerate(problems, 1)
        ]
        if rows:
            connection.execute(insert(PROBLEMS), rows)
