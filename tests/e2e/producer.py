"""A producer who types commands beside a running server, and what the library says of each episode then."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feed_addresses import items_of
from serving import Served, castalogue, ledger
from sounds import write_mp3

SHOW = "deeds"
SHOW_FILE = f'title = "Deeds"\nslug = "{SHOW}"\nauthor = "Castalogue"\nlanguage = "en"\n'
NAMES = ("one", "two", "three")


@dataclass
class Producer:
    """Whose show has three episodes: one, two, three."""

    served: Served

    @staticmethod
    def library(root: Path) -> Path:
        """Write the show."""
        for seed, name in enumerate(NAMES):
            write_mp3(root / name / "audio.mp3", seed=seed, title=name.title())
        (root / "show.toml").write_text(SHOW_FILE, encoding="utf-8")
        return root

    def does(self, *words: object) -> subprocess.CompletedProcess[bytes]:
        """Type a command; it must succeed."""
        places = ("--library", self.served.library, "--data", self.served.home / "index")
        done = castalogue(self.served.home, *words, *places)
        assert done.returncode == 0, done.stderr.decode()
        return done

    def line(self, name: str) -> dict[str, Any]:
        return ledger(self.served.library)[name]

    def audio(self, name: str) -> Path:
        return self.served.library / name / "audio.mp3"

    def media(self, name: str) -> str:
        """The path of an episode's audio, by its hash in the ledger."""
        return f"/media/{self.line(name)['media']['audio.mp3']['sha256']}/{name}.mp3"

    def told(self, name: str) -> tuple[str, str, int]:
        """What an app should know of an episode: GUID, address and size of its audio."""
        return self.line(name)["guid"], self.served.url + self.media(name), self.audio(name).stat().st_size

    def feed_holds(self, text: str) -> bool:
        return text.encode() in self.served.feed(SHOW)

    def listed_in_feed(self) -> set[str]:
        """The titles of the feed's items."""
        return {item.title for item in items_of(self.served.feed(SHOW))}


def fill_in_show(page: Any, *, title: str, description: str) -> None:
    """Answer the studio's questions about a new show, by keyboard."""
    answers = {"title": title, "description": description, "author": ""}
    for field, answer in answers.items():
        page.locator(f"#field-{field}").press_sequentially(answer)
    page.locator("#field-timezone").select_option("Europe/Madrid")
    page.locator("[name=explicit][value=no]").press("Space")
