"""A library on disk that somebody works on in the studio."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from producers import FIRST, Browser, House

from catalogue.actions.index import Wishes, index_library
from catalogue.actions.open import Place, open_library
from catalogue.config import Settings
from catalogue.domain.media import IMAGE_RECIPES
from catalogue.domain.rights import ALL_SHOWS, Role
from catalogue.formats.pictures.covers import drawn_cover_hash
from catalogue.store.index import Index

TITLE = "Conversations"
SHOW = f"""title = "{TITLE}"
description = "Living with and after breast cancer."
author = "Castalogue"
language = "en"
timezone = "America/New_York"
guid = "{FIRST}"
"""
AUDIO = "enclosure: {url: 'https://audio.example/%s.mp3', length: 1000, type: audio/mpeg}"
PLACE = "/studio/shows/conversations/"


@dataclass
class Workshop(House):
    """A studio over a library; each action is one word."""

    @property
    def root(self) -> Path:
        return self.place.settings.library

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def note(self, name: str, *, text: str = "", **stated: str) -> Path:
        """Write an episode whose audio lies elsewhere."""
        lines = "".join(f"{key}: {value}\n" for key, value in stated.items())
        return self.write(f"{name}/episode.md", f"---\n{lines}{AUDIO % name}\n---\n{text}\n")

    def read(self, name: str) -> str:
        return (self.root / name / "episode.md").read_text(encoding="utf-8")

    def update(self) -> None:
        index_library(self.place, Wishes(clock=lambda: self.now, wait=lambda _: None))

    def later(self) -> None:
        """Let the moment pass until which an answer may be remembered."""
        self.app.extensions["castalogue"].publication._followed._looked_at = float("-inf")

    def someone(self, role: Role = Role.EDITOR) -> Browser:
        return self.signed_in_client(role, ALL_SHOWS)


def open_workshop(index: Index, root: Path, data: Path, **stated: Any) -> Workshop:
    """A workshop over an empty folder, whose plain cover was drawn in advance: that takes a second."""
    root.mkdir()
    settings = Settings(library=root, data=data, settle_seconds=0, workers=1, largest_upload_mb=1)
    settings.derived_folder.mkdir()
    for recipe in IMAGE_RECIPES:
        (settings.derived_folder / f"{drawn_cover_hash(TITLE, None)}.{recipe}.jpg").write_bytes(b"drawn in advance")
    box: Any = stated.pop("box")
    place = Place(
        storage=open_library(settings), index=index, box=box, derived=settings.derived_folder, settings=settings
    )
    return Workshop(index=index, place=place, **stated)
