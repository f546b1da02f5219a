"""Add an episode: its audio and a first note, copied into the library and indexed in one go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from catalogue.actions.index import Report, Wishes, index_leased, list_files
from catalogue.actions.leases import open_lease
from catalogue.actions.open import Place
from catalogue.actions.remembered import LEDGER_LIMIT_BYTES
from catalogue.domain.facts import AudioFacts
from catalogue.domain.identity import free_slug, slug_of
from catalogue.domain.media import FORMATS
from catalogue.errors import Conflict, NotFound, NotPublishable
from catalogue.formats.audio.reading import read_audio
from catalogue.library.folder import SHOW_NAME
from catalogue.library.ledger import LEDGER_NAME, read_ledger
from catalogue.library.naming import read_name, transliterate
from catalogue.library.notes.fields import is_blank
from catalogue.library.values import render_new_note

NOTE = "episode.md"
PIECE_BYTES = 1024 * 1024


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

    Another indexer of the show is waited for first, so that none meets the audio without its note. The note of a draft
    is there before its audio, whenever a run is killed: nothing but it says that nobody may hear it. Whatever fails
    before the ledger knows it takes everything back; what a killed run left is finished. Raises AudioError, Conflict,
    NotFound (no such show), ContentError, StoreError, NotPublishable where it does not become an episode.
    """
    wishes = wishes or Wishes()
    home = find_home(place, show_path)
    check_outside(place, audio)
    facts: AudioFacts = place.box.call(read_audio, str(audio.resolve()), audio.name)
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((home,))
        new = _new_episode(place, home, facts, audio, draft=draft)
        written = (new.audio, new.note)
        with _undone_if_it_fails(place, home, written):
            for path in reversed(written) if draft else written:
                _write(place, path, new.content if path == new.note else audio)
            report = index_leased(place, wishes, lease)
            _check_indexed(report, new.folder)
    return Added(folder=new.folder, note=new.note, written=written, report=report)


def _write(place: Place, path: str, content: bytes | Path) -> None:
    """Write a file unless a run that was killed has done so."""
    if place.storage.stat(path) is not None:
        return
    if isinstance(content, bytes):
        place.storage.replace(path, content, expected="")
        return
    with content.open("rb") as audio:
        place.storage.replace(path, audio, expected="")


@dataclass(frozen=True, kw_only=True)
class _NewEpisode:
    """Where an added file is to lie, and the note beside it."""

    folder: str
    audio: str
    note: str
    content: bytes


def _new_episode(place: Place, home: str, facts: AudioFacts, audio: Path, *, draft: bool) -> _NewEpisode:
    name = read_name(audio.stem)
    number = name.number if facts.number is None else facts.number
    title = name.title if is_blank(facts.title or "") else str(facts.title)
    slug = slug_of(title if number is None else f"{number} {title}", transliterate)
    audio_name = f"audio.{FORMATS[facts.format].extension}"
    content = render_new_note(facts, title=title, number=number, draft=draft)
    taken = _TakenNames(place, home, {audio_name: facts.sha256, NOTE: hashlib.sha256(content).hexdigest()})
    folder = f"{home}/{free_slug(slug, facts.sha256, taken)}".lstrip("/")
    return _NewEpisode(folder=folder, audio=f"{folder}/{audio_name}", note=f"{folder}/{NOTE}", content=content)


class _TakenNames:
    """The names in a show's folder, without that under which a killed run began to add these very files."""

    def __init__(self, place: Place, home: str, hashes: Mapping[str, str]) -> None:
        self._place, self._home, self._hashes = place, home, hashes
        inside = f"{home}/" if home else ""
        paths = [file.path for file in list_files(place.storage) if file.path.startswith(inside)]
        self._paths = {path.removeprefix(inside): path for path in paths}
        self._names = {path.partition("/")[0] for path in self._paths}

    def __contains__(self, name: object) -> bool:
        return name in self._names and not self._is_unfinished(str(name))

    def _is_unfinished(self, name: str) -> bool:
        files = {one.removeprefix(f"{name}/"): path for one, path in self._paths.items() if one.startswith(f"{name}/")}
        is_like_ours = bool(files) and all(
            one in self._hashes and self._hash(path) == self._hashes[one] for one, path in files.items()
        )
        # A draft's note alone may have been indexed since: its audio is to come.
        is_waiting = files.keys() == {NOTE}
        folder = f"{self._home}/{name}".lstrip("/")
        return is_like_ours and (is_waiting or not _is_in_ledger(self._place, self._home, folder))

    def _hash(self, path: str) -> str:
        digest = hashlib.sha256()
        with self._place.storage.open(path) as file:
            while piece := file.read(PIECE_BYTES):
                digest.update(piece)
        return digest.hexdigest()


def check_outside(place: Place, audio: Path) -> None:
    """Refuse (Conflict) audio that lies in the library: it would be there twice."""
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


def find_home(place: Place, show_path: str | None) -> str:
    """Find the folder of a show, as named or the only one; raises NotFound, Conflict where there are several."""
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


@contextmanager
def _undone_if_it_fails(place: Place, home: str, paths: Sequence[str]) -> Iterator[None]:
    """Take these files away again, unless the ledger knows them by now: then they are published, and stay."""
    ours = [path for path in paths if place.storage.stat(path) is None]
    try:
        yield
    except BaseException:
        if not _is_in_ledger(place, home, paths[0].rpartition("/")[0]):
            for path in ours:  # audio without its note would be published by whoever comes next
                place.storage.remove(path)
        raise


def _is_in_ledger(place: Place, home: str, folder: str) -> bool:
    path = f"{home}/{LEDGER_NAME}".lstrip("/")
    if place.storage.stat(path) is None:
        return False
    ledger = read_ledger(place.storage.read_bytes(path, limit_bytes=LEDGER_LIMIT_BYTES), path)
    return any(f"{home}/{line.path}".lstrip("/") == folder for line in ledger.episodes)
