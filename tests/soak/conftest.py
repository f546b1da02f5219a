"""Long runs share one worker and one blank database: what they test is not how these are made."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parent.parent / "e2e"))
sys.path.append(str(Path(__file__).parent.parent / "store"))

from mortals import Nursery

from catalogue.sandbox import Box
from catalogue.store.index import open_index


@pytest.fixture(scope="session")
def box() -> Iterator[Box]:
    """One worker for all tests: it takes half a second to start."""
    with Box(1) as opened:
        yield opened


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all its tables."""
    file = tmp_path_factory.mktemp("blank") / "index.sqlite3"
    open_index(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Where runs of the command are born in milliseconds."""
    opened = Nursery(tmp_path_factory.mktemp("nursery"))
    yield opened
    opened.close()
