"""Episodes as read from their files, built without files."""

from __future__ import annotations

from typing import Any

from builders import make_audio

from catalogue.actions.reading import ReadEpisode
from catalogue.domain.matching import Sighting
from catalogue.library.episode_files import EpisodeFiles
from catalogue.ports import LibraryFile


def make_read(path: str = "one", *, lines: dict[str, int] | None = None, **values: Any) -> ReadEpisode:
    """A folder with a note and audio of its own, and what they state."""
    note = LibraryFile(path=f"{path}/episode.md", size_bytes=1, mtime_ns=1, inode=1)
    files = EpisodeFiles(
        path=path,
        name=path,
        is_folder=True,
        season=None,
        audio=(),
        note=note,
        translations=(),
        transcripts=(),
        chapters=None,
        artwork=None,
        version="1",
    )
    values = {"renditions": (make_audio(sha256=path.ljust(64, "0")),)} | values
    return ReadEpisode(files=files, sighting=Sighting(path=path), version="1", values=values, lines=lines or {})
