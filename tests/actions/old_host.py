"""A feed at another host, on this machine."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

sys.path.append(str(Path(__file__).parents[1] / "outside"))

from small_web import SmallWeb, redirect, reply

from catalogue.config import Settings

GUID = "9b024349-ccf0-5f69-a609-6b82873eab3c"


def item(
    title: str, *, guid: str, published: str = "Tue, 05 Oct 2021 08:00:00 GMT", url: str = "", size: int = 0
) -> str:
    enclosure = f'<enclosure url="{url or f"https://cdn.example.net/{guid}.mp3"}" length="{size}" type="audio/mpeg"/>'
    said = f"<title>{escape(title)}</title><guid>{escape(guid)}</guid><pubDate>{published}</pubDate>"
    return f"<item>{said}{enclosure}</item>"


class OldHost:
    """Serves one feed at `/feed`, to which `/old` leads."""

    def __init__(self) -> None:
        self.web = SmallWeb()
        self.url = self.web.url("/feed")
        self.put()

    def put(self, *items: str, guid: str = GUID, more: str = "") -> None:
        stated = f"<podcast:guid>{guid}</podcast:guid>" if guid else ""
        body = (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
            'xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Old</title>'
            f"{stated}{more}{''.join(items)}</channel></rss>"
        )
        self.web.answers["/feed"] = reply(body.encode(), "Content-Type: application/rss+xml")
        self.web.answers["/old"] = redirect(self.url, "301 Moved Permanently")

    def answer(self, status: str, body: bytes = b"no") -> None:
        self.web.answers["/feed"] = reply(body, status=status)


def may_ask_itself(shelf: Any, base_url: str | None = None) -> Any:
    """Let a shelf ask this machine; with a public address of its own, if one is stated."""
    settings = Settings(
        library=shelf.root, data=shelf.data, settle_seconds=0, workers=1, base_url=base_url, allow_outside="127.0.0.1"
    )
    shelf.place = replace(shelf.place, settings=settings)
    return shelf
