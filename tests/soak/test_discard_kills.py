"""kill -9 at any moment of throwing a draft away or having it back: it is there whole, or aside whole."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from actions.conftest import SHOW, _draw_in_advance
from lives import Life
from mortals import Nursery
from sounds import write_mp3

from catalogue.actions.discarding import BIN

KILLS = 100
DISCARD, BACK = ("discard", "--yes", "wrong"), ("discard", "--back", "wrong")


@dataclass(frozen=True)
class Kind:
    """A deed on a life, and how long it takes."""

    life: Life
    seconds: float


def draft_of(life: Life) -> dict[str, bytes]:
    """The draft's files, wherever they lie."""
    return {path.rpartition("/")[2]: content for path, content in life.files().items() if "wrong" in path}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> list[Kind]:
    home = tmp_path_factory.mktemp("discard")
    made = Life(home / "library", home / "data", ("index",))
    made.library.mkdir()
    (made.library / "show.toml").write_text(SHOW, encoding="utf-8")
    write_mp3(made.library / "one/audio.mp3", seed=1)
    _draw_in_advance(made.data / "derived")
    added = replace(made, words=("add", "--draft", str(write_mp3(home / "Wrong.mp3", seed=2, title="Wrong"))))
    for life in (made, added):
        status, _ = nursery.run(life.command)
        assert status == 0, nursery.said
    there = replace(made, words=DISCARD)
    aside = replace(there.copy_to(home / "aside"), words=DISCARD)
    _, discarding = nursery.run(aside.command)
    back = replace(aside.copy_to(home / "back"), words=BACK)
    _, bringing = nursery.run(back.command)
    assert draft_of(there) == draft_of(back)
    return [Kind(there, discarding), Kind(replace(aside, words=BACK), bringing)]


def kill_once(folder: Path, nursery: Nursery, kind: Kind, seed: int) -> None:
    life, files = kind.life.copy_to(folder / "life"), draft_of(kind.life)
    status, _ = nursery.run(life.command, kill_after=Random(seed).uniform(0, kind.seconds))
    assert status in (0, -9), nursery.said
    assert draft_of(life) == files
    assert nursery.run(replace(life, words=("index",)).command)[0] == 0
    assert nursery.run(replace(life, words=("list", "--json")).command)[0] == 0
    is_listed = "wrong" in [one["slug"] for one in json.loads(nursery.said)]
    places = {"aside" if BIN in path else "there" for path in life.files() if "wrong" in path}
    assert places == ({"there"} if is_listed else {"aside"})
    assert nursery.run(replace(life, words=DISCARD if is_listed else BACK).command)[0] == 0, nursery.said
    assert draft_of(life) == files


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_run_leaves_a_draft_there_or_aside(tmp_path, nursery, kinds, seed):
    kill_once(tmp_path, nursery, kinds[seed % 2], seed)
