"""What an earlier export wrote, kept beside it: only these files are ever removed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from catalogue.errors import ConfigError
from web.export.folder import Placed, begun_name, writing

NAME = ".castalogue-export.json"
# What a run has begun to write, one name a line: who was killed half-way leaves no file that nobody knows.
JOURNAL = ".castalogue-export.journal"
FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`files` are size in bytes and mtime_ns by name; `state` is a digest of all that they were made of.

    `due_at` (ISO 8601) is when something falls due, `until` when anything that tells the time of day may read
    otherwise. `broken` are the links that led nowhere, as told.
    """

    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    state: str = ""
    due_at: str | None = None
    until: str | None = None
    broken: tuple[str, ...] = ()


def read_manifest(root: Path) -> Manifest | None:
    """Read what an earlier export left, with what one that was cut short began; None where there never was one.

    Raises ConfigError where it cannot be read.
    """
    try:
        names = _journalled(root)
    except OSError as error:
        raise _unreadable(root / JOURNAL, error) from error
    begun: dict[str, tuple[int, int]] = dict.fromkeys(names or (), (-1, 0))
    try:
        document = json.loads((root / NAME).read_text("utf-8"))
        files = {name: (int(size), int(mtime)) for name, (size, mtime) in document.pop("files").items()}
        if document.pop("format") != FORMAT:
            raise ValueError("another format")
        if not all(map(_is_inside, files)):
            raise ValueError("it names a file outside of this folder")
        broken = tuple(document.pop("broken"))
        return Manifest(files=files, broken=broken, **document) if names is None else Manifest(files=begun | files)
    except FileNotFoundError:
        return None if names is None else Manifest(files=begun)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(root / NAME, error) from error


def save_manifest(root: Path, manifest: Manifest) -> None:
    """Write it whole, unless it says the same already; then the journal has done its work."""
    document = {
        "format": FORMAT,
        "state": manifest.state,
        "due_at": manifest.due_at,
        "until": manifest.until,
        "broken": manifest.broken,
        "files": dict(sorted(manifest.files.items())),
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    with writing(root / NAME):
        if not _holds(root / NAME, text):
            temporary = root / f"{NAME}.tmp"
            temporary.write_text(text, "utf-8")
            temporary.replace(root / NAME)
        (root / JOURNAL).unlink(missing_ok=True)


def begin_journal(root: Path) -> None:
    """From now on a run writes: its names follow, so the folder is known as ours. Raises ConfigError."""
    with writing(root / JOURNAL):
        (root / JOURNAL).touch()


def journal(root: Path, names: list[str]) -> None:
    """Tell names before their files are written, with those under which they begin; several processes may.

    What is there already is not told: it is known from before, or is somebody else's and may stay.
    """
    new = [name for name in names if not os.path.lexists(f"{root}/{name}")]
    begun = sorted({begun_name(name) for name in names})
    with writing(root / JOURNAL), (root / JOURNAL).open("ab") as file:
        file.write("".join(f"{json.dumps(name)}\n" for name in (*new, *begun)).encode())


def changed_files(root: Path, manifest: Manifest) -> Iterator[str]:
    """Name the files that do not lie there as they were left."""
    for name, known in manifest.files.items():
        try:
            facts = os.lstat(f"{root}/{name}")
        except OSError:
            yield name
            continue
        if (facts.st_size, facts.st_mtime_ns) != known:
            yield name


def files_of(placed: Iterator[Placed]) -> dict[str, tuple[int, int]]:
    """The files of an export as the manifest has them."""
    return {one.name: (one.size_bytes, one.mtime_ns) for one in placed}


def _journalled(root: Path) -> list[str] | None:
    """The names in a journal that nobody has closed; None where there is none."""
    try:
        lines = (root / JOURNAL).read_bytes().splitlines()
    except FileNotFoundError:
        return None
    names = []
    for line in lines:
        with suppress(ValueError):  # the last one may be cut short, and then its file was not begun
            names.append(json.loads(line))
    return list(filter(_is_inside, names))


def _is_inside(name: object) -> bool:
    """Whether a name means a file of the folder: who wrote there may not let us remove others."""
    return isinstance(name, str) and not name.startswith("/") and ".." not in name.split("/")


def _unreadable(file: Path, error: Exception) -> ConfigError:
    template = "{path} cannot be read: {why}. Export into an empty folder, or delete it and add --into-existing."
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ConfigError("export-manifest", template, path=file, why=why)


def _holds(file: Path, text: str) -> bool:
    with suppress(OSError):
        return file.read_text("utf-8") == text
    return False
