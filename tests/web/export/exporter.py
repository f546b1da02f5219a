"""A library, the folder it is exported to, and what lies in that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from catalogue.actions.index import index_library
from catalogue.actions.open import Place, open_place
from catalogue.config import open_settings
from catalogue.domain.links import Links
from web.export.report import Report
from web.export.run import export_site

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


def opened(home: Path) -> Any:
    """The library and the index of a home."""
    return open_place(open_settings(library=home / "library", data=home / "data", workers=1, settle_seconds=0))
