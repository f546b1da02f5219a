"""An episode's item, rendered once and kept: its XML with a placeholder where the base URL goes.

The key is a digest of all the item is made of, so that an item found under it need not be rendered again, whoever
rendered it. The placeholder is made of the key: no text can hold the digest of itself, so that whatever notes,
links and titles say, only our own addresses are filled in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import quote

from catalogue.documents import render_document
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.feed.description import render_content
from catalogue.feed.element import ascii_address
from catalogue.feed.rss import render_item
from catalogue.show_notes import has_embedded

T = TypeVar("T")
# Grows when an episode's item, or an address in it, is written differently from the same values, and when shows or
# episodes get another field: `index` then renders all items, which have other keys, once.
ITEM_FORMAT = 5
# What else decides how an item is written.
_LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "nh3")
# Base URLs are taken to be so long, or a multiple of it, in bytes: what is left for the notes depends on that.
ROOM_BYTES = 64
_PLACE = "https://{}.invalid"  # RFC 2606: a name nobody can have
_BATCH = 50
_DIGITS = ROOM_BYTES - len(_PLACE.format(""))
# As in ascii_address, without the two signs that HTML and XML escape differently.
_ADDRESS_SIGNS = "-._~:/[]@!$()*+,;=%"


@dataclass(frozen=True, kw_only=True)
class Fragment:
    """A rendered item, its base URL left open, and the key of what it was rendered from."""

    key: str
    body: bytes


@cache
def renderer() -> str:
    """Name the way items are written: another name, and every item is rendered again."""
    return " ".join((str(ITEM_FORMAT), *(f"{name}={version(name)}" for name in _LIBRARIES)))


def base_address(base_url: str) -> str:
    """Write a base URL in ASCII, so that it stands unchanged in attributes, texts and HTML.

    >>> base_address("https://españa.example:8000/mis&podcasts")
    'https://xn--espaa-rta.example:8000/mis%26podcasts'
    """
    return quote(ascii_address(base_url), safe=_ADDRESS_SIGNS)


def room_for(base_url: str) -> int:
    """Give the bytes that items leave for a base URL: 64 for nearly all."""
    return -(-len(base_address(base_url)) // ROOM_BYTES) * ROOM_BYTES


class ItemRenderer:
    """Renders the items of one show, for base URLs of at most `room` bytes."""

    def __init__(self, show: Show, room: int = ROOM_BYTES) -> None:
        self._show, self._room = _said_of_show(show), room
        self._prefix = hashlib.sha256(f"{renderer()}\n{room}\n".encode())
        self._prefix.update(_document(Show, self._show) + b"\n")
        self.name = self._prefix.hexdigest()
        """Another name: other keys for the same episodes."""

    def key(self, episode: Episode) -> str:
        """Give the digest of all that the episode's item is made of."""
        digest = self._prefix.copy()
        digest.update(_document(Episode, episode))
        return digest.hexdigest()

    def render(self, episode: Episode, content: str | None = None) -> Fragment:
        """Render an episode that is an item (`feed_episodes`); `content` as `render_item` takes it."""
        key = self.key(episode)
        return Fragment(key=key, body=render_item(self._show, episode, Links(self._placeholder(key)), content))

    def render_each(self, episodes: Iterable[Episode]) -> Iterator[tuple[Episode, Fragment | Exception]]:
        """Render many, a batch at a time; whatever goes wrong with one is given in its place.

        First the notes of all, then the items of all: done by turns, each finds the processor's caches full of the
        other, which costs a third more.
        """
        rest = iter(episodes)
        while batch := tuple(islice(rest, _BATCH)):
            contents = [_attempt(_content_alone, episode) for episode in batch]
            for episode, content in zip(batch, contents, strict=True):
                yield episode, content if isinstance(content, Exception) else _attempt(self.render, episode, content)

    def fill(self, fragment: Fragment, base_url: str) -> bytes:
        """Give the item's XML under a base URL (as `base_address` writes it) for which there is room."""
        return fragment.body.replace(self._placeholder(fragment.key).encode(), base_url.encode())

    def _placeholder(self, key: str) -> str:
        place = _PLACE.format(key[:_DIGITS])
        return place if self._room == ROOM_BYTES else f"{place}/{'-' * (self._room - ROOM_BYTES - 1)}"


def _content_alone(episode: Episode) -> str | None:
    """What the item says of its episode, where that leads nowhere on the site: no base URL is known yet."""
    return None if has_embedded(episode.notes) else render_content(episode)


def _attempt(function: Callable[..., T], *values: object) -> T | Exception:
    try:
        return function(*values)
    except Exception as error:  # noqa: BLE001  (whatever a note does to the renderer costs that note alone)
        return error


def _document(kind: Any, value: object) -> bytes:
    try:
        return render_document(kind, value)
    except ValueError:  # a lone surrogate, which no index holds; the item leaves it out
        return repr(value).encode("ascii", "backslashreplace")


def _said_of_show(show: Show) -> Show:
    """Leave of a show what its items say of it: a new description does not touch them."""
    return Show(
        guid="",
        slug=show.slug,
        path="",
        title="",
        description="",
        author="",
        language="",
        first_seen_at=datetime.min.replace(tzinfo=UTC),
        explicit=show.explicit,
        artwork=show.artwork,
        podlove_chapters=show.podlove_chapters,
    )
