"""The command as somebody types it, in this process, on a library in a temporary folder."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from actions.conftest import _draw_in_advance
from boxes import box, boxes, lent_boxes
from click.testing import CliRunner, Result
from sounds import write_mp3

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "outside"))

from catalogue.actions.accounts import passwords
from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.links import NewAccount, join
from catalogue.actions.accounts.server_key import open_server_key
from catalogue.cli import main
from catalogue.config import Settings
from catalogue.store.index import open_index

__all__ = ["box", "boxes", "lent_boxes"]

SHOW = """title = "Conversations"
description = "Living with and after breast cancer."
author = "Castalogue"
language = "en"
timezone = "America/New_York"
categories = ["Health & Fitness > Medicine"]
explicit = false
"""
NOTES = {
    "110": "---\ntitle: Meet the husbands\npublished: 2021-10-05\nnumber: 110\n---\nAbout it.\n",
    "later": "---\npublished: 2099-01-01\n---\nTo come.\n",
    "draft": "---\ntitle: Not yet\ndraft: yes\n---\nUnfinished.\n",
}


class Terminal:
    """A library, a data folder, and a hand that types."""

    def __init__(self, folder: Path) -> None:
        self.library, self.data = folder / "library", folder / "data"

    def type(self, *words: str | Path, **environment: str) -> Result:
        """Run a command; the library and the data folder are named by the environment."""
        known = {
            "CASTALOGUE_LIBRARY": str(self.library),
            "CASTALOGUE_DATA": str(self.data),
            "CASTALOGUE_SETTLE_SECONDS": "0",
            "CASTALOGUE_WORKERS": "1",
        }
        return CliRunner(env=known | environment).invoke(main, [str(word) for word in words])

    def write(self, path: str, text: str) -> Path:
        file = self.library / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def sound(self, path: str, *, seed: int = 0, **tags: object) -> Path:
        return write_mp3(self.library / path, seed=seed, **tags)


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory):
    """No settings but the test's own: not those of this computer, nor of the folder it is started in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        patch.setenv("XDG_CONFIG_HOME", str(Path.cwd() / "config"))
        for name in [name for name in os.environ if name.startswith("CASTALOGUE_") or name == "DATABASE_URL"]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def indexed(elsewhere, boxes, tmp_path_factory):
    """A show with a public, a scheduled and a draft episode, indexed once; only read."""
    terminal = Terminal(tmp_path_factory.mktemp("indexed"))
    terminal.write("show.toml", SHOW)
    for seed, (folder, note) in enumerate(NOTES.items()):
        terminal.sound(f"{folder}/audio.mp3", seed=seed)
        terminal.write(f"{folder}/episode.md", note)
    with boxes.lent():
        assert terminal.type("index").exit_code == 0
    return terminal


@pytest.fixture
def terminal(indexed, tmp_path, blank):
    """An empty show; its cover is drawn already, others seem to be, and its index has its tables."""
    opened = Terminal(tmp_path)
    opened.write("show.toml", SHOW)
    _draw_in_advance(opened.data / "derived")
    shutil.copytree(indexed.data / "derived", opened.data / "derived", dirs_exist_ok=True)
    shutil.copy(blank, opened.data)
    return opened


@pytest.fixture
def owned(terminal, monkeypatch):
    """A library that is indexed, and whose owner began with the link of the first invitation."""
    monkeypatch.setattr(passwords, "_hasher", passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    terminal.type("index")
    link = terminal.type("producer", "invite").stdout.strip()
    settings = Settings(library=terminal.library, data=terminal.data)
    index = open_index(settings.store_url)
    account = NewAccount(name="Ana", password="quiet rooms by the sea", again="quiet rooms by the sea")
    join(Desk(accounts=index, key=open_server_key(settings)), link.split("/")[-2], account, now=datetime.now(UTC))
    index.close()
    return terminal
