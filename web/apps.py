"""Podcast apps that take a feed's address as a link, each with its template.

Only schemes that open an app on the device itself: a link through an app maker's site would tell it who subscribes.
The templates are those the apps document or that the Podlove subscribe button is known to use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class App:
    """An app, where it runs, and the link that subscribes in it."""

    name: str
    platform: str
    link: Callable[[str], str]


def _bare(scheme: str) -> Callable[[str], str]:
    """Schemes that take the address without its own `https://`."""
    return lambda feed_url: scheme + feed_url.partition("://")[2]


APPS = (
    App("Apple Podcasts", "iphone", _bare("podcast://")),
    App("Overcast", "iphone", lambda feed_url: f"overcast://x-callback-url/add?url={quote(feed_url, safe='')}"),
    App("Castro", "iphone", _bare("castro://subscribe/")),
    App("Pocket Casts", "iphone", _bare("pktc://subscribe/")),
    App("AntennaPod", "android", _bare("antennapod-subscribe://")),
    App("Podcast Addict", "android", _bare("podcastaddict://")),
    App("Podcast Republic", "android", _bare("podcastrepublic://subscribe/")),
    App("Pocket Casts", "android", _bare("pktc://subscribe/")),
    App("gPodder", "computer", _bare("gpodder://")),
)
PLATFORMS = ("iphone", "android", "computer")


def by_platform(feed_url: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """List per platform the names of apps and their links for a feed."""
    return tuple(
        (platform, tuple((app.name, app.link(feed_url)) for app in APPS if app.platform == platform))
        for platform in PLATFORMS
    )
