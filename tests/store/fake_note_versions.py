"""The history's part of the index in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from catalogue.domain.note_history import NoteText, NoteVersion


class FakeNoteVersions:
    """What `NoteVersions` promises, in a list."""

    def __init__(self) -> None:
        self._versions: list[NoteVersion] = []
        self._numbers = 0

    def keep_note_texts(self, texts: Sequence[NoteText], *, most: int, since: datetime) -> None:
        for text in texts:
            known = self.note_versions(text.show_guid, text.guid)
            newest = next((one for one in known if one.text.side == text.side), None)
            if newest is None or newest.text.digest != text.digest:
                self._numbers += 1
                self._versions.append(NoteVersion(number=self._numbers, text=text))
                self._forget(text, most, since)

    def note_versions(self, show_guid: str, guid: str) -> tuple[NoteVersion, ...]:
        own = [one for one in self._versions if (one.text.show_guid, one.text.guid) == (show_guid, guid)]
        return tuple(reversed(own))

    def _forget(self, text: NoteText, most: int, since: datetime) -> None:
        own = [one for one in self.note_versions(text.show_guid, text.guid) if one.text.path == text.path]
        over = {one.number for one in (*own[most:], *(one for one in own[1:] if one.text.saved_at < since))}
        self._versions = [one for one in self._versions if one.number not in over]
