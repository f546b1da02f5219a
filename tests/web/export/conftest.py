"""The sample, indexed once; exported once, or to be changed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from exporter import SAMPLE, Exporter, opened

from catalogue.actions.index import index_library


@pytest.fixture(scope="session")
def indexed_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a copy of the sample and its index, to be copied."""
    home = tmp_path_factory.mktemp("sample")
    shutil.copytree(SAMPLE, home / "library")
    with opened(home) as place:
        index_library(place)
    return home


@pytest.fixture
def sample(indexed_sample: Path, tmp_path: Path) -> Iterator[Exporter]:
    """The sample to change and to export; its index is there already."""
    shutil.copytree(indexed_sample, tmp_path / "home")
    with opened(tmp_path / "home") as place:
        yield Exporter(tmp_path / "home" / "library", place, tmp_path / "export")


@pytest.fixture(scope="session")
def exported(indexed_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exporter]:
    """The sample as exported; tests only look at it."""
    with opened(indexed_sample) as place:
        made = Exporter(indexed_sample / "library", place, tmp_path_factory.mktemp("export"))
        made.reports.append(made.export())
        yield made
