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


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, blank: Path, box: Box) -> Path:
    """A library and its index, made once: each test works on a copy."""
    home = tmp_path_factory.mktemp("workshop")
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


@pytest.fixture
def workshop(tmp_path: Path, finished: Path, box: Box) -> Iterator[Workshop]:
    """A show with an episode that is public, one that is to come, and a draft; their audio lies elsewhere."""
    for part in ("library", "data"):
        shutil.copytree(finished / part, tmp_path / part)
    index = open_index(f"sqlite:///{tmp_path / 'data' / 'index.sqlite3'}")
    yield open_workshop(index, tmp_path / "library", tmp_path / "data", box=box, now=NOW)
    index.close()
