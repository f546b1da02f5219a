"""The sample, served once for all tests of a process; other libraries as tests need them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from feed_addresses import Item, items_of
from page_kinds import Kind, find_kinds
from rare_pages import find_private, find_rare, withdraw_one, write_rare_library
from serving import Served, copy_sample, serving
from windows import WINDOWS

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A copy of `episodes/`, served; tests only look at it."""
    home = tmp_path_factory.mktemp("sample")
    with serving(home, copy_sample(home / "library")) as served:
        yield served


@pytest.fixture(scope="session")
def items(sample: Served) -> tuple[Item, ...]:
    """The items of the sample's feed, in its order."""
    return items_of(sample.feed())


@pytest.fixture(scope="session")
def kinds(sample: Served) -> tuple[Kind, ...]:
    """One page of each kind of the sample, in every language."""
    return find_kinds(sample)


@pytest.fixture(scope="session")
def rare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The library of pages that the sample has none of, served; tests only look at it."""
    home = tmp_path_factory.mktemp("rare")
    library = write_rare_library(home / "library")
    withdraw_one(home, library)
    with serving(home, library, "--no-watch") as served:
        yield served


@pytest.fixture(scope="session")
def rare_kinds(rare: Served) -> tuple[Kind, ...]:
    """Its pages, in every language."""
    return (*find_rare(rare), *find_private(rare))


@pytest.fixture(scope="session")
def pages(
    sample: Served, kinds: tuple[Kind, ...], rare: Served, rare_kinds: tuple[Kind, ...]
) -> tuple[tuple[Served, Kind], ...]:
    """All pages that are looked at, with who serves them."""
    return (*((sample, kind) for kind in kinds), *((rare, kind) for kind in rare_kinds))


@pytest.fixture
def sample_copy(tmp_path: Path) -> Path:
    """A copy of `episodes/` to change."""
    return copy_sample(tmp_path / "library")


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Serve a library until the test ends: `serve(folder, "--no-watch")`."""
    with ExitStack() as stack:

        def start(library: Path, *arguments: object, home: str = "home", **more: Any) -> Served:
            return stack.enter_context(serving(tmp_path / home, library, *arguments, **more))

        yield start


@pytest.fixture(scope="module")
def new_gpo(tmp_path_factory):
    """Make gPodder's command line with a home of its own."""

    def made():
        home = tmp_path_factory.mktemp("gpodder")
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        kept |= {"HOME": str(home), "GPODDER_HOME": str(home), "GPODDER_DOWNLOAD_DIR": str(home / "downloads")}

        def run(*words):
            done = subprocess.run(
                ["gpo", *words], env=kept, cwd=home, capture_output=True, timeout=60, text=True, check=True
            )
            return done.stdout

        run.home = home
        return run

    return made


@pytest.fixture(scope="module")
def gpo(new_gpo):
    """One for all tests of a module."""
    return new_gpo()


@pytest.fixture(scope="session")
def windows():
    """Opens pages in Chromium: `with windows.page(viewport=…) as page`."""
    return WINDOWS


@pytest.hookimpl(trylast=True)  # after the pages of the test itself are closed
def pytest_runtest_teardown(item, nextitem):
    """Other rooms start browsers of their own, and Playwright has only one at a time."""
    if nextitem is None or HERE not in nextitem.path.parents:
        WINDOWS.close()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request, windows):
    """A page on the smallest phone, with script and without."""
    with windows.page(viewport={"width": 320, "height": 640}, java_script_enabled=request.param) as page:
        yield page


@pytest.fixture
def desk(windows):
    """A page on a desktop's screen."""
    with windows.page(viewport={"width": 1280, "height": 800}) as page:
        yield page
