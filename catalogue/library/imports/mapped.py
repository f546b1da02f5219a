"""What a foreign feed becomes, as plain values that leave the sandbox: nothing is written yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Left:
    """Something that is not carried over: what, and why; `said` is what stands in that sentence, by its `code`."""

    what: str
    why: str
    code: str
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SideFile:
    """A file to be fetched: `name` is what it is to be called; of a picture the bytes decide the ending."""

    url: str
    name: str

    @property
    def is_picture(self) -> bool:
        return "." not in self.name


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """The audio of an item as it is stated; `size_bytes` 0: it does not say."""

    url: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, kw_only=True)
class MappedEpisode:
    """An item as files: `note` is the text of `episode.md`, with the audio where it was; `html` that of `notes.html`.

    `guid` is the item's byte for byte (empty: it has none), `folder` the name its folder would like to have.
    """

    guid: str
    title: str
    published_at: datetime | None
    enclosure: Enclosure
    folder: str
    note: str
    html: str = ""
    files: tuple[SideFile, ...] = ()
    left: tuple[Left, ...] = ()
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class PassedOver:
    """An item that is no episode, and why; `code` is of that sentence."""

    guid: str
    title: str
    line: int
    why: str
    code: str


@dataclass(frozen=True, kw_only=True)
class MappedFeed:
    """A feed as files: `show_file` is the text of `show.toml` without the show's identity.

    `episodes` are in the order of the feed, `trailers` what its head names. `next_url` is its next page, with
    older episodes; empty where it has none. `unknown` counts elements that nothing here takes.
    """

    title: str
    guid: str = ""
    self_url: str = ""
    new_feed_url: str = ""
    next_url: str = ""
    show_file: str = ""
    artwork_url: str = ""
    episodes: tuple[MappedEpisode, ...] = ()
    trailers: tuple[MappedEpisode, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    left: tuple[Left, ...] = ()
    unknown: dict[str, int] = field(default_factory=dict)
