"""A library with its data folder, and what they hold: compared with how they were, and as a deed would leave them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from actions.conftest import LINKS

from catalogue.actions.publish import Publication
from catalogue.config import Settings
from catalogue.library.durable import is_leftover
from catalogue.library.ledger import read_ledger
from catalogue.library.moves import JOURNAL_NAME
from catalogue.library.storage import LocalLibrary
from catalogue.store.index import open_index

MOMENT = re.compile(rb"<(pubDate|lastBuildDate)>[^<]*</")
MOMENTLESS = {"first_seen_at": None, "published_at": None}


@dataclass(frozen=True)
class Life:
    """A library with its data folder, and a command on both."""

    library: Path
    data: Path
    words: tuple[str, ...]

    @property
    def command(self) -> tuple[object, ...]:
        return (*self.words, "--library", self.library, "--data", self.data)

    def copy_to(self, folder: Path, copy: Callable[..., object] = os.link) -> Life:
        """The same life elsewhere; its files are linked, so that none seems new: nobody writes them in place."""
        return Life(
            Path(shutil.copytree(self.library, folder / "library", copy_function=copy)),
            Path(shutil.copytree(self.data, folder / "data")),
            self.words,
        )

    def see_whole(self, before: State, after: State) -> None:
        """Each file is the old or the new one, the ledger forgot nobody, and the feed is the old or the new one."""
        self.see_files_whole(before, after)
        assert self.feed() in (before.feed, after.feed)

    def see_files_whole(self, before: State, *states: State) -> None:
        """Each file is as it was, or as it is in one of the states that it goes through; the ledger forgot nobody."""
        files, after = self.files(), states[-1]
        known = [state.files for state in (before, *states)]
        assert all(content in [one.get(path) for one in known] for path, content in files.items())
        kept, new = files.values(), after.files
        assert all(path in files or (path not in new and content in kept) for path, content in before.files.items())
        guids = [line["guid"] for line in self.ledger()]
        assert len(guids) == len(set(guids))
        assert set(guids) >= {line["guid"] for line in before.ledger}

    def files(self) -> dict[str, bytes]:
        """Every file of the library but its ledger and what killed writers leave."""
        paths = [path for path in self.library.rglob("*") if path.is_file() and not is_ours(path.name)]
        return {str(path.relative_to(self.library)): path.read_bytes() for path in paths if path.suffix != ".jsonl"}

    def ledger(self) -> list[dict[str, object]]:
        """The lines of its ledgers, without moments of first sight; none where none is written yet."""
        ledgers = (read_ledger(file.read_bytes(), file.name) for file in sorted(self.library.rglob("ledger.jsonl")))
        return [vars(line) | MOMENTLESS for ledger in ledgers for line in (ledger.show, *ledger.episodes)]

    def feed(self) -> bytes:
        """The feed as its database has it, without moments; empty where no show is indexed yet."""
        settings = Settings(library=self.library, data=self.data)
        index = open_index(settings.store_url)
        try:
            publication = Publication(index, LocalLibrary(self.library), settings.derived_folder)
            if not publication.shows():
                return b""
            body = publication.feed(publication.first_feed(), LINKS, datetime(2100, 1, 1, tzinfo=UTC)).body
        finally:
            index.close()
        return MOMENT.sub(b"", body)


@dataclass(frozen=True)
class State:
    """What a life's folders hold."""

    files: dict[str, bytes]
    ledger: list[dict[str, object]]
    feed: bytes

    @classmethod
    def of(cls, life: Life) -> State:
        return cls(life.files(), life.ledger(), life.feed())


def is_ours(name: str) -> bool:
    """Whether a file is there only until a killed run is ended."""
    return is_leftover(name) or name == JOURNAL_NAME
