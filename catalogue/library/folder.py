"""Which files of a library make which shows and episodes, told from their names alone.

A folder with `show.toml` is a show. In it, a folder that holds `episode.md`, or `audio.*` and no other audio, is an
episode; any other only groups, and each stem in it is one. Nothing is opened here, and nothing left out in
silence that sounds like an episode.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.domain.plan import Problem
from catalogue.library.episode_files import (
    EpisodeFiles,
    TranscriptFile,
    folder_episode,
    stem_episode,
)
from catalogue.library.folder_problems import (
    homeless_note_problems,
    left_out_problems,
    outside_problems,
    same_name_problem,
    stray_problems,
    unshown_problem,
)
from catalogue.library.known_folders import KnownFolders, Stems
from catalogue.library.ledger import LEDGER_NAME
from catalogue.library.naming import natural_key, season_of
from catalogue.library.roles import TRANSLATED, Kind, Role, read_role, split_language, without_namesakes
from catalogue.ports import LibraryFile

__all__ = ["EpisodeFiles", "ShowFiles", "TranscriptFile", "find_shows"]

SHOW_NAME = "show.toml"
RESERVED_FOLDERS = frozenset(("topics", "people", "pages"))
RESERVED_FILES = frozenset(("catalogue.toml", "events.toml"))
_SHOW_ARTWORK = ("artwork", "cover")


@dataclass(frozen=True, kw_only=True)
class ShowFiles:
    """The files of one show; `path` is its folder, `""` for the library itself.

    `show_file` is None where the library has no `show.toml` at all. `episodes` come in natural order of path;
    `problems` are those of files that belong to no episode.
    """

    path: str
    show_file: LibraryFile | None
    ledger: LibraryFile | None
    artwork: LibraryFile | None
    episodes: tuple[EpisodeFiles, ...]
    problems: tuple[Problem, ...] = ()


def find_shows(files: Sequence[LibraryFile], known: KnownFolders | None = None) -> tuple[ShowFiles, ...]:
    """Find the shows of a library, in natural order of path, from all its files in natural order.

    Always at least one: a library without any `show.toml` is itself a show still to be described. Audio that
    lies outside every show is a problem of the first one. `known` spares the folders that did not change.
    """
    content = [file for file in files if not _is_reserved(file.path)]
    paths = frozenset(file.folder for file in content if file.name == SHOW_NAME) or frozenset(("",))
    owned: dict[str | None, list[LibraryFile]] = {None: []} | {path: [] for path in paths}
    for file in content:
        owned[_owner(file.folder, paths)].append(file)
    first, *others = (_show(path, owned[path], known or KnownFolders()) for path in sorted(paths, key=natural_key))
    outside = outside_problems(filter(None, map(read_role, owned[None])))
    return (replace(first, problems=(*first.problems, *outside)), *others)


def _is_reserved(path: str) -> bool:
    first, slash, _ = path.partition("/")
    return first in (RESERVED_FOLDERS if slash else RESERVED_FILES)


def _owner(folder: str, shows: Container[str]) -> str | None:
    """The innermost show around a folder."""
    while folder not in shows:
        if not folder:
            return None
        folder = folder.rpartition("/")[0]
    return folder


def _show(path: str, files: Sequence[LibraryFile], known: KnownFolders) -> ShowFiles:
    folders: dict[str, list[Role]] = {}
    parts = _by_folder(files)
    own = {file.name: file for file in parts.get(path, ())}
    for place, inside in parts.items():
        folder = unicodedata.normalize("NFC", place.removeprefix(path).removeprefix("/"))
        roles = without_namesakes(known.roles(place, inside))
        if roles:  # two spellings of one name are one folder
            folders[folder] = [*folders[folder], *roles] if folder in folders else roles
    episodes, problems = _episodes(path, folders, known)
    covers = [role for role in folders.get("", ()) if role.stem in _SHOW_ARTWORK]
    pictures = [role for role in covers if role.kind is Kind.PICTURE]
    unshown = [unshown_problem(role, has_other=bool(pictures)) for role in covers if role.kind is Kind.UNSHOWN]
    return ShowFiles(
        path=path,
        show_file=own.get(SHOW_NAME),
        ledger=own.get(LEDGER_NAME),
        artwork=min(pictures, key=lambda role: _SHOW_ARTWORK.index(role.stem)).file if pictures else None,
        episodes=episodes,
        problems=(*homeless_note_problems(folders.get("", ())), *unshown, *problems),
    )


def _by_folder(files: Iterable[LibraryFile]) -> dict[str, list[LibraryFile]]:
    parts: dict[str, list[LibraryFile]] = {}
    for file in files:
        parts.setdefault(file.folder, []).append(file)
    return parts


def _episodes(
    show: str, folders: Mapping[str, Sequence[Role]], known: KnownFolders
) -> tuple[tuple[EpisodeFiles, ...], tuple[Problem, ...]]:
    own = {folder for folder, roles in folders.items() if folder and _is_episode(roles)}
    episodes = {folder: folder_episode(folder, folders[folder], season=_season(_parent(folder))) for folder in own}
    problems: list[Problem] = []
    for folder, roles in folders.items():
        if folder in own:
            continue
        if _owner(folder, own) is not None:
            problems += left_out_problems([role for role in roles if role.kind is Kind.AUDIO])
            continue
        stems, strays = known.stems(show, folder, roles, lambda: _stems(folder, roles))  # noqa: B023  (asked at once)
        problems += strays
        for episode, first in stems:
            if episode.path in own:
                problems.append(same_name_problem(first.file))
            else:
                episodes[episode.path] = episode
    return tuple(episodes[path] for path in sorted(episodes, key=natural_key)), tuple(problems)


def _stems(folder: str, roles: Sequence[Role]) -> Stems:
    """The episodes that the stems in a folder make."""
    season, prefix = _season(folder), f"{folder}/" if folder else ""
    stems, strays = _by_stem(roles)
    found = [(stem_episode(f"{prefix}{stem}", parts, season=season), parts[0]) for stem, parts in stems.items()]
    return found, list(stray_problems(strays))


def _is_episode(roles: Iterable[Role]) -> bool:
    """Whether a folder is one episode: it holds `episode.md`, or `audio.*` and no other audio."""
    stems = {role.stem.casefold() for role in roles if role.kind is Kind.AUDIO}
    return stems == {"audio"} or any(role.kind is Kind.NOTE and role.stem.casefold() == "episode" for role in roles)


def _season(folder: str) -> int | None:
    """The number of the innermost `Season N` in a path."""
    numbers = (season_of(name) for name in reversed(folder.split("/")))
    return next((number for number in numbers if number is not None), None)


def _parent(folder: str) -> str:
    return folder.rpartition("/")[0]


def _by_stem(roles: Iterable[Role]) -> tuple[dict[str, list[Role]], list[Role]]:
    """Part a folder's files by stem: that of audio, or of a note that translates no other; then the strays."""
    sounds = {role.stem for role in roles if role.kind is Kind.AUDIO}
    notes = {role.stem for role in roles if role.kind is Kind.NOTE}
    named = sounds | notes
    heads = sounds | {stem for stem in notes if (bare := split_language(stem)[0]) == stem or bare not in named}
    stems: dict[str, list[Role]] = {}
    strays: list[Role] = []
    for role in roles:
        bare = split_language(role.stem)[0] if role.kind in TRANSLATED else role.stem
        stem = role.stem if role.stem in heads else bare
        (stems.setdefault(stem, []) if stem in heads else strays).append(role)
    return stems, strays
