"""The studio over a real library: notes on disk, indexed, and the browser of somebody who may."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from workshop import SHOW, Workshop, open_workshop

from catalogue.sandbox import Box
from catalogue.store.index import open_index

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def box() -> Iterator[Box]:
    """One worker for all tests: it takes half a second to start."""
    with Box(1) as opened:
        yield opened


@pytest.fixture
def workshop(tmp_path: Path, blank: Path, box: Box) -> Iterator[Workshop]:
    """A show with an episode that is public, one that is to come, and a draft; their audio lies elsewhere."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(blank, data)
    index = open_index(f"sqlite:///{data / blank.name}")
    made = open_workshop(index, tmp_path / "library", data, box=box, now=NOW)
    made.write("show.toml", SHOW)
    made.note("one", title="One", published="2026-01-05", text="About it.")
    made.note("soon", title="Soon", published="2026-04-01")
    made.note("idea", title="An idea", draft="yes")
    made.update()
    yield made
    index.close()
