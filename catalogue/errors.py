"""Every error Castalogue raises on purpose, as one tree.

    CatalogueError
    ├── ContentError            a file of the library: path, line
    │   ├── AudioError
    │   ├── NotesError
    │   ├── ShowFileError
    │   ├── LedgerError
    │   ├── ChaptersError
    │   ├── TranscriptError
    │   ├── ArtworkError
    │   ├── CalendarError
    │   └── FeedError           a feed, ours or foreign: its address as the path
    ├── ContentErrors           several of the above, found in one reading
    ├── SandboxFailure          a parser in its box ran out of memory, time or luck
    ├── NotFound
    ├── Forbidden               who asks may not
    ├── TooManyTries            wait a while
    ├── TokenRefused            what a program sent opens nothing
    ├── StudioClosed
    ├── Withdrawn
    ├── Moved
    ├── Conflict
    │   ├── GuidTaken
    │   ├── SlugTaken
    │   ├── StaleEdit
    │   ├── NameTaken
    │   ├── LastOwner           nobody would be left who may do everything
    │   ├── LeaseLost           a run that stood still: another does its work now
    │   └── ErrandOver          an errand that was cancelled, or is another's now
    ├── NotPublishable
    ├── PlanRefused
    ├── StoreError
    │   └── StoreFull           its disk is
    ├── NoRoom                  a disk is full on which something lies for a moment
    ├── MediaError
    ├── UploadRefused           a file that somebody sends is not taken
    ├── OutsideError            another machine: its address
    │   ├── AddressRefused      it was not asked, and never will be
    │   ├── NoAnswer            it cannot be reached, or breaks off; later it may be different
    │   └── AnswerRefused       it answers what cannot be used
    ├── ConditionError          by which episodes were to be chosen
    └── ConfigError

An error is a code, an English template and its parameters: the command line prints the sentence,
another face may say the same code in another language or beside the field it concerns.
A message says what, which and the next step.
"""

from __future__ import annotations


class CatalogueError(Exception):
    """What went wrong, as `code` (stable, for programs), a template and its parameters."""

    def __init__(self, code: str, template: str, **params: object) -> None:
        super().__init__(code, template, params)
        self.code = code
        self.template = template
        self.params = params

    @property
    def sentence(self) -> str:
        """What went wrong and the mend, without naming a place."""
        return self.template.format(**self.params)

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """The parameters as texts by name, for who keeps the sentence and may have to say it in another language."""
        return tuple((name, str(value)) for name, value in self.params.items())

    def __str__(self) -> str:
        return self.sentence


class ContentError(CatalogueError):
    """A file of the library cannot be used as it is; `path` is relative to the library."""

    def __init__(self, code: str, template: str, *, path: str, line: int | None = None, **params: object) -> None:
        super().__init__(code, template, **params)
        self.path = path
        self.line = line

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{where}: {self.sentence}"


class AudioError(ContentError):
    """The audio cannot be read, or is not audio."""


class NotesError(ContentError):
    """The note's front matter or text cannot be read."""


class ShowFileError(ContentError):
    """`show.toml` or `catalogue.toml` cannot be read."""


class LedgerError(ContentError):
    """`ledger.jsonl` cannot be read or contradicts itself."""


class ChaptersError(ContentError):
    """The chapters cannot be read."""


class TranscriptError(ContentError):
    """The transcript cannot be read."""


class ArtworkError(ContentError):
    """The picture cannot be read or cannot be a cover."""


class CalendarError(ContentError):
    """The calendar, or `events.toml`, cannot be read."""


class FeedError(ContentError):
    """The feed cannot be read; `path` is its address, or `feed`."""


class ContentErrors(CatalogueError):
    """All that is wrong with one file, in the order of its lines."""

    def __init__(self, errors: tuple[ContentError, ...]) -> None:
        super().__init__("several", "{text}", text="\n".join(str(error) for error in errors))
        self.errors = errors


class SandboxFailure(CatalogueError):
    """A parser in its box died, ran out of memory or time, or answered nonsense."""


class NotFound(CatalogueError):
    """Nothing has this name, or nothing public has."""


class Forbidden(CatalogueError):
    """Who asks may not do this, or did not ask by a page of ours."""


class TooManyTries(CatalogueError):
    """Somebody tried too often; how long to wait is said."""


class TokenRefused(CatalogueError):
    """A program sent no token, or one that opens nothing (any more)."""


class StudioClosed(CatalogueError):
    """Nobody can sign in on this server just now."""


class Withdrawn(CatalogueError):
    """It was here and was taken back for good (410)."""


class Moved(CatalogueError):
    """It has another address now: `to` is the slug or the path it answers under."""

    def __init__(self, to: str) -> None:
        super().__init__("moved", "It moved to {to}.", to=to)
        self.to = to


class Conflict(CatalogueError):
    """Two things claim what only one can have."""


class GuidTaken(Conflict):
    """Two episodes state the same GUID."""


class SlugTaken(Conflict):
    """An explicit slug is another's, or reserved."""


class StaleEdit(Conflict):
    """The file changed since it was read; nothing was written."""


class LeaseLost(Conflict):
    """Another process took over what this one was doing; nothing more is written here."""


class ErrandOver(Conflict):
    """Whoever does an errand is to stop: it was cancelled, another does it now, or this process ends."""


class NameTaken(Conflict):
    """Another producer signs in with this name."""


class LastOwner(Conflict):
    """Nobody would be left who may do everything."""


class NotPublishable(CatalogueError):
    """A feed in this state would be worse than the one it replaces."""


class PlanRefused(CatalogueError):
    """Indexing would surprise subscribers, and nobody said it should."""


class StoreError(CatalogueError):
    """The database cannot be opened, read or written."""


class StoreFull(StoreError):
    """The disk that the database lies on has no room for what was to be written."""


class NoRoom(CatalogueError):
    """A disk is full on which something has to lie for a moment; nothing was changed."""


class MediaError(CatalogueError):
    """Audio on disk is not what was indexed."""


class UploadRefused(CatalogueError):
    """A file that somebody sends is not taken; nothing of it is kept."""


class OutsideError(CatalogueError):
    """Asking another machine failed; `url` is its address, without a password."""

    def __init__(self, code: str, template: str, *, url: str, **params: object) -> None:
        super().__init__(code, template, **params)
        self.url = url

    def __str__(self) -> str:
        return f"{self.url}: {self.sentence}"


class AddressRefused(OutsideError):
    """An address that is not asked: no address of the web, or one of a private network."""


class NoAnswer(OutsideError):
    """Nobody answers, or not to the end; the same may work later."""


class AnswerRefused(OutsideError):
    """It answers, with something that is not taken: too large, a circle, a certificate nobody vouches for."""


class ConditionError(CatalogueError):
    """A condition on episodes cannot be read: `position` is the character at which it goes wrong, from 1."""


class ConfigError(CatalogueError):
    """A setting is missing, misspelt or impossible."""
