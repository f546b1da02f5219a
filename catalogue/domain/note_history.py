"""What a note said, when, and by whose hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Of each note so many texts are kept, for so long; the newest one always.
MOST_VERSIONS = 100
VERSIONS_KEPT_FOR = timedelta(days=400)


class Hand(StrEnum):
    """Which way a text came into the library."""

    STUDIO = "studio"
    """By somebody who is signed in, or a program with a key of theirs."""
    TERMINAL = "terminal"
    FILES = "files"
    """It was found in the files: by an editor, git, another program."""


@dataclass(frozen=True, kw_only=True)
class NoteText:
    """A text that an episode's note had; `path` is where the note lay in the library, `who` the name of an account.

    `saved_at` (aware UTC) is when it was saved, or found where somebody else saved it.
    """

    show_guid: str
    guid: str
    path: str
    content: bytes
    saved_at: datetime
    hand: Hand
    who: str = ""

    @property
    def digest(self) -> str:
        """What tells the text from others."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class NoteVersion:
    """A text as it is kept, under a number that grows with time."""

    number: int
    text: NoteText
