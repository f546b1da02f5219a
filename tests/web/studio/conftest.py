"""The studio of a site with two shows."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from argon2 import PasswordHasher
from builders import NOON, make_episode, make_ledger_show, make_line, make_show
from producers import FIRST, SECOND, House, open_house

from catalogue.actions.accounts import passwords
from catalogue.store.index import EpisodeRow, Index, ShowRow, open_index

SHOWS = ((FIRST, "conversations"), (SECOND, "talks"))


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


def fill(index: Index) -> None:
    """Two shows as they would be after an index."""
    for position, (guid, slug) in enumerate(SHOWS):
        show = make_show(guid=guid, slug=slug, path=slug, title=slug.capitalize(), artwork=None)
        line = make_ledger_show(guid=guid, slug=slug)
        row = ShowRow(show=show, line=line, changed_at=NOON, version="1", position=position)
        index.save_show(row, episodes={one.line.guid: one for one in (_row(guid, "public"), _row(guid, "draft"))})


def _row(show_guid: str, name: str) -> EpisodeRow:
    guid = f"{show_guid}-{name}"
    stated = {"draft": True, "published_at": None} if name == "draft" else {}
    episode = make_episode(guid=guid, slug=name, path=name, title=f"The {name} one", **stated)
    return EpisodeRow(episode=episode, line=make_line(guid=guid, slug=name, path=name), version="1")
