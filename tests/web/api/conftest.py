"""Programs that ask the API of a site: over shows in an index alone, and over a library on disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "studio"))
sys.path.insert(0, str(Path(__file__).parents[1] / "studio" / "work"))

from boxes import box, boxes, lent_boxes
from producers import _quick_passwords, house
from programs import Program, program_of
from workshop import Workshop, copied_workshop, make_finished

from catalogue.sandbox import Box

__all__ = ["_quick_passwords", "box", "boxes", "house", "lent_boxes"]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, blank: Path, box: Box) -> Path:
    """A library and its index, made once: each test works on a copy."""
    return make_finished(tmp_path_factory.mktemp("workshop"), blank, box=box)


@pytest.fixture
def workshop(tmp_path: Path, finished: Path, box: Box) -> Iterator[Workshop]:
    """A show with an episode that is public, one that is to come, and a draft; their audio lies elsewhere."""
    with copied_workshop(finished, tmp_path, box=box) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, finished: Path, box: Box) -> Iterator[Workshop]:
    """One such library for all tests that change nothing."""
    with copied_workshop(finished, tmp_path_factory.mktemp("shared"), box=box) as opened:
        yield opened


@pytest.fixture(scope="session")
def reader(shared: Workshop) -> Program:
    """As `program`, of the library that nobody changes."""
    return program_of(shared)


@pytest.fixture
def program(workshop: Workshop) -> Program:
    """A program of an owner of everything, with a token for everything."""
    return program_of(workshop)
