"""Libraries that are indexed and exported in this process."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from catalogue.actions.index import index_library
from catalogue.actions.open import Place, open_place
from catalogue.config import open_settings
from catalogue.domain.links import Links
from web.export.run import Report, export_site

SAMPLE = Path(__file__).parents[3] / "episodes"
BASE_URL = "https://pods.example"
NOW = datetime(2026, 1, 5, 12, 1, tzinfo=UTC)


@dataclass
class Exporter:
    """A library, and a folder that it is exported to."""

    library: Path
    place: Place
    folder: Path
    base_url: str = BASE_URL
    now: datetime = NOW
    reports: list[Report] = field(default_factory=list)

    def export(self, folder: Path | None = None, **more: Any) -> Report:
        """Export what is indexed."""
        return export_site(self.place, folder or self.folder, Links(self.base_url), self.now, **more)

    def index(self) -> None:
        index_library(self.place)

    def text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but what the export keeps for itself."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(".castalogue"))
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def times_in(folder: Path) -> dict[str, int]:
    return {str(file.relative_to(folder)): file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="session")
def indexed_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a copy of the sample and its index, to be copied."""
    home = tmp_path_factory.mktemp("sample")
    shutil.copytree(SAMPLE, home / "library")
    with _opened(home) as place:
        index_library(place)
    return home


@pytest.fixture
def sample(indexed_sample: Path, tmp_path: Path) -> Iterator[Exporter]:
    """The sample to change and to export; its index is there already."""
    shutil.copytree(indexed_sample, tmp_path / "home")
    with _opened(tmp_path / "home") as place:
        yield Exporter(tmp_path / "home" / "library", place, tmp_path / "export")


@pytest.fixture(scope="session")
def exported(indexed_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exporter]:
    """The sample as exported; tests only look at it."""
    with _opened(indexed_sample) as place:
        made = Exporter(indexed_sample / "library", place, tmp_path_factory.mktemp("export"))
        made.reports.append(made.export())
        yield made


def _opened(home: Path) -> Any:
    return open_place(open_settings(library=home / "library", data=home / "data", workers=1, settle_seconds=0))
