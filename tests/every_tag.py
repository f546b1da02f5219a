"""A show and an episode that state everything: the examples of `docs/feed.md`, read as a producer's files are."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from builders import make_audio, make_episode, make_show

from catalogue.domain.episode import Episode
from catalogue.domain.media import Transcript
from catalogue.domain.podcasting import EpisodeExtras
from catalogue.domain.show import Show
from catalogue.domain.show_extras import ShowExtras
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.front_matter import read_note
from catalogue.library.show_file import read_show_file

DOCUMENT = Path(__file__).parents[1] / "docs" / "feed.md"
# What an episode has by its files, as the document's words about them say.
FILES = {
    "renditions": (make_audio(), make_audio(path="1/audio.opus", format="opus", sha256="a" * 64, duration=None)),
    "transcripts": (Transcript(path="1/t.vtt", format="vtt", language="en", sha256="b" * 64, size_bytes=9),),
}


@dataclass(frozen=True)
class Example:
    """A section of the document: what to write where, and the elements that come of it."""

    name: str
    show: dict[str, Any]
    episode: dict[str, Any]
    xml: str


@cache
def examples() -> dict[str, Example]:
    """The document's sections by heading."""
    parts = re.split(r"^### (.+)$", re.sub(r"^## .+$", "", DOCUMENT.read_text("utf-8"), flags=re.M), flags=re.M)[1:]
    return {name: _example(name, text) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def make_full_show(**stated: Any) -> Show:
    """A show that states what any example does."""
    return make_show(**_merged([one.show for one in examples().values()], ShowExtras) | stated)


def make_full_episode(**stated: Any) -> Episode:
    """An episode that states what any example does, with files of every kind."""
    values = _merged([one.episode for one in examples().values()], EpisodeExtras)
    return make_episode(**FILES | values | stated)


def make_full_trailer() -> Episode:
    """What the section on trailers describes, an hour before."""
    episode = make_episode(**examples()["trailer"].episode, guid="trailer", slug="what-this-is")
    return replace(episode, published_at=episode.published_at - timedelta(hours=1))


def _example(name: str, text: str) -> Example:
    def block(kind: str) -> str:
        return "\n".join(re.findall(rf"^```{kind}\n(.*?)^```", text, flags=re.M | re.S))

    note = read_note(f"---\n{block('yaml')}\n---\n".encode(), "episode.md")
    show = read_show_file(block("toml").encode(), "show.toml")
    return Example(name, show, read_episode_note(note, timezone="UTC"), block("xml"))


def _merged(values: list[dict[str, Any]], extras: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for each in values:
        more |= {key: value for key, value in vars(each.get("extras", extras())).items() if value}
        found |= {key: value for key, value in each.items() if key not in {"extras", "type", "timezone"}}
    return found | {"extras": extras(**more)}
