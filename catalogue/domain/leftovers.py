"""What is left once everything clear was matched: each sighting is new, or held with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from catalogue.domain.identity import LedgerEpisode, is_sound
from catalogue.domain.sightings import Held, Matches, Sighting, has_other_sound, line_marks

T = TypeVar("T")


def name_leftovers(
    matches: Matches, seen: Mapping[str, Sighting], *, lines: Iterable[LedgerEpisode], as_new: Collection[str]
) -> None:
    """Add to `matches` every sighting that is neither known nor held yet.

    Unknown sound is new only where nobody is looked for: an episode that vanished, or whose place another
    took, may be what it is, under another name and in another encoding. Of files with the same bytes that
    nobody knew, the first is new and the others its copies.
    """
    left = [one for path, one in seen.items() if path not in matches.known and path not in matches.held]
    if left:
        doubts = _Doubts(matches, seen, tuple(lines))
        for sighting in left:
            held = None if sighting.path in as_new else doubts.about(sighting)
            if held is not None:
                matches.held[sighting.path] = held
            else:
                matches.new.append(sighting.path)
                doubts.newcomers.update(dict.fromkeys(sighting.hashes, sighting.path))


class _Doubts:
    """Who a sighting that nothing matched may be."""

    def __init__(self, matches: Matches, seen: Mapping[str, Sighting], lines: Sequence[LedgerEpisode]) -> None:
        former = {line.guid for path, line in matches.known.items() if has_other_sound(line, seen[path])}
        self._owners = {mark: line for line in lines if line.guid not in former for mark in line_marks(line)}
        self._once = {mark: line for line in lines if line.guid in former for mark in line_marks(line)} | {
            sha256: line for line in lines for sha256, role in line.was_media.items() if is_sound(role)
        }
        self._tenants = _held_lines(matches, lines)
        gone = [line for line in matches.vanished if line.missing_since is None and line.withdrawn_at is None]
        self._wanted = gone + _ousted(matches, seen, self._tenants.values())
        self.newcomers: dict[str, str] = {}
        """Hash → path of what is new in this run."""

    def about(self, seen: Sighting) -> Held | None:
        """Why a sighting cannot be called new; None where it can."""
        if seen.guid is not None:  # one that nobody has says by itself that this is a new episode
            return None
        owner, once = _first(self._owners, seen.marks), _first(self._once, seen.marks)
        tenant = self._tenants.get(seen.path)
        if owner is not None:
            return Held(path=seen.path, code="copy" if tenant in (None, owner) else "swap", line=owner)
        if tenant is not None or self._wanted:
            may_be = tuple({line.guid: line for line in (tenant, *self._wanted) if line is not None}.values())
            line = may_be[0] if len(may_be) == 1 else tenant
            return Held(path=seen.path, code="unclear", line=line, rivals=may_be)
        if once is not None:
            return Held(path=seen.path, code="earlier", line=once)
        twin = _first(self.newcomers, seen.hashes)
        return Held(path=seen.path, code="copy", line=None, other=twin) if twin is not None else None


def _first(owners: Mapping[str, T], marks: Collection[str]) -> T | None:
    return next((owners[mark] for mark in sorted(marks) if mark in owners), None)


def _held_lines(matches: Matches, lines: Iterable[LedgerEpisode]) -> dict[str, LedgerEpisode]:
    """Episodes that are neither found nor gone, because something about them is in doubt; by their place."""
    decided = {line.guid for line in (*matches.known.values(), *matches.vanished)}
    return {line.path: line for line in lines if line.guid not in decided}


def _ousted(matches: Matches, seen: Mapping[str, Sighting], held: Iterable[LedgerEpisode]) -> list[LedgerEpisode]:
    """Episodes in whose place others' files lie, and whose own sound was seen nowhere."""
    sounds = {mark for sighting in seen.values() for mark in sighting.marks}
    at_home = {one.line.guid for path, one in matches.held.items() if one.line is not None and one.line.path == path}
    return [
        line
        for line in held
        if line.guid not in at_home and line.missing_since is None and not line_marks(line) & sounds
    ]
