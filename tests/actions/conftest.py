"""A library in a temporary folder, indexed for real: mutagen in its box, SQLite on disk."""

from __future__ import annotations

import itertools
import shutil
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "outside"))

from boxes import box, boxes, lent_boxes
from old_host import OldHost
from sounds import write_mp3

from catalogue.actions.index import Report, Wishes, index_library, plan_library
from catalogue.actions.open import Place, open_library
from catalogue.actions.publish import Publication
from catalogue.config import Settings
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.media import IMAGE_RECIPES
from catalogue.formats.pictures.covers import drawn_cover_hash
from catalogue.sandbox import Box
from catalogue.store.index import open_index

__all__ = ["box", "boxes", "lent_boxes"]

TITLE = "Conversations"
SHOW = f"""title = "{TITLE}"
description = "Living with and after breast cancer."
author = "Castalogue"
language = "en"
timezone = "America/New_York"
categories = ["Health & Fitness > Medicine"]
explicit = false
"""
# The shows that tests make again and again, none of which looks at its cover.
DRAWN_IN_ADVANCE = (
    *(TITLE, "a", "b", "A show", "B show", "Another title", "First", "Second", "Inner", "Other", "Podcast"),
    *("Talks", "Two"),
)
LINKS = Links("https://example.org")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put those last that listen to what Python does: nobody can stop listening, and it delays whatever comes after."""
    items.sort(key=lambda item: item.path.name == "test_untouched.py")


class Shelf:
    """A library on disk and what was made of it; each action is one word."""

    def __init__(self, root: Path, data: Path) -> None:
        self.root, self.data = root, data
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        self.base_url: str | None = None
        self._chances = itertools.count(7)
        self.place: Place

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def sound(self, path: str, *, seed: int = 0, **tags: object) -> Path:
        return write_mp3(self.root / path, seed=seed, **tags)

    def index(self, **wishes: object) -> Report:
        return index_library(self.place, self._wishes(**wishes))

    def plan(self) -> Report:
        return plan_library(self.place, self._wishes())

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    def episodes(self) -> dict[str, Episode]:
        """All episodes by slug."""
        rows = [one for row in self.place.index.shows() for one in self.place.index.episodes(row.show.guid)]
        return {one.episode.slug: one.episode for one in rows if one.episode}

    def publication(self) -> Publication:
        return Publication(self.place.index, self.place.storage, self.place.derived)

    def feed(self) -> bytes:
        publication = self.publication()
        return publication.feed(publication.first_feed(), LINKS, self.now).body

    def ledger(self) -> str:
        return (self.root / "ledger.jsonl").read_text(encoding="utf-8")

    def _wishes(self, **wishes: object) -> Wishes:
        return Wishes(
            clock=lambda: self.now, chance=lambda: uuid.UUID(int=next(self._chances)), wait=lambda _: None, **wishes
        )


@pytest.fixture
def shelf(tmp_path: Path, box: Box, blank: Path) -> Iterator[Shelf]:
    """An empty show."""
    opened = Shelf(tmp_path / "library", tmp_path / "data")
    opened.write("show.toml", SHOW)
    opened.data.mkdir()
    shutil.copy(blank, opened.data)
    yield from _opened(opened, box)


@pytest.fixture
def reopened(shelf: Shelf, tmp_path: Path, box: Box) -> Iterator[Shelf]:
    """The same library with an index of its own, as if the database had been deleted."""
    yield from _opened(Shelf(shelf.root, tmp_path / "other data"), box)


def _opened(shelf: Shelf, box: Box) -> Iterator[Shelf]:
    settings = Settings(library=shelf.root, data=shelf.data, settle_seconds=0, workers=1, base_url=shelf.base_url)
    _draw_in_advance(settings.derived_folder)
    index = open_index(settings.store_url)
    shelf.place = Place(
        storage=open_library(settings), index=index, box=box, derived=settings.derived_folder, settings=settings
    )
    yield shelf
    index.close()


def _draw_in_advance(derived: Path) -> None:
    """Drawing a show's plain cover takes a second; few tests look at it."""
    derived.mkdir(parents=True, exist_ok=True)
    for title in DRAWN_IN_ADVANCE:
        for recipe in IMAGE_RECIPES:
            (derived / f"{drawn_cover_hash(title, None)}.{recipe}.jpg").write_bytes(b"drawn in advance")


@pytest.fixture
def host() -> Iterator[OldHost]:
    """A feed at another host."""
    opened = OldHost()
    yield opened
    opened.web.close()
