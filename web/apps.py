"""The podcast apps and directories of `apps.toml`, and which of their links a show can have."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from urllib.parse import quote

from catalogue.domain.show import Show

FILE = Path(__file__).parent / "apps.toml"
LISTED = "listed"
PLATFORMS = ("iphone", "android", "computer", LISTED)


@dataclass(frozen=True, kw_only=True)
class App:
    """An app, where it runs (`listed`: a directory), and its link with places for what `needs` names."""

    name: str
    platform: str
    link: str
    needs: frozenset[str]


@cache
def known_apps() -> tuple[App, ...]:
    """All apps, in the order in which they are shown."""
    return tuple(_app(row) for row in tomllib.loads(FILE.read_text("utf-8"))["apps"])


def links_by_platform(show: Show, feed_url: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """List per platform the names of apps and their links for a show; platforms without any are left out."""
    known = known_of(show, feed_url)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for platform in PLATFORMS:
        links = tuple((app.name, app.link.format_map(known)) for app in known_apps() if _fits(app, platform, known))
        found |= {platform: links} if links else {}
    return found


def known_of(show: Show, feed_url: str) -> dict[str, str]:
    """What may stand in a link to a show: see `apps.toml`."""
    listed = asdict(show.listed) if show.listed else {}
    return {name: value for name, value in listed.items() if value} | {
        "address": feed_url,
        "bare": feed_url.partition("://")[2],
        "encoded": quote(feed_url, safe=""),
        "guid": show.guid,
    }


def _app(row: Mapping[str, object]) -> App:
    link, stated = str(row["link"]), row.get("needs", [])
    assert isinstance(stated, list)
    places = {name for _, name, _, _ in Formatter().parse(link) if name}
    return App(name=str(row["name"]), platform=str(row["platform"]), link=link, needs=frozenset(places.union(stated)))


def _fits(app: App, platform: str, known: Mapping[str, str]) -> bool:
    return app.platform == platform and app.needs <= known.keys()
