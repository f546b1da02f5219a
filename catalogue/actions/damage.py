"""A mark on a file whose bytes are not what was indexed, though size and time say so: it is not served.

The mark stands beside what the file was found to hold (a row that holds facts has no error otherwise), so that the
next index, which opens only what changed, neither takes up the damage nor forgets it. A file that is written again
is read again, and loses the mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from catalogue.documents import render_document
from catalogue.domain.plan import Problem, Severity
from catalogue.store.index import FileRow, Index


def is_damaged(row: FileRow) -> bool:
    """Whether a file is marked."""
    return bool(row.document and row.error)


def mark_files(index: Index, damaged: Iterable[FileRow], sound: Iterable[FileRow]) -> None:
    """Mark files as damaged, take the mark from others, and let every process know; raises StoreError."""
    wanted = [replace(row, error=_said(row.path)) for row in damaged if not is_damaged(row)]
    wanted += [replace(row, error=None) for row in sound if is_damaged(row)]
    known = index.files_at([row.path for row in wanted])
    # What somebody read anew meanwhile is not what was looked at.
    changed = [row for row in wanted if replace(known.get(row.path, row), error=row.error) == row]
    if changed:
        index.save_files(changed)
        index.announce()


def _said(path: str) -> str:
    message = "Its bytes are not those that were indexed."
    problem = Problem(severity=Severity.ERROR, code="damaged", path=path, message=message)
    return render_document(Problem, problem).decode()
