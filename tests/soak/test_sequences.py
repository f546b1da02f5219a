"""Whatever happens to a library, in whatever order: no GUID changes, none is double, nobody leaves the feed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from actions.conftest import SHOW, _draw_in_advance
from sequences import Sequence

from catalogue.actions.open import Place, open_library
from catalogue.config import Settings
from catalogue.sandbox import Box
from catalogue.store.index import open_index

SAMPLE, SAMPLE_ROUNDS = 6, 1
SEQUENCES, ROUNDS = 1000, 8


@pytest.fixture
def live(tmp_path: Path, box: Box, blank: Path) -> Callable[[int, int], None]:
    def run(seed: int, rounds: int) -> None:
        settings = Settings(library=tmp_path / "library", data=tmp_path / "data", settle_seconds=0, workers=1)
        settings.library.mkdir()
        (settings.library / "show.toml").write_text(SHOW)
        _draw_in_advance(settings.derived_folder)
        shutil.copy(blank, settings.data / "index.sqlite3")
        place = Place(
            storage=open_library(settings),
            index=open_index(settings.store_url),
            box=box,
            derived=settings.derived_folder,
            settings=settings,
        )
        sequence = Sequence(place, blank, seed=seed)
        try:
            sequence.run(rounds)
        except Exception as error:
            raise AssertionError("\n".join((f"seed {seed}: {error}", *sequence.story))) from error
        finally:
            sequence.place.index.close()
            shutil.rmtree(tmp_path)

    return run


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_identities_outlive_a_seeded_sequence(live, seed):
    live(seed, SAMPLE_ROUNDS)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_identities_outlive_every_seeded_sequence(live, seed):
    live(seed, ROUNDS)
