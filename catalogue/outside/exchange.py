"""A question to another machine and its answer, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request: `headers` beside those that every request has, which they replace."""

    url: str
    method: str = "GET"
    headers: Headers = ()
    content: bytes = b""

    def if_changed(self, *, etag: str | None = None, last_modified: str | None = None) -> Asked:
        """Ask for the content only if it is other than it was; the values as the last answer had them."""
        stated = (("If-None-Match", etag), ("If-Modified-Since", last_modified))
        return replace(self, headers=(*self.headers, *((name, value) for name, value in stated if value)))


@dataclass(frozen=True, kw_only=True)
class Hop:
    """An address that sent us on, and with which status; 301 and 308 are for good."""

    url: str
    status: int


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """An answer: names of `headers` in small letters, `body` decoded (empty where it went into a file).

    `url` is where it came from in the end, `hops` how we got there. `size_bytes` counts what was decoded. Of a body
    with a status other than 2xx there is only the beginning.
    """

    url: str
    status: int
    headers: Headers
    body: bytes
    size_bytes: int
    hops: tuple[Hop, ...] = ()

    def header(self, name: str) -> str | None:
        """The value of a header, several joined by commas; None where there is none."""
        values = [value for key, value in self.headers if key == name.lower()]
        return ", ".join(values) if values else None

    @property
    def is_success(self) -> bool:
        """Whether the status is one of 2xx."""
        return 200 <= self.status < 300

    @property
    def is_unchanged(self) -> bool:
        """Whether it is as it was, by `if_changed`."""
        return self.status == 304

    @property
    def is_downgraded(self) -> bool:
        """Whether the way led from https to http, where others can read and change what is sent."""
        way = [hop.url for hop in self.hops] + [self.url]
        return any(a.startswith("https:") and b.startswith("http:") for a, b in pairwise(way))
