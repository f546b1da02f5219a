"""Builders: a test states only what matters to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode, LedgerShow, MediaLine
from catalogue.domain.media import Artwork, Audio
from catalogue.domain.show import Category, Show

NOON = datetime(2021, 10, 5, 12, 0, tzinfo=UTC)


def make_show(**stated: Any) -> Show:
    values: dict[str, Any] = {
        "guid": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
        "slug": "conversations",
        "path": "",
        "title": "Conversations",
        "description": "A show about living with and after breast cancer.",
        "author": "Castalogue",
        "language": "en",
        "first_seen_at": NOON,
        "categories": (Category(name="Health & Fitness", subcategory="Medicine"),),
        "artwork": Artwork(path="artwork.png", sha256="c" * 64, width=3000, height=3000),
    }
    return Show(**values | stated)


def make_audio(**stated: Any) -> Audio:
    values: dict[str, Any] = {
        "path": "1/audio.mp3",
        "format": "mp3",
        "size_bytes": 1000,
        "sha256": "a" * 64,
        "essence": "e" * 64,
        "duration": timedelta(minutes=48),
    }
    return Audio(**values | stated)


def make_episode(**stated: Any) -> Episode:
    values: dict[str, Any] = {
        "guid": "1f0e6a34-0000-5000-8000-000000000001",
        "slug": "meet-the-husbands",
        "path": "1",
        "title": "Meet the husbands",
        "published_at": NOON,
        "language": "en",
        "renditions": (make_audio(),),
        "notes": "About the episode.",
    }
    return Episode(**values | stated)


def make_line(**stated: Any) -> LedgerEpisode:
    """A ledger line; `sound="x"` gives it audio whose hash and essence derive from it."""
    sound = stated.pop("sound", stated.get("path", "1"))
    values: dict[str, Any] = {
        "guid": f"guid-{stated.get('path', '1')}",
        "path": "1",
        "slug": "one",
        "media": {"audio.mp3": MediaLine(sha256=f"sha-{sound}", essence=f"essence-{sound}", size_bytes=1)},
    }
    return LedgerEpisode(**values | stated)


def make_ledger_show(**stated: Any) -> LedgerShow:
    values: dict[str, Any] = {"guid": make_show().guid, "slug": "conversations", "first_seen_at": NOON}
    return LedgerShow(**values | stated)
