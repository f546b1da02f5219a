"""What the library holds but could not be read this time, so that whatever depends on it stays as it was.

A note behind a link that broke, without permission or still being saved is not a note that was deleted: an
episode published without it would lose its title, its date, perhaps that it is a draft.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from catalogue.domain.media import AUDIO_ENDINGS
from catalogue.domain.plan import Problem, Severity
from catalogue.library.folder import SHOW_NAME, EpisodeFiles, ShowFiles
from catalogue.library.ledger import LEDGER_NAME
from catalogue.ports import LibraryFile, LibraryStorage, Skipped

# What decides over a whole show.
DECISIVE = (SHOW_NAME, LEDGER_NAME)
_NOTE = "episode.md"


def skipped_problem(row: Skipped) -> Problem:
    """Name what was left out; an error where that costs an episode something."""
    severity = Severity.ERROR if row.is_lost else Severity.NOTICE
    return Problem(severity=severity, code="skipped", path=row.path, message=row.reason)


def unread_problem(path: str) -> Problem:
    """Say of a file that it could not be read to its end, through no fault that stays with it."""
    message = "It changed or went away while it was read. Its episode stays as it was; the next index reads it again."
    return Problem(severity=Severity.ERROR, code="unread", path=path, message=message)


def lost_audio(storage: LibraryStorage) -> frozenset[str]:
    """Paths of audio and folders that are there but cannot be opened: their episodes are not gone."""
    return frozenset(row.path for row in storage.skipped if row.is_lost and (row.is_folder or is_audio(row.path)))


def composed(paths: Iterable[str]) -> frozenset[str]:
    """Spell paths as those of episodes are (NFC): some file systems keep letters and their accents apart."""
    return frozenset(unicodedata.normalize("NFC", path) for path in paths)


def undecided_shows(lost: Iterable[str]) -> frozenset[str]:
    """Folders of shows whose `show.toml` or ledger is lost: of these, nothing can be said."""
    split = (path.rpartition("/") for path in lost)
    return frozenset(folder for folder, _, name in split if name in DECISIVE)


def without_shows(files: Iterable[LibraryFile], shows: Collection[str]) -> tuple[LibraryFile, ...]:
    """Leave out all files inside some shows, so that no outer show takes them for its own."""
    return tuple(file for file in files if not any(is_inside(file.folder, show) for show in shows))


def decided_shows(found: Iterable[ShowFiles], undecided: Collection[str]) -> tuple[ShowFiles, ...]:
    """Leave out the shows themselves."""
    return tuple(show for show in found if show.path not in undecided)


def lost_note_problem(files: EpisodeFiles, show_path: str, lost: Collection[str]) -> Problem | None:
    """Say that an episode waits for its note; None where none of it is among the `lost` paths, `composed` ones."""
    if not lost:
        return None
    (show,) = composed((show_path,))
    here = f"{show}/{files.path}".lstrip("/")
    folder = here if files.is_folder else here.rpartition("/")[0]
    names = [f"{folder}/{_NOTE}".lstrip("/")] if folder != show else []
    names += [] if files.is_folder else [f"{here}.md"]
    notes = _notes(frozenset(lost))
    path = next((notes[name] for name in names if name in notes), None)
    if path is None:
        return None
    message = "Until it can be read, its episode stays as it was."
    return Problem(severity=Severity.NOTICE, code="note-lost", path=path, message=message)


@lru_cache(maxsize=2)
def _notes(lost: frozenset[str]) -> Mapping[str, str]:
    """Lost notes by their path as most people write it; the ending, and a folder's whole `episode.md`, in any case."""
    notes = (path for path in lost if path[-3:].lower() == ".md")
    return {f"{path[:-3]}.md" if _name(path).lower() != _NOTE else path[: -len(_NOTE)] + _NOTE: path for path in notes}


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def is_audio(path: str) -> bool:
    """Whether a path ends as audio does."""
    return path.rpartition(".")[2].lower() in AUDIO_ENDINGS


def is_inside(folder: str, show: str) -> bool:
    """Whether a folder is that of a show (`""`: the library's root) or lies in it."""
    return not show or folder == show or folder.startswith(f"{show}/")
