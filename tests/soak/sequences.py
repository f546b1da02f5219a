"""Seeded sequences of what happens to a library, and what must hold after each index, whatever that was.

The index and the ledger are real; only death is played: at a random call to library or database an exception
ends the run, as a kill would (real kills are in `test_kills`).
"""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from deaths import Died, Fate, Mortal
from deeds import CLEAR, DEEDS, add
from library_model import LibraryModel, Unit

from catalogue.actions.claim import claim_episode
from catalogue.actions.index import Report, Wishes, index_library
from catalogue.actions.open import Place
from catalogue.actions.publish import Publication
from catalogue.domain.links import Links
from catalogue.library.ledger import read_ledger
from catalogue.store.index import open_index

CLAIMS_AT_MOST = 30
LINKS = Links("https://example.org")
ITEM = re.compile(rb"<item>.*?</item>", re.DOTALL)
FACTS = (re.compile(rb"<guid[^>]*>([^<]+)</guid>"), re.compile(rb"<pubDate>([^<]+)<"), re.compile(rb"<link>([^<]+)<"))


class Sequence:
    """One library and all that happens to it; `blank` is an empty database to copy."""

    def __init__(self, place: Place, blank: Path, *, seed: int) -> None:
        self.place, self.blank, self.chance = place, blank, Random(seed)
        self.root = place.settings.library
        self.model = LibraryModel(self.root, self.chance)
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        self.guids: dict[int, str] = {}
        """True episode → the GUID it was published with."""
        self.published: dict[str, list[bytes]] = {}
        """GUID → its date and address in the feed."""
        self.is_forgotten = False
        """Whether a database was lost that alone knew how something gone or in doubt had looked."""
        self.unknown: set[str] = set()
        """GUIDs that left the feed with it, until their files are there again."""
        self.story: list[str] = []

    def run(self, rounds: int) -> None:
        """Begin with a few episodes, live through the rounds, and end with no doubt left."""
        for _ in range(self.chance.randint(2, 6)):
            add(self.model)
        self.look()
        for _ in range(rounds):
            self.round()
        self.look()
        self.resolve()

    def round(self) -> None:
        """Some deeds, perhaps a disaster, a look; perhaps somebody's word on what is in doubt."""
        was_clear = not self.held
        count = self.chance.choice((1, 1, 1, 2, 2, 3))
        done = [deed.__name__ for deed in self.chance.choices(DEEDS, k=count) if deed(self.model)]
        self.story += [f"{done}", *(f"  {unit.path}: {unit.who or 'a copy'}" for unit in self.model.units)]
        is_calm = not self.disaster()
        self.look()
        if was_clear and is_calm and len(done) == 1 and done[0] in CLEAR:
            assert not self.held, (done, self.held)
        if self.chance.random() < 0.6:
            self.resolve()

    def disaster(self) -> bool:
        """Perhaps a death at some call, a lost database, or one from a backup."""
        fate = self.chance.random()
        if fate < 0.35:
            self.die()
        if 0.25 < fate < 0.45:
            self.lose_database(self.blank if self.chance.random() < 0.5 else self.backup)
        if fate > 0.8:
            self.place.index.close()
            shutil.copy(self.database, self.database.with_name("backup.sqlite3"))
            self.be_born()
            self.story.append("backup")
        return fate < 0.45

    def die(self) -> None:
        """Run, and be killed at one of its calls, or while files are read."""
        fate = Fate(self.chance.randint(1, 60))
        mortal = replace(self.place, storage=Mortal(self.place.storage, fate), index=Mortal(self.place.index, fate))
        self.story.append(f"death at {fate.calls}")
        try:
            index_library(mortal, self.wishes(progress=fate.meet))
        except Died:
            self.after_death()

    def after_death(self) -> None:
        """What stands must be whole: the ledger, and the feed of whoever serves meanwhile."""
        if (self.root / "ledger.jsonl").exists():
            self.ledger()
        self.feed()
        if self.chance.random() < 0.5:  # else it was a fault that the process outlived
            self.place.index.close()
            self.be_born()

    def be_born(self) -> None:
        """Open the database as a new process does, which remembers nothing."""
        old = self.place
        index = open_index(old.settings.store_url)
        self.place = Place(storage=old.storage, index=index, box=old.box, derived=old.derived, settings=old.settings)

    def lose_database(self, instead: Path) -> None:
        self.story.append(f"database from {instead.name}")
        self.place.index.close()
        shutil.copy(instead, self.database)
        for log in self.database.parent.glob(f"{self.database.name}-*"):
            log.unlink()
        self.be_born()
        self.is_forgotten = True

    def look(self) -> None:
        """Index and see that nobody lost or changed an identity; a second look finds nothing else."""
        self.now += timedelta(minutes=self.chance.randint(1, 3000))
        self.take(index_library(self.place, self.wishes()))
        if self.chance.random() < 0.3:
            held, ledger = self.held, self.ledger()
            self.take(index_library(self.place, self.wishes()))
            assert (self.held, self.ledger()) == (held, ledger), "a second look says something else"

    def resolve(self) -> None:
        """Delete copies and say of everything in doubt who it is; then nothing may be."""
        for unit in [unit for unit in self.model.units if unit.who is None]:
            self.model.delete(unit)
        self.look()
        for _ in range(CLAIMS_AT_MOST):
            if not self.held:
                break
            unit = self.chance.choice([unit for unit in self.model.units if self.is_held(unit)])
            self.perhaps_stay(unit)
            old = self.guids.get(unit.who or 0)
            self.story.append(f"claim {unit.path} {old}")
            self.now += timedelta(minutes=1)
            self.take(claim_episode(self.place, unit.path, old=old, wishes=self.wishes()))
        assert not self.held
        assert all(unit.who in self.guids for unit in self.model.units)

    def perhaps_stay(self, unit: Unit) -> None:
        """Of two that changed places, the producer may as well say that they stayed, with each other's sound."""
        homes = {line.guid: line.path for line in self.ledger().episodes}
        home = {homes.get(self.guids.get(one.who or 0, "")): one for one in self.model.units}
        other = home.get(nfc(unit.path))
        is_exchange = other is not None and other is not unit and home.get(nfc(other.path)) is unit
        if other is not None and is_exchange and self.is_held(other) and self.chance.random() < 0.5:
            unit.who, other.who = other.who, unit.who
            self.story.append("stay")

    def wishes(self, **stated: Any) -> Wishes:
        now = self.now
        return Wishes(
            clock=lambda: now, wait=lambda _: None, chance=lambda: uuid.UUID(int=7), allow_removals=True, **stated
        )

    def take(self, report: Report) -> None:
        """Compare what a run made of the library with the truth."""
        self.held = {problem.path for problem in report.problems if problem.code.startswith("held-")}
        lines = [line for line in self.ledger().episodes if line.missing_since is None]
        self.story += [f"  {problem}" for problem in report.problems if problem.code.startswith("held-")]
        known = [(unit, self.line_of(unit, lines)) for unit in self.model.units if not self.is_held(unit)]
        for unit, line in known:
            self.check_known(unit, line)
        self.check_lines([line for _, line in known])
        self.check_feed()

    def check_known(self, unit: Unit, line: Any) -> None:
        """Files that are not in doubt are the episode they truly are, and none that was another's."""
        original = next((one for one in self.model.units if one.who and one.who == unit.copy_of), None)
        if unit.who is None and original is not None and "add" in original.deeds:
            # Of two new files with the same bytes, either may be the original.
            unit.who, unit.copy_of, original.who, original.copy_of = original.who, None, None, original.who
        assert unit.who is not None, f"the copy {unit.path} is taken for an episode"
        assert line is not None, f"{unit.path} is neither known nor held"
        guid = self.guids.setdefault(unit.who, line.guid)
        assert guid == line.guid, f"{unit.path} has the GUID of another"
        unit.deeds.clear()

    def check_lines(self, lines: list[Any]) -> None:
        """No GUID, slug or sound is two episodes'."""
        assert len(set(self.guids.values())) == len(self.guids)
        everyone = self.ledger().episodes
        slugs = [slug for line in everyone for slug in (line.slug, *line.was)]
        assert len(slugs) == len(set(slugs))
        media = [media for line in lines for media in line.media.items()]
        sounds = [
            one.sha256 if role == "remote" else one.essence for role, one in media if one.essence or role == "remote"
        ]
        assert len(sounds) == len(set(sounds)), "two episodes have one sound"

    def check_feed(self) -> None:
        """Everything ever published is in the feed, with the date and address it had."""
        items = self.feed()
        gone = self.published.keys() - items.keys()
        certain = {self.guids[unit.who] for unit in self.model.units if unit.who and not self.is_held(unit)}
        self.unknown = gone if self.is_forgotten else gone & self.unknown
        self.is_forgotten = False
        assert not gone - self.unknown | gone & certain, f"{gone} left the feed"
        for guid, facts in items.items():
            assert self.published.setdefault(guid, facts) == facts

    def file_of(self, unit: Unit) -> tuple[str, str]:
        """Where a unit lies, as the ledger spells it, and the hash of its audio, or of where that is."""
        content = unit.url.encode() if unit.is_remote else (self.root / unit.audio).read_bytes()
        return nfc(unit.path), hashlib.sha256(content).hexdigest()

    def line_of(self, unit: Unit, lines: list[Any]) -> Any:
        """The line that tells of a unit: its own, where others that are held or gone still tell of its place."""
        path, sha256 = self.file_of(unit)
        found = [line for line in lines if line.path == path and sha256 in {one.sha256 for one in line.media.values()}]
        guid = self.guids.get(unit.who or 0)
        return next((line for line in found if line.guid == guid), found[0] if found else None)

    def is_held(self, unit: Unit) -> bool:
        return not self.held.isdisjoint((unit.audio, unit.note_path))

    def ledger(self) -> Any:
        return read_ledger((self.root / "ledger.jsonl").read_bytes(), "ledger.jsonl")

    def feed(self) -> dict[str, list[bytes]]:
        """GUID → date and address of every item served."""
        publication = Publication(self.place.index, self.place.storage, self.place.derived)
        if not publication.shows():
            return {}
        body = publication.feed(publication.first_feed(), LINKS, self.now).body
        facts = [tuple(fact.search(item).group(1) for fact in FACTS) for item in ITEM.findall(body)]
        items = {guid.decode(): rest for guid, *rest in facts}
        assert len(items) == len(facts), "a GUID stands twice in the feed"
        return items

    @property
    def database(self) -> Path:
        return self.place.settings.data / "index.sqlite3"

    @property
    def backup(self) -> Path:
        kept = self.database.with_name("backup.sqlite3")
        return kept if kept.exists() else self.blank


def nfc(path: str) -> str:
    """A path as the ledger spells it."""
    return unicodedata.normalize("NFC", path)
