"""A producer's word: add an episode, say who is who."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.actions.index import Report, Wishes, index_library, list_files, plan_library
from catalogue.actions.open import Place
from catalogue.actions.planning import LEDGER_LIMIT_BYTES
from catalogue.domain.episode import Episode
from catalogue.domain.facts import AudioFacts
from catalogue.domain.identity import free_slug, slug_of
from catalogue.domain.media import FORMATS
from catalogue.domain.show import Show
from catalogue.errors import Conflict, NotFound, NotPublishable
from catalogue.formats.audio.reading import read_audio
from catalogue.library.folder import SHOW_NAME, find_shows
from catalogue.library.ledger import LEDGER_NAME, read_ledger
from catalogue.library.naming import read_name, transliterate
from catalogue.library.values import render_new_note
from catalogue.store.index import EpisodeRow, ShowRow

NOTE = "episode.md"


@dataclass(frozen=True, kw_only=True)
class Added:
    """What `add` wrote, as paths relative to the library, and what indexing it gave."""

    folder: str
    note: str
    written: tuple[str, ...]
    report: Report


def add_episode(
    place: Place, audio: Path, *, show_path: str | None = None, draft: bool = False, wishes: Wishes | None = None
) -> Added:
    """Copy an audio file into a folder of its own beside an `episode.md` filled from its tags, and index it.

    Whatever fails before the ledger knows it takes everything back. Raises AudioError, Conflict, NotFound (no such
    show), ContentError, StoreError, NotPublishable where it does not become an episode.
    """
    home = _home(place, show_path)
    _check_outside(place, audio)
    facts: AudioFacts = place.box.call(read_audio, str(audio.resolve()), audio.name)
    name = read_name(audio.stem)
    number = name.number if facts.number is None else facts.number
    title = facts.title or name.title
    slug = slug_of(title if number is None else f"{number} {title}", transliterate)
    folder = f"{home}/{free_slug(slug, facts.sha256, _names_in(place, home))}".lstrip("/")
    audio_path = f"{folder}/audio.{FORMATS[facts.format].extension}"
    note_path = f"{folder}/{NOTE}"
    with _undone_if_it_fails(place, home, folder):
        with audio.open("rb") as content:
            place.storage.replace(audio_path, content, expected="")
        note = render_new_note(facts, title=title, number=number, draft=draft)
        place.storage.replace(note_path, note, expected="")
        report = index_library(place, wishes)
        _check_indexed(report, folder)
    return Added(folder=folder, note=note_path, written=(audio_path, note_path), report=report)


def claim_episode(place: Place, new: str, *, old: str | None, wishes: Wishes | None = None) -> Report:
    """Say that the files at `new` (a folder, stem or file) are the episode `old`, or (None) a new one; index.

    `old` is a slug, folder or GUID; its files may be gone. Raises NotFound, and Conflict where `new` is an
    episode already that nobody doubts.
    """
    guid, path, wishes = (
        None if old is None else _claimed_guid(place, old),
        _claiming_path(place, new),
        wishes or Wishes(),
    )
    _check_in_doubt(place, path, wishes)
    return index_library(place, replace(wishes, claims={path: guid}))


def find_episode(place: Place, name: str) -> tuple[Show, Episode]:
    """Find an episode by slug, folder or GUID (`show/slug` where two shows have one); raises NotFound, Conflict."""
    found = [(row.show, one.episode) for row, one in _named(place, name) if one.episode is not None]
    if not found:
        raise NotFound(
            "no-episode", "No episode has the slug, folder or GUID “{name}”. See castalogue list.", name=name
        )
    if len(found) > 1:
        shows = ", ".join(show.slug for show, _ in found)
        raise Conflict("ambiguous", "Several shows have “{name}” ({shows}). Write SHOW/{name}.", name=name, shows=shows)
    return found[0]


def _check_in_doubt(place: Place, path: str, wishes: Wishes) -> None:
    """Only what is held, or was never indexed, can be claimed: else an episode would lose its files to another."""
    inside = (f"{path}/", f"{path}.")
    held = [problem.path for problem in plan_library(place, wishes).problems if problem.code.startswith("held-")]
    if any(one == path or one.startswith(inside) for one in held):
        return
    for row in place.index.shows():
        for one in place.index.episodes(row.show.guid):
            if f"{row.show.path}/{one.line.path}".lstrip("/") == path and one.line.missing_since is None:
                raise Conflict(
                    "is-clear",
                    "“{path}” is the episode “{slug}” already; nothing is in doubt.",
                    path=path,
                    slug=one.line.slug,
                )


def _check_outside(place: Place, audio: Path) -> None:
    library = place.settings.library.resolve()
    if audio.resolve().is_relative_to(library):
        raise Conflict(
            "is-inside", "{path} is in the library already: castalogue index takes it up where it lies.", path=audio
        )


def _check_indexed(report: Report, folder: str) -> None:
    """What did not become an episode is not added."""
    refused = [problem for problem in report.refused if problem.path.startswith(f"{folder}/")]
    paths = {f"{show.show.path}/{one.episode.path}".lstrip("/") for show in report.shows for one in show.episodes}
    if folder in paths:
        return
    why = str((refused or report.refused or ("its show cannot be read",))[0])
    if refused and refused[0].code == "held-copy":  # the claim it offers is for files that stay
        why = f"{refused[0].message.partition('. ')[0]}. Put the audio there if it is to replace that one."
    raise NotPublishable("not-added", "Nothing was added. {why}", why=why)


def _claimed_guid(place: Place, name: str) -> str:
    wanted, named = name.rstrip("/"), [one.line for _, one in _named(place, name)]
    # What has this very GUID or slug counts before what lies, or lay, in a folder of that name.
    sharper = [line for line in named if wanted in (line.guid, line.slug)]
    guids = {line.guid for line in (sharper if len(named) > 1 and sharper else named)}
    if len(guids) != 1:
        raise NotFound("no-episode", "No single episode is called “{name}”. See castalogue list.", name=name)
    return guids.pop()


def _claiming_path(place: Place, new: str) -> str:
    wanted = new.rstrip("/").removeprefix("./")
    for show in find_shows(list_files(place.storage)):
        for files in show.episodes:
            path = f"{show.path}/{files.path}".lstrip("/")
            if wanted in (path, *(file.path for file in files.audio), files.note and files.note.path):
                return path
    raise NotFound("no-files", "The library holds no episode's files at “{path}”. See castalogue plan.", path=new)


def _named(place: Place, name: str) -> Iterator[tuple[ShowRow, EpisodeRow]]:
    wanted = name.rstrip("/")
    for row in place.index.shows():
        inside = f"{row.show.path}/" if row.show.path else ""
        for one in place.index.episodes(row.show.guid):
            line = one.line
            names = (line.guid, line.slug, line.path, f"{inside}{line.path}", f"{row.show.slug}/{line.slug}")
            if wanted in names:
                yield row, one


def _home(place: Place, show_path: str | None) -> str:
    folders = [file.folder for file in list_files(place.storage) if file.name == SHOW_NAME]
    if show_path is not None:
        wanted = show_path.strip("/").removeprefix("./")
        if wanted not in folders and wanted != ".":
            raise NotFound("no-show", "{path} holds no show.toml, so it is no show.", path=show_path)
        return "" if wanted == "." else wanted
    if len(folders) == 1:
        return folders[0]
    if not folders:
        raise NotFound("no-show", "The library holds no show.toml yet. Run castalogue init first.")
    raise Conflict("which-show", "The library holds several shows; say --show {first}.", first=folders[0])


def _names_in(place: Place, home: str) -> set[str]:
    inside = f"{home}/" if home else ""
    paths = (file.path for file in list_files(place.storage))
    return {path.removeprefix(inside).partition("/")[0] for path in paths if path.startswith(inside)}


@contextmanager
def _undone_if_it_fails(place: Place, home: str, folder: str) -> Iterator[None]:
    """Take the folder away again, unless the ledger knows it by now: then it is published, and stays."""
    real = place.storage.local_path(folder)
    existed = real.exists()
    try:
        yield
    except BaseException:
        if not existed and real.is_dir() and not _is_in_ledger(place, home, folder):
            for entry in real.iterdir():
                entry.unlink()
            real.rmdir()
        raise


def _is_in_ledger(place: Place, home: str, folder: str) -> bool:
    path = f"{home}/{LEDGER_NAME}".lstrip("/")
    if place.storage.stat(path) is None:
        return False
    ledger = read_ledger(place.storage.read_bytes(path, limit_bytes=LEDGER_LIMIT_BYTES), path)
    return any(f"{home}/{line.path}".lstrip("/") == folder for line in ledger.episodes)
