"""Small actions on a site in memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from builders import NOON, make_episode, make_show
from e2e.windows import WINDOWS
from fake_publication import FakePublication
from routes_once import compiled_once
from visitor import Visitor

HERE = Path(__file__).parent


@pytest.fixture(scope="package", autouse=True)
def routes() -> Iterator[None]:
    """An application is made in a tenth of the time."""
    with compiled_once():
        yield


@pytest.fixture(scope="session")
def windows() -> Any:
    """Opens pages in Chromium: `with windows.page(viewport=…) as page`."""
    return WINDOWS


@pytest.hookimpl(trylast=True)  # after the pages of the test itself are closed
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Other rooms start browsers of their own, and Playwright has only one at a time."""
    if nextitem is None or HERE not in nextitem.path.parents:
        WINDOWS.close()


@pytest.fixture
def visit() -> Any:
    """A site with one show and the episodes stated, and somebody who visits it."""

    def build(*episodes: Any, show: Any = None, now: datetime = NOON, **stated: Any) -> Visitor:
        show = show or make_show()
        held = {show.slug: episodes or (make_episode(),)}
        return Visitor(FakePublication(listed=(show,), held=held, **stated), now=now)

    return build
