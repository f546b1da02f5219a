"""The files that make one episode: of all that lie together, which one is what.

An episode knows its files by their stems. A stem beside others (`03 After.mp3`, `03 After.es.vtt`) has one name
for all; a folder of its own has a name for each kind (`audio.mp3`, `transcript.es.vtt`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.domain.media import FORMATS
from catalogue.domain.plan import Problem
from catalogue.library.folder_problems import (
    double_problem,
    left_out_problems,
    unclear_problem,
    unplayable_problem,
    unshown_problem,
)
from catalogue.library.roles import CHAPTER_ENDINGS, TRANSLATED, Kind, Role, split_language
from catalogue.ports import LibraryFile

# The stems of a folder's own names, best first; to each but the note's the audio's own stem is added.
FOLDER_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.AUDIO: (),
    Kind.UNPLAYABLE: (),
    Kind.NOTE: ("episode",),
    Kind.TRANSCRIPT: ("transcript", "episode"),
    Kind.CHAPTERS: ("chapters", "episode"),
    Kind.HTML_NOTES: ("notes", "episode"),
    Kind.PICTURE: ("artwork", "cover", "episode"),
    Kind.UNSHOWN: ("artwork", "cover", "episode"),
}
# What parts a kind into things that stand once each: an audio file of each format, a note in each language, …
_PARTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.AUDIO: ("format",),
    Kind.NOTE: ("language",),
    Kind.TRANSCRIPT: ("language", "format"),
    Kind.CHAPTERS: (),
    Kind.HTML_NOTES: (),
    Kind.PICTURE: (),
}
# Files of no use → the kind that would be, and what is said of them.
_USELESS = {Kind.UNPLAYABLE: (Kind.AUDIO, unplayable_problem), Kind.UNSHOWN: (Kind.PICTURE, unshown_problem)}
_FORMAT_ORDER = tuple(FORMATS)


@dataclass(frozen=True, kw_only=True, slots=True)
class TranscriptFile:
    """A transcript; `format` is a key of TRANSCRIPT_TYPES, `language` None where the name has none."""

    file: LibraryFile
    format: str
    language: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EpisodeFiles:
    """The files of one episode.

    `path` is its folder or stem relative to the show, NFC with `/`; `name` the last segment of it. `season` is
    that of a `Season N` folder around it. `audio` comes enclosure first, as far as endings tell; it is empty for
    a note that may be a draft or state remote audio. `version` changes whenever any of the files may have.
    """

    path: str
    name: str
    is_folder: bool
    season: int | None
    audio: tuple[LibraryFile, ...]
    note: LibraryFile | None
    translations: tuple[tuple[str, LibraryFile], ...]
    transcripts: tuple[TranscriptFile, ...]
    chapters: LibraryFile | None
    artwork: LibraryFile | None
    version: str
    html_notes: LibraryFile | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def files(self) -> tuple[LibraryFile, ...]:
        """All of them."""
        translations = (file for _, file in self.translations)
        transcripts = (transcript.file for transcript in self.transcripts)
        others = (file for file in (self.note, self.html_notes, self.chapters, self.artwork) if file is not None)
        return (*self.audio, *others, *translations, *transcripts)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Match:
    """A role that is the episode's: in which language, and how good its name is (0 is best)."""

    role: Role
    language: str | None
    rank: int

    @property
    def file(self) -> LibraryFile:
        return self.role.file

    @property
    def format(self) -> str:
        return self.role.format

    @property
    def part(self) -> tuple[str | None, ...]:
        return (self.role.kind, *(getattr(self, name) for name in _PARTS[self.role.kind]))


def with_files(unit: EpisodeFiles, now: Mapping[str, LibraryFile]) -> EpisodeFiles:
    """The same episode where some of its files, by path, were written again and none came or went."""

    def of(file: LibraryFile | None) -> LibraryFile | None:
        return now.get(file.path, file) if file is not None else None

    written = replace(
        unit,
        audio=tuple(now.get(file.path, file) for file in unit.audio),
        note=of(unit.note),
        html_notes=of(unit.html_notes),
        translations=tuple((language, now.get(file.path, file)) for language, file in unit.translations),
        transcripts=tuple(replace(one, file=now.get(one.file.path, one.file)) for one in unit.transcripts),
        chapters=of(unit.chapters),
        artwork=of(unit.artwork),
    )
    return replace(written, version=_version(written.files))


def stem_episode(path: str, roles: Sequence[Role], *, season: int | None) -> EpisodeFiles:
    """Make the episode of one stem from the files that share it; `path` ends in the stem."""
    stem = path.rpartition("/")[2]
    matches = [match for role in roles if (match := _match(role, (stem,))) is not None]
    return _episode(path, matches, is_folder=False, season=season, problems=())


def folder_episode(path: str, roles: Sequence[Role], *, season: int | None) -> EpisodeFiles:
    """Make the episode of a folder of its own; audio that is not the episode's is named and left out."""
    lower = [replace(role, stem=role.stem.casefold()) for role in roles]
    stems = list(dict.fromkeys(role.stem for role in lower if role.kind is Kind.AUDIO))
    chosen = _audio_stem(stems)
    others = tuple(stem for stem in stems if stem != chosen)
    matches = [match for role in lower if (match := _match(role, _own_names(role, chosen, others))) is not None]
    left_out = [role for role in lower if role.kind is Kind.AUDIO and role.stem != chosen]
    problems = left_out_problems(left_out) if chosen or not left_out else (unclear_problem(left_out),)
    return _episode(path, matches, is_folder=True, season=season, problems=problems)


def _audio_stem(stems: Sequence[str]) -> str | None:
    """The stem of a folder's audio: `audio`, `episode`, or the only one there is."""
    named = [stem for stem in ("audio", "episode") if stem in stems]
    return named[0] if named else stems[0] if len(stems) == 1 else None


def _own_names(role: Role, chosen: str | None, others: Sequence[str]) -> tuple[str, ...]:
    names = FOLDER_NAMES[role.kind]
    if role.kind is Kind.UNPLAYABLE:
        return (role.stem,)
    if role.kind is not Kind.NOTE and chosen is not None:
        names = (*names, chosen)
    if role.kind is Kind.TRANSCRIPT and role.format in ("vtt", "srt"):  # these are nothing else, whatever their name
        bare = split_language(role.stem)[0]
        names = names if {bare, role.stem} & set(others) else (*names, bare)
    return names


def _match(role: Role, names: Sequence[str]) -> _Match | None:
    if role.stem in names:
        return _Match(role=role, language=None, rank=names.index(role.stem))
    bare, language = split_language(role.stem)
    if role.kind in TRANSLATED and bare in names:
        return _Match(role=role, language=language, rank=names.index(bare))
    return None


def _episode(
    path: str, matches: Sequence[_Match], *, is_folder: bool, season: int | None, problems: Sequence[Problem]
) -> EpisodeFiles:
    usable = [match for match in matches if match.role.kind not in _USELESS]
    best, doubles = _best(usable) if len(usable) > 1 else (usable, [])
    kinds = _by_kind(best)
    notes = {match.language: match.file for match in kinds.get(Kind.NOTE, ())}
    audio = sorted(kinds.get(Kind.AUDIO, ()), key=lambda match: _FORMAT_ORDER.index(match.format))
    return EpisodeFiles(
        path=path,
        name=path.rpartition("/")[2],
        is_folder=is_folder,
        season=season,
        audio=tuple(match.file for match in audio),
        note=notes.pop(None, None),
        html_notes=next((match.file for match in kinds.get(Kind.HTML_NOTES, ())), None),
        translations=tuple((language, file) for language, file in notes.items() if language),
        transcripts=tuple(
            TranscriptFile(file=match.file, format=match.format, language=match.language)
            for match in kinds.get(Kind.TRANSCRIPT, ())
        ),
        chapters=next((match.file for match in kinds.get(Kind.CHAPTERS, ())), None),
        artwork=next((match.file for match in kinds.get(Kind.PICTURE, ())), None),
        version=_version(match.file for match in best),
        problems=(
            *problems,
            *(double_problem(match.role, kept=kept.file) for match, kept in doubles),
            *(() if len(usable) == len(matches) else _useless_problems(matches, kinds)),
        ),
    )


def _useless_problems(matches: Sequence[_Match], kinds: Container[Kind]) -> Iterator[Problem]:
    for useless, (wanted, problem) in _USELESS.items():
        for match in _by_kind(matches).get(useless, ()):
            yield problem(match.role, has_other=wanted in kinds)


def _best(matches: Sequence[_Match]) -> tuple[list[_Match], list[tuple[_Match, _Match]]]:
    """The best named file of each part, and every other one with the one that was taken before it."""
    best: dict[tuple[str | None, ...], _Match] = {}
    doubles: list[tuple[_Match, _Match]] = []
    for match in sorted(matches, key=_order):
        kept = best.setdefault(match.part, match)
        if kept is not match:
            doubles.append((match, kept))
    taken = (match for match in matches if best[match.part] is match)
    return sorted(taken, key=lambda match: match.language or ""), doubles


def _order(match: _Match) -> tuple[int, int]:
    """Of chapters the kind that carries most counts, whatever its name; of all else the best name."""
    of_kind = CHAPTER_ENDINGS.index(match.format) if match.role.kind is Kind.CHAPTERS else 0
    return of_kind, match.rank


def _by_kind(matches: Iterable[_Match]) -> dict[Kind, list[_Match]]:
    kinds: dict[Kind, list[_Match]] = {}
    for match in matches:
        kinds.setdefault(match.role.kind, []).append(match)
    return kinds


def _version(files: Iterable[LibraryFile]) -> str:
    lines = sorted(f"{file.path}\0{file.version}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:32]
