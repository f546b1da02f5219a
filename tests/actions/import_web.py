"""An old host on this machine: a feed, its audio and what belongs to it, served well or in bad ways."""

from __future__ import annotations

import re
from collections.abc import Iterable

from small_web import SmallWeb, header, reply
from sounds import silent_mp3

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0">'
    "<channel><title>Talks</title><description>About it</description><language>en</language>"
)
GUID = "9b024349-ccf0-5f69-a609-6b82873eab3c"


def item(number: int, *, url: str = "https://cdn.example.net/x.mp3", size: int = 0, more: str = "") -> str:
    return (
        f'<item><title>Part {number}</title><guid isPermaLink="false">old-{number}</guid>'
        f"<pubDate>Tue, {number:02} Oct 2021 08:00:00 GMT</pubDate><description>Notes of {number}</description>"
        f'<enclosure url="{url}" length="{size}" type="audio/mpeg"/>{more}</item>'
    )


def feed(*items: str, more: str = "", guid: str = GUID) -> bytes:
    return f"{HEAD}<podcast:guid>{guid}</podcast:guid>{more}{''.join(items)}</channel></rss>".encode()


class Host:
    """`audio` maps a path to its bytes; how they are sent is said by `serve`."""

    def __init__(self) -> None:
        self.web = SmallWeb()
        self.audio: dict[str, bytes] = {}

    def url(self, path: str) -> str:
        return self.web.url(path)

    def put_feed(self, *items: str, path: str = "/feed", more: str = "") -> str:
        self.web.answers[path] = reply(feed(*items, more=more), "Content-Type: application/rss+xml")
        return self.url(path)

    def put_audio(self, path: str, *, seed: int = 0, seconds: float = 2.0) -> str:
        """A sound with a strong ETag, sent whole; give its address."""
        self.audio[path] = silent_mp3(seconds, seed=seed)
        self.web.answers[path] = reply(self.audio[path], f'ETag: "{seed}"', "Content-Type: audio/mpeg")
        return self.url(path)

    def cut(self, path: str, piece: int, *, etag: str | None = '"1"', hears_range: bool = True) -> None:
        """Send no more than a piece at a time, and end the connection in the middle."""

        def answer() -> Iterable[bytes]:
            content, asked = self.audio[path], self.web.heard[-1]
            found = re.fullmatch(r"bytes=(\d+)-", header(asked, "range") or "")
            is_part = found and hears_range and header(asked, "if-range") == etag
            start = int(found[1]) if is_part and found else 0
            tag = (f"ETag: {etag}",) if etag else ()
            if is_part:
                span = f"Content-Range: bytes {start}-{len(content) - 1}/{len(content)}"
                head = reply(b"", *tag, span, f"Content-Length: {len(content) - start}", status="206 Partial Content")
            else:
                head = reply(b"", *tag, f"Content-Length: {len(content)}")
            yield head + content[start : start + piece]

        self.web.answers[path] = answer

    def lie(self, path: str, length: int) -> None:
        """State another length than what is sent."""
        self.web.answers[path] = reply(self.audio[path], 'ETag: "1"', f"Content-Length: {length}")

    def close(self) -> None:
        self.web.close()
