"""Who is who after files were moved, renamed, retagged or replaced.

Pure: the ledger's lines on one side, what was seen on the other. What is clear is matched; what is not is
held and named, never guessed, because a wrong guess changes a published GUID or puts one episode's words
under another's sound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from catalogue.domain.identity import LedgerEpisode

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """An episode's files as seen: where, the GUID its note states, and the hashes of its audio."""

    path: str
    guid: str | None = None
    known_guid: str | None = None
    """Whose files these are, where none changed since they were last indexed."""
    hashes: frozenset[str] = frozenset()
    """sha256 of each rendition, or the URL of remote audio."""
    essences: frozenset[str] = frozenset()

    @property
    def identity(self) -> str | None:
        """The GUID it has by its note's word or because nothing changed."""
        return self.guid or self.known_guid


@dataclass(frozen=True, kw_only=True)
class Held:
    """A sighting that waits for somebody's word; `line` is the episode it may be, `other` the path it clashes with."""

    path: str
    code: str
    line: LedgerEpisode | None
    other: str | None = None


@dataclass(kw_only=True)
class Matches:
    """The outcome: `known` and `held` by path, `new` paths in the order seen, `vanished` lines."""

    known: dict[str, LedgerEpisode] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    held: dict[str, Held] = field(default_factory=dict)
    vanished: list[LedgerEpisode] = field(default_factory=list)


def match_episodes(
    lines: Sequence[LedgerEpisode],
    sightings: Sequence[Sighting],
    *,
    claims: Mapping[str, str | None] | None = None,
) -> Matches:
    """Match what was seen with what is known.

    The order: what somebody claimed (path → GUID, None: a new episode); the GUID a note states; same
    folder and hash; same file; same sound; same folder, where its old sound is nowhere else and the new
    one no other episode's. Held: two sightings for one episode (`copy`), a match into a folder that
    another episode held (`swap`), something vanished and something unknown in one run (`unclear`).
    """
    round_ = _Round(lines, sightings)
    round_.claim(claims or {})
    round_.by_stated_guid()
    round_.by(_hashes, lambda seen: seen.hashes, same_path=True)
    round_.by(_hashes, lambda seen: seen.hashes)
    round_.by(_essences, lambda seen: seen.essences)
    round_.by_path()
    return round_.finish()


def _hashes(line: LedgerEpisode) -> frozenset[str]:
    return frozenset(media.sha256 for role, media in line.media.items() if role.startswith("audio"))


def _essences(line: LedgerEpisode) -> frozenset[str]:
    return frozenset(media.essence for media in line.media.values() if media.essence)


class _Round:
    """The state of one matching; each step only looks at what is still open."""

    def __init__(self, lines: Sequence[LedgerEpisode], sightings: Sequence[Sighting]) -> None:
        self._lines = {line.guid: line for line in lines}
        self._homes = {line.path: line for line in lines}
        self._seen = {sighting.path: sighting for sighting in sightings}
        self._open_lines = dict(self._lines)
        self._open = dict(self._seen)
        self._as_new: set[str] = set()
        self._claimed: set[str] = set()
        self._held_lines: dict[str, LedgerEpisode] = {}
        self._matches = Matches()

    def claim(self, claims: Mapping[str, str | None]) -> None:
        for path, guid in claims.items():
            if path not in self._open:
                continue
            if guid is None:
                self._as_new.add(path)
                del self._open[path]
            elif guid in self._open_lines:
                self._claimed.add(guid)
                self._settle(path, self._open_lines[guid])

    def by_stated_guid(self) -> None:
        stated = _grouped((seen.identity, seen) for seen in self._open.values() if seen.identity)
        for guid, sightings in stated.items():
            line = self._lines.get(guid)
            if line is not None and guid not in self._open_lines:
                self._hold_rivals(sightings, line, self._path_of(line))
                continue
            first = next((seen for seen in sightings if line and seen.path == line.path), sightings[0])
            home = self._homes.get(first.path)
            if line is not None:
                self._settle(first.path, line)
            elif home is not None and home.guid in self._open_lines:
                # A published episode's note states another GUID now: that would be a new episode in its place.
                self._hold(first.path, "guid-changed", home)
            self._hold_rivals([seen for seen in sightings if seen is not first], line, first.path)

    def _hold_rivals(self, sightings: Iterable[Sighting], line: LedgerEpisode | None, owner: str) -> None:
        """Hold those whose note states the GUID that the files at `owner` have."""
        for seen in sightings:
            self._hold(seen.path, "guid-taken" if seen.guid else "claimed", line, other=owner)

    def _path_of(self, line: LedgerEpisode) -> str:
        return next((path for path, known in self._matches.known.items() if known is line), line.path)

    def by(
        self,
        of_line: Callable[[LedgerEpisode], frozenset[str]],
        of_seen: Callable[[Sighting], frozenset[str]],
        *,
        same_path: bool = False,
    ) -> None:
        """Match what shares a mark, where the pair is the only one."""
        lines_by_mark = _grouped((mark, line) for line in self._open_lines.values() for mark in of_line(line))
        seen_by_mark = _grouped((mark, seen) for seen in self._open.values() for mark in of_seen(seen))
        for mark, sightings in seen_by_mark.items():
            lines = [line for line in lines_by_mark.get(mark, ()) if line.guid in self._open_lines]
            waiting = [seen for seen in sightings if seen.path in self._open and not self._states_other(seen, lines)]
            if same_path:
                self._settle_at_home(waiting, lines)
            elif lines and waiting:
                self._pair(waiting, lines)
        if not same_path:
            self._hold_copies(of_line, of_seen)

    def by_path(self) -> None:
        for path in list(self._open):
            line = self._homes.get(path)
            if line is not None and line.guid in self._open_lines and self._open[path].identity in (None, line.guid):
                self._settle(path, line)

    def finish(self) -> Matches:
        matches = self._matches
        matches.vanished = list(self._open_lines.values())
        gone_now = [line for line in matches.vanished if line.missing_since is None and line.withdrawn_at is None]
        only_gone = gone_now[0] if len(gone_now) == 1 else None
        for path, seen in self._seen.items():
            # A stated GUID that nobody has says by itself that this is a new episode.
            if path in self._as_new or (path in self._open and seen.guid is not None):
                matches.new.append(path)
            elif path in self._open:
                owner, tenant = self._owner(seen), self._held_lines.get(path)
                if owner is not None or tenant is not None or gone_now:
                    code = "unclear" if owner is None else "copy" if tenant in (None, owner) else "swap"
                    matches.held[path] = Held(path=path, code=code, line=owner or tenant or only_gone)
                else:
                    matches.new.append(path)
        return matches

    def _settle_at_home(self, sightings: Sequence[Sighting], lines: Sequence[LedgerEpisode]) -> None:
        """Match what lies where it lay; of two lines with one path, that which is not missing."""
        for line in sorted(lines, key=lambda one: one.missing_since is not None):
            for seen in sightings:
                if seen.path == line.path and seen.path in self._open and line.guid in self._open_lines:
                    self._settle(seen.path, line)

    def _owner(self, seen: Sighting) -> LedgerEpisode | None:
        """The episode that already has this sound, however it was settled or held."""
        for line in self._lines.values():
            if _hashes(line) & seen.hashes or _essences(line) & seen.essences:
                return line
        return None

    def _pair(self, sightings: Sequence[Sighting], lines: Sequence[LedgerEpisode]) -> None:
        """Match one sighting with one line that is elsewhere; several of either cannot be told apart."""
        if len(sightings) > 1 or len(lines) > 1:
            for seen in sightings:
                self._hold(seen.path, "copy", lines[0])
            return
        seen, line = sightings[0], lines[0]
        tenant = self._homes.get(seen.path)
        if tenant is not None and tenant.guid != line.guid and tenant.guid not in self._claimed:
            self._hold(seen.path, "swap", line)
        else:
            self._settle(seen.path, line)

    def _hold_copies(
        self,
        of_line: Callable[[LedgerEpisode], frozenset[str]],
        of_seen: Callable[[Sighting], frozenset[str]],
    ) -> None:
        """Hold whatever carries a mark of an episode that was found elsewhere."""
        settled = {mark: line for line in self._matches.known.values() for mark in of_line(line)}
        for seen in list(self._open.values()):
            owner = next((settled[mark] for mark in sorted(of_seen(seen)) if mark in settled), None)
            if owner is not None and seen.identity is None and self._homes.get(seen.path) is not owner:
                self._hold(seen.path, "copy", owner)

    def _states_other(self, seen: Sighting, lines: Sequence[LedgerEpisode]) -> bool:
        return seen.identity is not None and all(line.guid != seen.identity for line in lines)

    def _settle(self, path: str, line: LedgerEpisode) -> None:
        self._matches.known[path] = line
        del self._open[path]
        del self._open_lines[line.guid]

    def _hold(self, path: str, code: str, line: LedgerEpisode | None, *, other: str | None = None) -> None:
        self._matches.held[path] = Held(path=path, code=code, line=line, other=other)
        del self._open[path]
        # An episode that is held is neither gone nor free: its last state stays.
        for one in (line, self._homes.get(path)):
            if one is not None and self._open_lines.pop(one.guid, None) is not None:
                self._held_lines[one.path] = one


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
