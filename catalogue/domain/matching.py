"""Who is who after files were moved, renamed, retagged or replaced.

Pure: the ledger's lines on one side, what was seen on the other. What is clear is matched; what is not is
held and named, never guessed, because a wrong guess changes a published GUID or puts one episode's words
under another's sound. Looking again at the same files gives the same answer: what is held stays so until
somebody says or changes something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from catalogue.domain.identity import LedgerEpisode
from catalogue.domain.leftovers import name_leftovers
from catalogue.domain.sightings import (
    Held,
    Matches,
    Sighting,
    all_marks,
    has_other_sound,
    line_essences,
    line_hashes,
    line_marks,
)

__all__ = ["Held", "Matches", "Sighting", "match_episodes"]

T = TypeVar("T")
OfLine: TypeAlias = Callable[[LedgerEpisode], frozenset[str]]
OfSeen: TypeAlias = Callable[[Sighting], frozenset[str]]


def match_episodes(
    lines: Sequence[LedgerEpisode],
    sightings: Sequence[Sighting],
    *,
    claims: Mapping[str, str | None] | None = None,
) -> Matches:
    """Match what was seen with what is known.

    The order: what somebody claimed (path → GUID, None: a new episode); the GUID a note states; same
    folder and sound; same file; same sound; same folder, where its old sound is nowhere else and the new
    one no other episode's. Held: two sightings for one episode (`copy`), a match into a folder that
    another episode holds (`swap`), an unknown sound in the folder of an episode whose own another has
    now (`displaced`), an episode's earlier sound elsewhere (`earlier`), something vanished and something
    unknown in one run (`unclear`).
    """
    round_ = _Round(lines, sightings)
    round_.claim(claims or {})
    round_.by_stated_guid()
    round_.by_exchange()
    round_.at_home()
    round_.by(line_hashes, lambda seen: seen.hashes)
    round_.by(line_essences, lambda seen: seen.essences)
    round_.by_path()
    return round_.finish()


class _Round:
    """The state of one matching; each step only looks at what is still open."""

    def __init__(self, lines: Sequence[LedgerEpisode], sightings: Sequence[Sighting]) -> None:
        self._lines = {line.guid: line for line in lines}
        # What is missing has a home only where nothing else has it: those that are there come first.
        self._homes = _grouped((one.path, one) for one in sorted(lines, key=lambda one: one.missing_since is not None))
        self._seen = {sighting.path: sighting for sighting in sightings}
        self._open_lines = dict(self._lines)
        self._open = dict(self._seen)
        self._as_new: set[str] = set()
        self._settled: set[str] = set()
        self._matches = Matches()

    def claim(self, claims: Mapping[str, str | None]) -> None:
        for path, guid in claims.items():
            seen = self._open.get(path)
            if seen is None:
                continue
            if guid is None:
                # Whose note states the GUID of another can be new only once it no longer does.
                self._as_new.update({path} if seen.guid not in self._lines else ())
            elif guid in self._open_lines:
                self._settle(path, self._open_lines[guid])
        for path in self._as_new:
            del self._open[path]

    def by_stated_guid(self) -> None:
        stated = _grouped((seen.identity, seen) for seen in self._open.values() if seen.identity)
        for guid, sightings in stated.items():
            line = self._lines.get(guid)
            if line is not None and guid not in self._open_lines:
                self._hold_rivals(sightings, line, self._path_of(line))
                continue
            first = _speaker(sightings, line)
            if first is None:  # copies of one folder, and the original is not where it was
                for seen, other in zip(sightings, (*sightings[1:], sightings[0]), strict=True):
                    self._hold(seen.path, "guid-taken", line, other=other.path)
                continue
            self._hear(first, line)
            self._hold_rivals([seen for seen in sightings if seen is not first], line, first.path)

    def _hear(self, seen: Sighting, line: LedgerEpisode | None) -> None:
        """Take the word of a note for the episode `line`, None where its GUID is new."""
        home = next((one for one in self._homes.get(seen.path, ()) if one.guid in self._open_lines), None)
        if line is not None:
            self._settle(seen.path, line)
        elif home is not None:
            # A published episode's note states another GUID now: that would be a new episode in its place.
            self._hold(seen.path, "guid-changed", home)

    def _hold_rivals(self, sightings: Iterable[Sighting], line: LedgerEpisode | None, owner: str) -> None:
        """Hold those whose note states the GUID that the files at `owner` have."""
        for seen in sightings:
            self._hold(seen.path, "guid-taken" if seen.guid else "claimed", line, other=owner)

    def _path_of(self, line: LedgerEpisode) -> str:
        return next((path for path, known in self._matches.known.items() if known is line), line.path)

    def by_exchange(self) -> None:
        """Where an episode is said to have stayed with the sound of another, that one stayed with its sound."""
        for path, line in list(self._matches.known.items()):
            if path != line.path or not has_other_sound(line, self._seen[path]):
                continue
            marks = self._seen[path].marks
            for other in [one for one in self._open_lines.values() if line_marks(one) & marks]:
                seen = self._open.get(other.path)
                if seen is not None and seen.identity is None and seen.marks & line_marks(line):
                    self._settle(seen.path, other)

    def at_home(self) -> None:
        """Match what lies where it lay; of two lines with one path, that which is not missing."""
        for path, seen in list(self._open.items()):
            lines = [one for one in self._homes.get(path, ()) if self._may_be(seen, one)]
            there = [line for line in lines if line.missing_since is None]
            if len(there) > 1:  # one of them took the place of the other, and nothing here says which
                self._hold(path, "swap", there[0])
            elif lines:
                self._settle(path, lines[0])

    def _may_be(self, seen: Sighting, line: LedgerEpisode) -> bool:
        is_its = line.guid in self._open_lines and seen.identity in (None, line.guid)
        return is_its and bool(line_marks(line) & seen.marks)

    def by(self, of_line: OfLine, of_seen: OfSeen) -> None:
        """Match what shares a mark, where the pair is the only one.

        Whoever moves to a place that is free goes first: that frees its own for the next.
        """
        self._hold_groups(of_line, of_seen)
        pairs = dict(self._pairs(of_line, of_seen))
        while free := [path for path, line in pairs.items() if self._is_free(path, line)]:
            for path in free:
                line = pairs.pop(path)
                if line.guid in self._open_lines:
                    self._settle(path, line)
        for path, line in pairs.items():
            self._hold(path, "swap", line)
        self._hold_copies(of_line, of_seen)

    def _pairs(self, of_line: OfLine, of_seen: OfSeen) -> Iterable[tuple[str, LedgerEpisode]]:
        lines = _grouped((mark, line) for line in self._open_lines.values() for mark in of_line(line))
        for seen in self._open.values():
            found = [line for mark in of_seen(seen) for line in lines.get(mark, ())]
            if found and not _states_other(seen, found):
                yield seen.path, found[0]

    def _hold_groups(self, of_line: OfLine, of_seen: OfSeen) -> None:
        """Hold several that share a mark with one line, or one with several: they cannot be told apart."""
        lines_by_mark = _grouped((mark, line) for line in self._open_lines.values() for mark in of_line(line))
        seen_by_mark = _grouped((mark, seen) for seen in self._open.values() for mark in of_seen(seen))
        for mark, lines in lines_by_mark.items():
            waiting = [seen for seen in seen_by_mark.get(mark, ()) if not _states_other(seen, lines)]
            for seen in waiting if len(waiting) > 1 or len(lines) > 1 else ():
                if seen.path in self._open:
                    self._hold(seen.path, "copy", lines[0])

    def _is_free(self, path: str, line: LedgerEpisode) -> bool:
        """Whether nobody else has this place: whoever had it was found elsewhere."""
        return all(one.guid == line.guid or one.guid in self._settled for one in self._homes.get(path, ()))

    def _hold_copies(self, of_line: OfLine, of_seen: OfSeen) -> None:
        """Hold whatever carries a mark of an episode that was found elsewhere."""
        wanted = {mark for seen in self._open.values() for mark in of_seen(seen)}
        settled = {
            mark: line
            for path, line in self._matches.known.items()
            for mark in (of_line(line) & wanted if wanted else ())
            if not has_other_sound(line, self._seen[path])
        }
        for seen in list(self._open.values()):
            owner = next((settled[mark] for mark in sorted(of_seen(seen)) if mark in settled), None)
            if owner is not None and seen.identity is None and owner not in self._homes.get(seen.path, ()):
                self._hold(seen.path, "copy", owner)

    def by_path(self) -> None:
        """Match an unknown sound with the episode whose place it has, unless that one's own was seen elsewhere."""
        if not self._open:
            return
        found = [one for one in self._lines.values() if one.guid not in self._open_lines]
        taken = {mark: one for one in found for mark in all_marks(one)}
        elsewhere = {mark: seen.path for seen in self._seen.values() for mark in seen.marks}
        has_strays = any(_is_stray(line, self._seen) for line in self._open_lines.values())
        for path, seen in list(self._open.items()):
            line = next((one for one in self._homes.get(path, ()) if one.guid in self._open_lines), None)
            if line is None or seen.identity not in (None, line.guid):
                continue
            if any(self._is_held(one) for one in self._homes[path]):  # the place is in doubt, so whoever comes is
                continue
            owner = next((taken[mark] for mark in sorted(seen.marks) if mark in taken), None)
            if owner is not None and owner not in self._homes[path]:
                # Not unknown: it is that of an episode that is held up, or was given another sound.
                self._hold(path, "swap", owner)
                continue
            thief = next((elsewhere[mark] for mark in sorted(line_marks(line)) if mark in elsewhere), None)
            if thief is not None and thief != path and seen.marks:
                self._hold(path, "displaced", line, other=thief)
            elif not (has_strays and line.missing_since is not None):  # else it may be what vanished just now
                self._settle(path, line)

    def _is_held(self, line: LedgerEpisode) -> bool:
        return line.guid not in self._open_lines and line.guid not in self._settled

    def finish(self) -> Matches:
        self._matches.vanished = list(self._open_lines.values())
        name_leftovers(self._matches, self._seen, lines=self._lines.values(), as_new=self._as_new)
        return self._matches

    def _settle(self, path: str, line: LedgerEpisode) -> None:
        self._matches.known[path] = line
        self._settled.add(line.guid)
        del self._open[path]
        del self._open_lines[line.guid]

    def _hold(self, path: str, code: str, line: LedgerEpisode | None, *, other: str | None = None) -> None:
        self._matches.held[path] = Held(path=path, code=code, line=line, other=other)
        del self._open[path]
        # An episode that is held is neither gone nor free: its last state stays.
        for one in (line, *self._homes.get(path, ())):
            if one is not None:
                self._open_lines.pop(one.guid, None)


def _speaker(sightings: Sequence[Sighting], line: LedgerEpisode | None) -> Sighting | None:
    """Of those that state one GUID, the one it is: at home, or alone with its sound; None where that is nobody."""
    if line is None or len(sightings) == 1:
        return sightings[0]
    at_home = [seen for seen in sightings if seen.path == line.path]
    heard = [seen for seen in sightings if seen.marks & line_marks(line)]
    return at_home[0] if at_home else heard[0] if len(heard) == 1 else None


def _states_other(seen: Sighting, lines: Sequence[LedgerEpisode]) -> bool:
    return seen.identity is not None and all(line.guid != seen.identity for line in lines)


def _is_stray(line: LedgerEpisode, seen: Mapping[str, Sighting]) -> bool:
    """Whether an episode went away just now, and nothing lies in its place."""
    return line.missing_since is None and line.withdrawn_at is None and line.path not in seen


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
