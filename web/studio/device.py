"""What a browser is called in the list of devices: as little as tells one's own apart."""

from __future__ import annotations

from flask import Request

# The first that is found in what the browser says of itself; those that pretend to be others come first.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def name_device(request: Request) -> str:
    """Name a browser and its system, no version of either; empty where neither is known."""
    said = request.headers.get("User-Agent", "")
    found = (next((name for mark, name in table if mark in said), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))
