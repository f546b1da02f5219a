"""What belongs to all shows of a library and lies in files of its own: read where they changed, kept by the index.

Each kind stands in one row, under a path that no file can have, so that a web process without the library's disk has it
with one look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar, cast

from catalogue.documents import read_document, render_document
from catalogue.domain.plan import Problem
from catalogue.ports import LibraryFile
from catalogue.sandbox import INTERRUPTED
from catalogue.store.index import FileRow, Index

# Another look at the same bytes may do better.
_PASSING = frozenset(("unreadable", INTERRUPTED))


class Told(Protocol):
    """What was read, with what is wrong with it."""

    @property
    def problems(self) -> tuple[Problem, ...]: ...

    @property
    def paths(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=Told)


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A library as a run sees it; `index` is to keep what is read where it `is_keeping`.

    Where it `is_doubtful` whether the library is there, or a file of what is known is among the `lost` paths, all stays
    as it was.
    """

    files: Sequence[LibraryFile]
    index: Index
    is_keeping: bool
    lost: Collection[str] = ()
    is_doubtful: bool = False


@dataclass(frozen=True, kw_only=True)
class SharedFiles(Generic[T]):
    """A kind of such files: its `row` in the index, what `belongs` to it by path, and what it is when there is none.

    They lie at the library's top, or in its `folders`. The number in `kind` grows when a reader finds more than before,
    so that every file is read again once.
    """

    row: str
    folders: tuple[str, ...]
    kind: str
    nothing: T
    belongs: Callable[[str], bool]

    def held(self, index: Index) -> T:
        """What the index holds; raises StoreError."""
        return self._document(index.file(self.row))

    def read(self, sight: Sight, make: Callable[[Sequence[LibraryFile], T], T]) -> T:
        """What the library holds now; `make` gives it from the files that belong, and what was known before."""
        row = sight.index.file(self.row)
        known = self._document(row)
        mine = tuple(file for file in sight.files if self.belongs(file.path))
        if sight.is_doubtful or not sight.files or is_any_lost(known.paths, sight.lost, folders=self.folders):
            return known
        version = _version(mine)
        is_read = row is not None and (row.version, row.kind) == (version, self.kind)
        if is_read or (row is None and not mine):
            return known
        made = make(mine, known)
        if sight.is_keeping:
            document = render_document(type(self.nothing), made).decode()
            version = "" if _is_passing(made) else version
            now = FileRow(path=self.row, version=version, kind=self.kind, document=document)
            if made == known:
                sight.index.save_files([now])
            else:
                sight.index.announce_file(now)
        return made

    def _document(self, row: FileRow | None) -> T:
        if row is None or row.kind != self.kind or not row.document:
            return self.nothing
        return cast("T", _read(type(self.nothing), row.document))


@lru_cache(maxsize=8)
def _read(kind: type[object], document: str) -> object:
    """Kept, because every change of the index asks for all kinds, which seldom are others."""
    return read_document(kind, document)


def is_any_lost(paths: Iterable[str], lost: Collection[str], *, folders: Collection[str]) -> bool:
    """Whether one of the files at `paths`, a translation of it or one of the `folders` cannot be seen just now.

    Something else that cannot be read there keeps nothing back: nobody knew it.

    >>> is_any_lost(["topics/a.md"], ["topics/a.es.md"], folders=["topics"])
    True
    >>> is_any_lost(["topics/a.md"], ["topics/new.md"], folders=["topics"])
    False
    """
    known = {_stem(path) for path in paths} if lost else set()
    return any(path in folders or _stem(path) in known for path in lost)


def _stem(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"


def _is_passing(told: Told) -> bool:
    return any(problem.code in _PASSING for problem in told.problems)


def _version(files: Iterable[LibraryFile]) -> str:
    lines = "\n".join(f"{file.path}\0{file.version}" for file in files)
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:32]
