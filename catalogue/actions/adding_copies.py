"""Copy an added episode's two files into the library, and take them back where it comes to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from catalogue.actions.adding_places import NewEpisode, read_known_ledger
from catalogue.actions.open import Place
from catalogue.errors import ContentError


def write_episode(place: Place, new: NewEpisode) -> dict[str, str]:
    """Write both files, unless a run that was killed has done so; gives the versions of what was written."""
    versions = {}
    for path in new.paths:
        if place.storage.stat(path) is not None:
            continue
        if path == new.note:
            versions[path] = place.storage.replace(path, new.content, expected="").version
            continue
        with _opened(new.source) as audio:
            versions[path] = place.storage.replace(path, audio, expected="").version
    return versions


def _opened(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:  # it went away, or its disk did, since its tags were read
        why = (error.strerror or str(error)).lower()
        raise ContentError(
            "unreadable", "It cannot be read: {why}. Put it back, then add it again.", path=str(source), why=why
        ) from error


@contextmanager
def undone_if_it_fails(place: Place, home: str, new: NewEpisode, *, is_ours: bool = False) -> Iterator[None]:
    """Take the files away again that were not there before, or (`is_ours`) both."""
    ours = [path for path in (new.audio, new.note) if is_ours or place.storage.stat(path) is None]
    try:
        yield
    except BaseException:
        take_back(place, home, new.folder, ours)
        raise


def take_back(place: Place, home: str, folder: str, paths: Sequence[str]) -> None:
    """Remove files, unless the ledger knows them by now: then they are published, and stay.

    The audio goes first: without its note it would be published by whoever comes next.
    """
    ledger = read_known_ledger(place, home)
    if ledger is None or all(f"{home}/{line.path}".lstrip("/") != folder for line in ledger.episodes):
        for path in paths:
            place.storage.remove(path)
