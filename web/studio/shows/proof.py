"""The proof of an import as a page: each episode as the old host had it, beside how it is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import render_template, request

from catalogue.domain.errands import Errand
from web.studio.newest import worktable
from web.studio.shows.left_behind import left_behind, not_come

ROWS_PER_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class ProofRow:
    """An episode as the old feed has it (`published_at` None, `size_bytes` 0: it does not say), and what differs here.

    `differences` are what, how it was and how it is.
    """

    guid: str
    title: str
    published_at: datetime | None
    size_bytes: int
    differences: tuple[tuple[str, str, str], ...]


def proof_page(errand: Errand) -> str:
    """Show what came and whether it is as it was, a hundred episodes a page; those that differ come first."""
    outcome = cast("Mapping[str, Any]", errand.outcome)
    rows = read_rows(outcome["rows"], outcome["differences"])
    pages = max(1, -(-len(rows) // ROWS_PER_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    shows = (shelf.show for shelf in worktable().now().shows)
    return render_template(
        "studio/import_proof.html",
        errand=errand,
        proof=outcome,
        not_come=not_come(outcome),
        left_behind=left_behind(outcome),
        rows=rows[(number - 1) * ROWS_PER_PAGE : number * ROWS_PER_PAGE],
        number=number,
        pages=pages,
        show=next((one for one in shows if one.guid == outcome["guid"]), None),
    )


def read_rows(rows: Sequence[Any], differences: Sequence[Any]) -> list[ProofRow]:
    """Read rows and differences as an errand keeps them; rows that differ first, else in the order of the feed."""
    by_guid: dict[str, list[tuple[str, str, str]]] = {}
    for guid, what, old, new in differences:
        by_guid.setdefault(guid, []).append((what, old, new))
    read = [
        ProofRow(
            guid=guid,
            title=title,
            published_at=datetime.fromisoformat(published) if published else None,
            size_bytes=size_bytes,
            differences=tuple(by_guid.get(guid, ())),
        )
        for guid, title, published, size_bytes in rows
    ]
    return sorted(read, key=lambda row: not row.differences)
