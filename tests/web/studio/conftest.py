"""The studio of a site with two shows."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from argon2 import PasswordHasher
from producers import House, fill, open_house

from catalogue.actions.accounts import passwords
from catalogue.store.index import open_index


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take no time; what real ones take is measured elsewhere."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def house(tmp_path: Path, blank: Path) -> Iterator[House]:
    """A studio over an SQLite index with the shows `conversations` and `talks`, of an episode and a draft each."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(blank, data)
    index = open_index(f"sqlite:///{data / blank.name}")
    fill(index)
    yield open_house(index, tmp_path / "library", data)
    index.close()
