"""One library in which a whole table of faults stands beside a good episode; indexed once a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from actions.conftest import SHOW, Shelf, box, boxes, lent_boxes, shelf
from actions.conftest import _opened as opened  # what its fixture does, for a whole module
from lxml import etree

from catalogue.actions.index import Report
from catalogue.sandbox import Box

__all__ = ["Ward", "box", "boxes", "item_titles", "lent_boxes", "shelf", "ward"]


class Ward:
    """The library with the report of its first index."""

    def __init__(self, shelf: Shelf, report: Report) -> None:
        self.shelf, self.report = shelf, report

    def said(self, path: str) -> list[str]:
        """All that was said of the files at or below a path, as a person reads it."""
        inside = (one for one in self.report.problems if one.path == path or one.path.startswith(f"{path}/"))
        return [str(problem) for problem in inside]

    def refused(self, path: str) -> bool:
        return any(one.path == path or one.path.startswith(f"{path}/") for one in self.report.refused)


def item_titles(feed: bytes) -> list[str]:
    """Titles of the feed's items; raises where it is not well-formed XML."""
    return [item.findtext("title") for item in etree.fromstring(feed).iter("item")]


@pytest.fixture(scope="module")
def ward(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, box: Box) -> Iterator[Ward]:
    """A show with one good episode and whatever the module's function `fill` adds."""
    folder: Path = tmp_path_factory.mktemp("ward")
    shelf = Shelf(folder / "library", folder / "data")
    shelf.write("show.toml", SHOW)
    shelf.sound("good.mp3", seed=1, title="Good")
    request.module.fill(shelf)
    for filled in opened(shelf, box):
        yield Ward(filled, filled.index())
