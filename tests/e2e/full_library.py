"""A library on disk whose show and episode state everything that `docs/feed.md` shows, as a producer would write it."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import yaml
from every_tag import DOCUMENT
from PIL import Image
from sounds import write_mp3

SOUNDS = Path(__file__).parents[1] / "data" / "audio"
SHOW = "conversations"
SECONDS = 600
EPISODE, TRAILER = "meet-the-husbands", "what-this-is"
OWN_WORDS = """title = "Conversations"
description = "Living with and after breast cancer."
author = "Castalogue"
language = "en"
categories = ["Health & Fitness > Medicine", "Society & Culture"]
explicit = false
type = "episodic"
copyright = "© 2026 Castalogue"
link = "https://example.org/about"
complete = true
subtitle = "With and after"
"""
NOTE = """title: "Meet the husbands: <love> & loss"
published: 2021-10-06 08:00
summary: Two men talk about whom they lost.
explicit: true
type: full
author: Ana and Bea
block: yes
"""
WORDS = "Two men talk about *whom they lost*.\n\n- 0:00 Hello\n- [a link](https://example.org/x?a=1&b=2)\n"
CAPTIONS = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Ana>Hello.\n"


def write_full_library(root: Path) -> Path:
    """Write it: one show, an episode with files of every kind, a trailer."""
    heads, tables = zip(*(_cut_at_tables(block) for _, block in _blocks("toml")), strict=True)
    _write(root / "show.toml", "\n".join((OWN_WORDS, *heads, *tables)))
    stated = [block for name, block in _blocks("yaml") if name != "trailer"]
    _write(root / EPISODE / "episode.md", f"---\n{NOTE}{''.join(stated)}---\n{WORDS}")
    write_mp3(root / EPISODE / "audio.mp3", seconds=SECONDS)
    shutil.copy(SOUNDS / "plain.opus", root / EPISODE / "audio.opus")
    _write(root / EPISODE / "transcript.vtt", CAPTIONS)
    for folder, colour in ((root, "navy"), (root / EPISODE, "teal")):
        Image.new("RGB", (1400, 1400), colour).save(folder / "artwork.jpg")
    (trailer,) = (block for name, block in _blocks("yaml") if name == "trailer")
    write_mp3(root / f"{TRAILER}.mp3", seed=1)
    _write(root / f"{TRAILER}.md", f"---\npublished: 2021-10-05 08:00\n{trailer}---\nWhat it is.\n")
    return root


def show_as_typed(root: Path) -> dict[str, Any]:
    """What `show.toml` states, as TOML reads it."""
    return tomllib.loads((root / "show.toml").read_text(encoding="utf-8"))


def note_as_typed(root: Path, name: str = f"{EPISODE}/episode.md") -> dict[str, Any]:
    """What a note's front matter states, every scalar as the text that was typed."""
    _, front, _ = (root / name).read_text(encoding="utf-8").split("---\n", 2)
    return dict(yaml.load(front, Loader=yaml.BaseLoader))


def _blocks(kind: str) -> list[tuple[str, str]]:
    """The document's examples of what to write, with the section that each stands in."""
    sections = re.split(r"^### (.+)$", DOCUMENT.read_text("utf-8"), flags=re.M)[1:]
    return [
        (name, block)
        for name, text in zip(sections[::2], sections[1::2], strict=True)
        for block in re.findall(rf"^```{kind}\n(.*?)^```", text, flags=re.M | re.S)
    ]


def _cut_at_tables(block: str) -> tuple[str, str]:
    """Keys of the show itself and tables: behind a table's heading, every key would be the table's."""
    found = re.search(r"^\[", block, flags=re.M)
    at = found.start() if found else len(block)
    return block[:at], block[at:]


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
