"""The studio over a real library: notes on disk, indexed, and the browser of somebody who may."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from boxes import box, boxes, lent_boxes
from workshop import NOW, Workshop, copied_workshop, make_finished, open_workshop

from catalogue.sandbox import Box
from catalogue.store.index import open_index

__all__ = ["box", "boxes", "lent_boxes"]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, blank: Path, box: Box) -> Path:
    """A library and its index, made once: each test works on a copy."""
    return make_finished(tmp_path_factory.mktemp("workshop"), blank, box=box)


@pytest.fixture
def workshop(tmp_path: Path, finished: Path, box: Box) -> Iterator[Workshop]:
    """A show with an episode that is public, one that is to come, and a draft; their audio lies elsewhere."""
    with copied_workshop(finished, tmp_path, box=box) as opened:
        yield opened


@pytest.fixture
def bare(tmp_path: Path, blank: Path, box: Box) -> Iterator[Workshop]:
    """A library without a show."""
    (tmp_path / "data").mkdir()
    shutil.copy(blank, tmp_path / "data" / "index.sqlite3")
    index = open_index(f"sqlite:///{tmp_path / 'data' / 'index.sqlite3'}")
    yield open_workshop(index, tmp_path / "library", tmp_path / "data", box=box, now=NOW)
    index.close()
