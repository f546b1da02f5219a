"""Several files that take other names together: written down first, so that whoever comes next ends what was begun.

A journal lies in the show's folder, hidden, from before the first move until the index knows the new names. A process
that is killed in between leaves it; the next index finishes the moves before it looks at anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from catalogue.errors import ContentError
from catalogue.ports import LibraryStorage

JOURNAL_NAME = ".castalogue-moves.json"
LIMIT_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Moves:
    """Old path → new path, in their order, and whose files lie at the new ones (path → GUID)."""

    paths: Mapping[str, str]
    claims: Mapping[str, str] = field(default_factory=dict)


def begin_moves(storage: LibraryStorage, folder: str, moves: Moves) -> None:
    """Write down what is to be moved in a show's folder; raises ContentError, StaleEdit where moves are under way."""
    content = json.dumps({"moves": dict(moves.paths), "claims": dict(moves.claims)}, ensure_ascii=False)
    storage.replace(_path(folder), content.encode("utf-8", "surrogatepass"), expected="")


def finish_moves(storage: LibraryStorage, folder: str) -> Moves | None:
    """Make the moves that are written down and not made yet; None where there are none.

    Where one cannot be made, those before it are taken back, whoever made them; the journal goes, and ContentError is
    raised: all files have their old names then.
    """
    moves = _read(storage, folder)
    if moves is None:
        return None
    made: list[tuple[str, str]] = []
    try:
        made += _made(storage, moves)
        for path, to in _left(storage, moves):
            storage.move(path, to)
            made.append((path, to))
    except ContentError:
        for path, to in reversed(made):
            storage.move(to, path)
        end_moves(storage, folder)
        raise
    return moves


def end_moves(storage: LibraryStorage, folder: str) -> None:
    """Forget the journal: the index knows the new names."""
    storage.remove(_path(folder))


def _made(storage: LibraryStorage, moves: Moves) -> list[tuple[str, str]]:
    """The moves that a run made which was killed."""
    pairs = ((path, to) for path, to in moves.paths.items() if not storage.local_path(path).exists())
    return [(path, to) for path, to in pairs if storage.local_path(to).exists()]


def _left(storage: LibraryStorage, moves: Moves) -> Iterator[tuple[str, str]]:
    """The moves that are still to be made: what is not at its old place any more has moved."""
    return ((path, to) for path, to in moves.paths.items() if storage.local_path(path).exists())


def _read(storage: LibraryStorage, folder: str) -> Moves | None:
    path = _path(folder)
    if storage.stat(path) is None:
        return None
    try:
        stated = json.loads(storage.read_bytes(path, limit_bytes=LIMIT_BYTES))
        return Moves(paths=dict(stated["moves"]), claims=dict(stated["claims"]))
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise ContentError(
            "moves", "It is no list of moves that Castalogue wrote. Take this file away.", path=path
        ) from error


def _path(folder: str) -> str:
    return f"{folder}/{JOURNAL_NAME}".lstrip("/")
