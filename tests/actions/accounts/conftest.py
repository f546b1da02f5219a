"""A desk over an index in memory, with hashes that take no time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from argon2 import PasswordHasher

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "store"))

from fake_index import FakeIndex

from catalogue.actions.accounts import passwords
from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.server_key import ServerKey


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def desk() -> Desk:
    """One with nobody at it."""
    return Desk(accounts=FakeIndex(), key=ServerKey(b"a key that is only for these tests"))
