"""One worker for each set of limits, kept for all tests of a room: to start one takes a fifth of a second."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext

import pytest

from catalogue.sandbox import Box, Limits

# Who opens a box of their own.
OPENERS = (
    "catalogue.sandbox",
    "catalogue.actions.covering",
    "catalogue.actions.errands.running",
    "catalogue.actions.foreign_feeds",
    "catalogue.actions.import_sources",
    "catalogue.actions.open",
    "catalogue.actions.tagging",
)


class Boxes:
    """Boxes by their limits, each opened when it is first asked for."""

    def __init__(self) -> None:
        self._opened: dict[Limits, Box] = {}
        self._ends = ExitStack()

    def of(self, limits: Limits | None = None) -> Box:
        limits = limits or Limits()
        if limits not in self._opened:
            self._opened[limits] = self._ends.enter_context(Box(1, limits))
        return self._opened[limits]

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Until the block ends, give these to all who would open one; they stay open."""
        with pytest.MonkeyPatch.context() as patch:
            for name in OPENERS:
                patch.setattr(f"{name}.Box", lambda _, limits=None: nullcontext(self.of(limits)))
            yield

    def close(self) -> None:
        self._ends.close()


@pytest.fixture(scope="session")
def boxes() -> Iterator[Boxes]:
    opened = Boxes()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def box(boxes: Boxes) -> Box:
    """The one with the usual limits."""
    return boxes.of()


@pytest.fixture(scope="module", autouse=True)
def lent_boxes(boxes: Boxes) -> Iterator[None]:
    """Whatever opens a box is given one that is open already."""
    with boxes.lent():
        yield
