"""Whatever is changed in whatever order: an index that goes on says what one made anew from the library says."""

import random
import shutil
from dataclasses import replace

import pytest

from catalogue.actions.remembered import Remembered
from catalogue.store.index import open_index

EPISODES = 6
ROUNDS = 4
SOAK_ROUNDS = 150


def titled(shelf, chance, path):
    shelf.write(f"{path}.md", f"---\ntitle: Title {chance.randrange(99)}\n---\nNote {chance.randrange(99)}.\n")


def sounding(shelf, chance, path):
    shelf.sound(f"{path}.mp3", seed=chance.randrange(10_000), title=f"Sound {chance.randrange(99)}")


def retagged(shelf, chance, path):
    if (shelf.root / f"{path}.mp3").exists():
        number = int.from_bytes((shelf.root / f"{path}.mp3").read_bytes()[-4:], "big")
        shelf.sound(f"{path}.mp3", seed=number, title=f"Tag {chance.randrange(99)}")


def moved(shelf, chance, path):
    target = f"Season {chance.randrange(3)}/m{chance.randrange(10_000)}"
    (shelf.root / target).parent.mkdir(exist_ok=True)
    for ending in (".mp3", ".md"):
        if (shelf.root / f"{path}{ending}").exists():
            shutil.move(shelf.root / f"{path}{ending}", shelf.root / f"{target}{ending}")


def pictured(shelf, chance, path):
    shelf.write(f"{path}.jpg", f"no picture {chance.random()}")


def draft(shelf, chance, path):
    shelf.write(f"{path}.md", "---\ntitle: Draft\ndraft: true\n---\n")


def described(shelf, chance, path):
    text = (shelf.root / "show.toml").read_text().replace("Living", f"{chance.randrange(9)} Living")
    shelf.write("show.toml", text)


def nothing(shelf, chance, path):
    pass


CHANGES = (titled, sounding, sounding, retagged, moved, pictured, draft, described, nothing)


def stems(shelf):
    return sorted(str(path.relative_to(shelf.root).with_suffix("")) for path in shelf.root.rglob("*.mp3"))


def rows(shelf):
    return [(row, shelf.place.index.episodes(row.show.guid)) for row in shelf.place.index.shows()]


def without_run(found):
    """Rows without what tells one run from another: when, and by which change."""
    shows = [(row.show, row.line) for row, _ in found]
    return shows, [(one.line, one.episode) for _, episodes in found for one in episodes]


def change_and_compare(shelf, reopened, chance):
    for _ in range(chance.randrange(1, 3)):
        paths = [*stems(shelf), f"new{chance.randrange(1000)}"]
        chance.choice(CHANGES)(shelf, chance, chance.choice(paths))
    shelf.later(hours=1)
    report = shelf.index()
    ledger, reopened.now = shelf.ledger(), shelf.now
    reopened.place = replace(reopened.place, remembered=Remembered())
    reopened.index(allow_date_change=True)  # a word that makes it do all its work
    assert reopened.ledger() == shelf.ledger() == ledger
    assert without_run(rows(shelf)) == without_run(rows(reopened))
    assert shelf.feed() == reopened.feed()
    if not any(problem.code.startswith(("held", "missing")) for problem in report.problems):
        compare_with_new(shelf, reopened, chance)


def compare_with_new(shelf, reopened, chance):
    """What waits or is missing is known to the old index alone; else one from nothing is the same."""
    reopened.place.index.close()
    index = open_index(f"sqlite:///{shelf.data}/{chance.random()}.sqlite3")
    reopened.place = replace(reopened.place, index=index, remembered=Remembered())
    reopened.index()
    assert without_run(rows(shelf)) == without_run(rows(reopened))
    assert reopened.ledger() == shelf.ledger() and reopened.feed() == shelf.feed()


def run(shelf, reopened, *, seed, rounds):
    chance = random.Random(seed)
    for number in range(EPISODES):
        shelf.sound(f"{number}.mp3", seed=number, title=f"Episode {number}")
    for _ in range(rounds):
        change_and_compare(shelf, reopened, chance)


@pytest.mark.parametrize("seed", [1, 2])
def test_going_on_gives_what_a_new_index_gives(shelf, reopened, seed):
    run(shelf, reopened, seed=seed, rounds=ROUNDS)


@pytest.mark.soak
def test_going_on_gives_what_a_new_index_gives_for_long(shelf, reopened):
    run(shelf, reopened, seed=3, rounds=SOAK_ROUNDS)
