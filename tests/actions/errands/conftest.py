"""Errands over an index in memory, done by kinds that the tests make up."""

import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "store"))

from builders import NOON
from fake_index import FakeIndex

from catalogue.actions.errands.asking import ask_for
from catalogue.actions.errands.running import Runner
from catalogue.actions.open import Place
from catalogue.config import Settings
from catalogue.domain.errands import ErrandWish


@dataclass
class Office:
    """An index, and who asks there; `now` is its clock."""

    index: FakeIndex = field(default_factory=FakeIndex)
    now: object = NOON

    @property
    def place(self):
        return Place(storage=None, index=self.index, box=None, derived=Path(), settings=Settings())

    def ask(self, kind="count", **parameters):
        return ask_for(self.place, ErrandWish(kind=kind, parameters=parameters, asked_by="Ana"), now=self.now)

    def runner(self, **kinds):
        return Runner(self.place, kinds, clock=lambda: self.now)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def begun():
    """Set by an errand of a test that is in the middle of it."""
    return threading.Event()
