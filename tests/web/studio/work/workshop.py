"""A library on disk that somebody works on in the studio."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from producers import FIRST, Browser, House

from catalogue.actions.errands.background import run_what_waits
from catalogue.actions.errands.kinds import KINDS
from catalogue.actions.errands.running import Runner
from catalogue.actions.index import Wishes, index_library
from catalogue.actions.open import Place, open_library
from catalogue.config import Settings
from catalogue.domain.media import IMAGE_RECIPES
from catalogue.domain.rights import ALL_SHOWS, Role
from catalogue.formats.pictures.covers import drawn_cover_hash
from catalogue.sandbox import Box
from catalogue.store.index import Index, open_index

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
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

    def do_errands(self, **settings: Any) -> None:
        """Do what was asked for behind the pages, as whoever serves does."""
        place = replace(self.place, settings=self.place.settings.model_copy(update=settings))
        run_what_waits(Runner(place, KINDS, clock=lambda: self.now), lambda _: None)

    def later(self) -> None:
        """Let the moment pass until which an answer may be remembered."""
        self.app.extensions["castalogue"].publication._followed._looked_at = float("-inf")

    def someone(self, role: Role = Role.EDITOR) -> Browser:
        return self.signed_in_client(role, ALL_SHOWS)


def make_finished(home: Path, blank: Path, *, box: Box) -> Path:
    """Make a library and its index: an episode that is public, one that is to come, and a draft; audio elsewhere."""
    (home / "data").mkdir()
    shutil.copy(blank, home / "data" / "index.sqlite3")
    index = open_index(f"sqlite:///{home / 'data' / 'index.sqlite3'}")
    made = open_workshop(index, home / "library", home / "data", box=box, now=NOW)
    made.write("show.toml", SHOW)
    made.note("one", title="One", published="2026-01-05", text="About it.")
    made.note("soon", title="Soon", published="2026-04-01")
    made.note("idea", title="An idea", draft="yes")
    made.update()
    index.close()
    return home


@contextmanager
def copied_workshop(finished: Path, folder: Path, *, box: Box) -> Iterator[Workshop]:
    """A copy of such a library in a folder, opened."""
    for part in ("library", "data"):
        shutil.copytree(finished / part, folder / part)
    index = open_index(f"sqlite:///{folder / 'data' / 'index.sqlite3'}")
    yield open_workshop(index, folder / "library", folder / "data", box=box, now=NOW)
    index.close()


def open_workshop(index: Index, root: Path, data: Path, **stated: Any) -> Workshop:
    """A workshop over an empty folder, whose plain cover was drawn in advance: that takes a second."""
    root.mkdir(exist_ok=True)
    settings = Settings(library=root, data=data, settle_seconds=0, workers=1, largest_upload_mb=1)
    settings.derived_folder.mkdir(exist_ok=True)
    for recipe in IMAGE_RECIPES:
        (settings.derived_folder / f"{drawn_cover_hash(TITLE, None)}.{recipe}.jpg").write_bytes(b"drawn in advance")
    box: Any = stated.pop("box")
    place = Place(
        storage=open_library(settings), index=index, box=box, derived=settings.derived_folder, settings=settings
    )
    return Workshop(index=index, place=place, **stated)


def in_pieces(browser: Browser, path: str, content: bytes) -> tuple[str, dict[str, str], dict[str, str]]:
    """Send a recording as the script of a page does; gives where to tell it, what to tell, and with which headers."""
    page = browser.get(path)
    assert "connect-src 'self'" in page.headers["Content-Security-Policy"]
    begin, end = (_found(rf'data-{name}="([^"]+)"', page.text) for name in ("pieces", "end"))
    headers = {"X-CSRF-Token": _found(r'name="csrf" value="([0-9a-f]+)"', page.text)}
    begun = browser.client.post(begin, data={"name": "new.mp3", "size": len(content)}, headers=headers).json
    half = len(content) // 2
    for offset, piece in ((0, content[:half]), (half, content[half:])):
        answer = browser.client.patch(begun["address"], data=piece, headers=headers | {"Upload-Offset": str(offset)})
        assert answer.status_code == 204
    return end, {"upload": begun["id"]}, headers


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, pattern
    return found[1]
