"""What was seen of an episode's files, and what became of each: the words that matching speaks in."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalogue.domain.identity import LedgerEpisode, is_sound


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """An episode's files as seen: where, the GUID its note states, and the hashes of its audio."""

    path: str
    guid: str | None = None
    known_guid: str | None = None
    """Whose files these are, where none changed since they were last indexed."""
    hashes: frozenset[str] = frozenset()
    """sha256 of each rendition, or `remote_hash` of where remote audio is."""
    essences: frozenset[str] = frozenset()

    @property
    def identity(self) -> str | None:
        """The GUID it has by its note's word or because nothing changed."""
        return self.guid or self.known_guid

    @property
    def marks(self) -> frozenset[str]:
        """Everything its sound is known by."""
        return self.hashes | self.essences


@dataclass(frozen=True, kw_only=True)
class Held:
    """A sighting that waits for somebody's word; `line` is the episode it may be, `other` the path it clashes with.

    `rivals` are all that it may be, where they are several.
    """

    path: str
    code: str
    line: LedgerEpisode | None
    other: str | None = None
    rivals: tuple[LedgerEpisode, ...] = ()


@dataclass(kw_only=True)
class Matches:
    """The outcome: `known` and `held` by path, `new` paths in the order seen, `vanished` lines."""

    known: dict[str, LedgerEpisode] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    held: dict[str, Held] = field(default_factory=dict)
    vanished: list[LedgerEpisode] = field(default_factory=list)


def line_hashes(line: LedgerEpisode) -> frozenset[str]:
    """The hashes of an episode's audio as last published."""
    return frozenset(media.sha256 for role, media in line.media.items() if is_sound(role))


def line_essences(line: LedgerEpisode) -> frozenset[str]:
    """The hashes of its sound alone."""
    return frozenset(media.essence for media in line.media.values() if media.essence)


def line_marks(line: LedgerEpisode) -> frozenset[str]:
    """Everything an episode's sound was last known by."""
    return line_hashes(line) | line_essences(line)


def all_marks(line: LedgerEpisode) -> frozenset[str]:
    """Everything its sound is or ever was known by."""
    return line_marks(line).union(sha256 for sha256, role in line.was_media.items() if is_sound(role))


def has_other_sound(line: LedgerEpisode, seen: Sighting) -> bool:
    """Whether an episode's files hold another sound than it was published with."""
    return bool(seen.marks) and not seen.marks & line_marks(line)
