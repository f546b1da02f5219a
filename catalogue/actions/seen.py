"""A library as a run saw it, kept by the process that saw it, so that the next run can tell what is otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catalogue.library.folder import ShowFiles
from catalogue.library.ledger import LEDGER_NAME
from catalogue.library.naming import natural_key
from catalogue.ports import LibraryFile


def file_lines(files: Iterable[LibraryFile]) -> list[str]:
    """Each file's path and version as one line: two of these are compared ten times as quickly as two files."""
    return [f"{one.path}\0{one.size_bytes}-{one.mtime_ns}-{one.inode}" for one in files]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A library's files in the order listed, the `file_lines` of them, and the shows that they make."""

    files: tuple[LibraryFile, ...]
    lines: Sequence[str]
    shows: tuple[ShowFiles, ...]
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Path of a file → its show and its episode, by number; filled when first asked for."""

    def place_of(self, path: str) -> tuple[int, int] | None:
        """The show and the episode that a file belongs to, by number; None where it is no episode's."""
        if not self.places:
            units = ((i, j, unit) for i, show in enumerate(self.shows) for j, unit in enumerate(show.episodes))
            self.places.update((file.path, (i, j)) for i, j, unit in units for file in unit.files)
        return self.places.get(path)

    def after(self, ledgers: Mapping[str, LibraryFile]) -> Seen:
        """The same with the ledgers that the run itself wrote, by path."""
        if not ledgers:
            return self
        shows = tuple(replace(show, ledger=_ledger_of(show, ledgers)) for show in self.shows)
        files, lines = list(self.files), list(self.lines)
        numbers = {file.path: number for number, file in enumerate(files) if file.path in ledgers}
        if not ledgers.keys() <= numbers.keys():
            every = {file.path: file for file in (*files, *ledgers.values())}
            files = [every[path] for path in sorted(every, key=natural_key)]
            return replace(self, files=tuple(files), lines=file_lines(files), shows=shows)
        for path, file in ledgers.items():
            files[numbers[path]] = file
            (lines[numbers[path]],) = file_lines([file])
        return replace(self, files=tuple(files), lines=lines, shows=shows)


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What the last whole run saw, under the `digest` that it left in the index; `around` is all beside the files."""

    digest: str
    around: str
    seen: Seen


def _ledger_of(show: ShowFiles, ledgers: Mapping[str, LibraryFile]) -> LibraryFile | None:
    return ledgers.get(f"{show.path}/{LEDGER_NAME}".lstrip("/"), show.ledger)
