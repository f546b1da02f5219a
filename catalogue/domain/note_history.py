"""What a note, or a text that lies beside it, said, when, and by whose hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Of each note so many texts are kept, for so long; the newest one always.
MOST_VERSIONS = 100
# Of a side file that is larger no texts are kept.
MOST_SIDE_BYTES = 512 * 1024
SIDE_ENDINGS = ("vtt", "srt", "json", "html", "htm", "txt")
"""Which files beside a note are texts: transcripts and chapters. A picture that was replaced is gone."""
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
    """A text that an episode's note, or a file beside it, had; `path` is where that lay, `who` the name of an account.

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

    @property
    def side(self) -> str:
        """Whose texts it is one of, as `side_of`."""
        return side_of(self.path)


def side_of(path: str) -> str:
    """The path of a file beside a note; empty for a note, wherever that lay."""
    return "" if path.lower().endswith(".md") else path


def is_kept_side(path: str, size_bytes: int) -> bool:
    """Whether the texts of a file beside a note are kept."""
    return path.rpartition(".")[2].lower() in SIDE_ENDINGS and size_bytes <= MOST_SIDE_BYTES


@dataclass(frozen=True, kw_only=True)
class NoteVersion:
    """A text as it is kept, under a number that grows with time."""

    number: int
    text: NoteText
