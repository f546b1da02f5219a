"""Where an added episode is to lie: a folder of its own that nothing has, or that a killed run began for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from catalogue.actions.index import Wishes, list_files
from catalogue.actions.open import Place
from catalogue.actions.remembered import LEDGER_LIMIT_BYTES
from catalogue.domain.facts import AudioFacts
from catalogue.domain.identity import Ledger, free_slug, slug_of
from catalogue.domain.media import FORMATS
from catalogue.errors import Conflict, NotFound
from catalogue.library.folder import RESERVED_FOLDERS, SHOW_NAME
from catalogue.library.ledger import LEDGER_NAME, read_ledger
from catalogue.library.naming import transliterate
from catalogue.library.new_names import is_windows_own, taken_names

NOTE = "episode.md"
PIECE_BYTES = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Addition:
    """How episodes are to be added: into which show, and what their notes say beside what the tags do.

    `keys` (such as season, published, draft) count for more than tags, a `template` for less.
    """

    show_path: str | None = None
    keys: Mapping[str, object] = field(default_factory=dict)
    template: bytes | None = None
    is_new: bool = False
    """Whether it must not be the lost audio of an episode that there is: its line would be taken over."""
    wishes: Wishes = field(default_factory=Wishes)
    progress: Callable[[int, int], None] = field(default=lambda _done, _total: None)
    """Hears how many files are copied, of how many."""


@dataclass(frozen=True, kw_only=True)
class NewEpisode:
    """An added file on its way: where it comes from, where it and its note are to lie, and what the note says.

    `is_note_first`: the note says what the audio's tags do not, so that nobody may meet the audio without it.
    """

    source: Path
    folder: str
    audio: str
    note: str
    content: bytes
    is_note_first: bool

    @property
    def paths(self) -> tuple[str, str]:
        """Both files, in the order in which they are written."""
        return (self.note, self.audio) if self.is_note_first else (self.audio, self.note)


class Shelf:
    """The names in a show's folder, as they were listed and as more are taken."""

    def __init__(self, place: Place, home: str) -> None:
        self._place, self._home = place, home
        inside = f"{home}/" if home else ""
        paths = [file.path for file in list_files(place.storage) if file.path.startswith(inside)]
        self._paths = {path.removeprefix(inside): path for path in paths}
        self._names = taken_names(self._paths)
        self._given: set[str] = set()
        ledger = self._ledger()
        self._known = frozenset(line.path for line in ledger.episodes) if ledger is not None else frozenset()

    def place_for(self, name: str, facts: AudioFacts, content: bytes) -> tuple[str, str]:
        """Give a folder and the audio's path for an episode that should be called `name`."""
        audio_name = f"audio.{FORMATS[facts.format].extension}"
        hashes = {audio_name: facts.sha256, NOTE: hashlib.sha256(content).hexdigest()}
        slug = free_slug(slug_of(name, transliterate), facts.sha256, _Taken(self, hashes))
        self._given.add(slug)
        folder = f"{self._home}/{slug}".lstrip("/")
        return folder, f"{folder}/{audio_name}"

    def is_taken(self, name: str, hashes: Mapping[str, str]) -> bool:
        """Whether a name is taken by anything but what a killed run left of these very files."""
        return name in self._given or (name in self._names and not self._is_unfinished(name, hashes))

    def _is_unfinished(self, name: str, hashes: Mapping[str, str]) -> bool:
        files = {one.removeprefix(f"{name}/"): path for one, path in self._paths.items() if one.startswith(f"{name}/")}
        is_like_ours = bool(files) and all(
            one in hashes and self._hash(path) == hashes[one] for one, path in files.items()
        )
        # A note alone may have been indexed since: its audio is to come.
        is_waiting = files.keys() == {NOTE}
        return is_like_ours and (is_waiting or name not in self._known)

    def _hash(self, path: str) -> str:
        digest = hashlib.sha256()
        with self._place.storage.open(path) as file:
            while piece := file.read(PIECE_BYTES):
                digest.update(piece)
        return digest.hexdigest()

    def _ledger(self) -> Ledger | None:
        return read_known_ledger(self._place, self._home)


class _Taken:
    """The names that are taken for one episode's files."""

    def __init__(self, shelf: Shelf, hashes: Mapping[str, str]) -> None:
        self._shelf, self._hashes = shelf, hashes

    def __contains__(self, name: object) -> bool:
        is_kept = is_windows_own(str(name)) or name in RESERVED_FOLDERS
        return is_kept or self._shelf.is_taken(str(name), self._hashes)


def find_home(place: Place, show_path: str | None) -> str:
    """Find the folder of a show, as named or the only one; raises NotFound, Conflict where there are several."""
    folders = [file.folder for file in list_files(place.storage) if file.name == SHOW_NAME]
    if show_path is not None:
        wanted = show_path.strip("/").removeprefix("./")
        if wanted not in folders and wanted != ".":
            raise _no_show(show_path, sorted(folders))
        return "" if wanted == "." else wanted
    if len(folders) == 1:
        return folders[0]
    if not folders:
        raise NotFound("no-show", "The library holds no show.toml yet. Run castalogue init first.")
    raise Conflict("which-show", "The library holds several shows; say --show {first}.", first=folders[0])


def _no_show(path: str, folders: list[str]) -> NotFound:
    mend = "The library is one show: leave --show out." if folders == [""] else "There is: {known}."
    template = f"{{path}} holds no show.toml, so it is no show. {mend}"
    return NotFound("no-show", template, path=path, known=", ".join(folders) or "none yet")


def read_known_ledger(place: Place, home: str) -> Ledger | None:
    """Read a show's ledger, without what was thrown away; None where there is none yet. Raises LedgerError."""
    path = f"{home}/{LEDGER_NAME}".lstrip("/")
    if place.storage.stat(path) is None:
        return None
    ledger = read_ledger(place.storage.read_bytes(path, limit_bytes=LEDGER_LIMIT_BYTES), path)
    return replace(ledger, episodes=tuple(one for one in ledger.episodes if one.discarded_at is None))
