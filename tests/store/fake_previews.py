"""The guests' part of the index in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from catalogue.domain.previews import Preview


class FakePreviews:
    """What `Previews` promises, in a dictionary by the hash of the token."""

    def __init__(self) -> None:
        self._previews: dict[str, Preview] = {}

    def add_preview(self, preview: Preview, *, token_hash: str) -> Preview:
        moments = {name: getattr(preview, name).replace(microsecond=0) for name in ("made_at", "ends_at")}
        return self._previews.setdefault(token_hash, replace(preview, id=len(self._previews) + 1, **moments))

    def previews(self, show_guid: str, guid: str) -> tuple[Preview, ...]:
        return tuple(one for one in self._previews.values() if (one.show_guid, one.guid) == (show_guid, guid))

    def find_preview(self, token_hash: str) -> Preview | None:
        return self._previews.get(token_hash)

    def end_preview(self, preview: Preview, *, now: datetime) -> None:
        for token_hash, one in self._previews.items():
            if one.id == preview.id and one.ended_at is None:
                self._previews[token_hash] = replace(one, ended_at=now.replace(microsecond=0))

    def _end_previews_of(self, name: str, now: datetime, are_lost: Callable[[Preview], bool] = lambda _: True) -> None:
        for one in tuple(self._previews.values()):
            if one.made_by == name and are_lost(one):
                self.end_preview(one, now=now)

    def sweep_previews(self, before: datetime) -> None:
        self._previews = {
            token_hash: one
            for token_hash, one in self._previews.items()
            if one.ends_at >= before and (one.ended_at or before) >= before
        }
