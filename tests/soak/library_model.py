"""A library as its producer knows it: which files truly are which episode, whatever was done to them.

Every deed changes the folder and the truth together. `who` numbers the true episodes; a copy is nobody, but
knows whose copy it is.
"""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from mutagen.id3 import ID3, TIT2
from sounds import silent_mp3

GROUPS = ("", "", "Season 2", "old/tapes")
# Composed and decomposed spellings of one name follow from these by normalising.
WORDS = ("talk", "Café", "03 After", "Ünïted", "Hope", "x", "Señal", "Long road home")


@dataclass(kw_only=True)
class Unit:
    """An episode's files: where they lie, as which kind, and what they hold."""

    group: str
    name: str
    is_folder: bool
    who: int | None
    copy_of: int | None = None
    sound: int
    tags: int = 0
    note: str | None = None
    is_remote: bool = False
    """Whether its sound lies on another server, and all that lies here is a note that says where."""
    deeds: set[str] = field(default_factory=set)
    """What was done to it since it was last known."""

    @property
    def folder(self) -> str:
        """The folder its audio lies in."""
        return "/".join(part for part in (self.group, self.name if self.has_folder else "") if part)

    @property
    def has_folder(self) -> bool:
        """Whether its files lie in a folder of their own: a note alone, with no audio beside it, must."""
        return self.is_folder or self.is_remote

    @property
    def path(self) -> str:
        return f"{self.group}/{self.name}" if self.group else self.name

    @property
    def audio(self) -> str:
        """Where its sound lies, or what says where that is."""
        if self.is_remote:
            return self.note_path
        return f"{self.path}/audio.mp3" if self.is_folder else f"{self.path}.mp3"

    @property
    def note_path(self) -> str:
        return f"{self.path}/episode.md" if self.has_folder else f"{self.path}.md"

    @property
    def states_guid(self) -> bool:
        return self.note is not None and "guid:" in self.note

    @property
    def whose(self) -> int | None:
        """Whose sound it holds."""
        return self.copy_of if self.who is None else self.who

    @property
    def url(self) -> str:
        """Where its sound lies, if that is on another server."""
        return f"https://elsewhere.example/{self.sound}.mp3"

    @property
    def remote_note(self) -> str:
        """The whole note of one whose sound is remote."""
        head, _, rest = (self.note or "").rpartition("---\n")
        enclosure = f"enclosure: {{url: '{self.url}', length: 8, type: audio/mpeg}}\n"
        start = head or "---\n"
        return f"{start}title: Title {self.tags}\n{enclosure}---\n{rest}"


class LibraryModel:
    """The folder `root`, its units, and what was deleted but may come back."""

    def __init__(self, root: Path, chance: Random) -> None:
        self.root, self.chance = root, chance
        self.units: list[Unit] = []
        self.trash: list[tuple[Unit, bytes]] = []
        self.left: list[tuple[str, str]] = []
        self._numbers = 0

    def number(self) -> int:
        """A number never given before: of an episode, a sound, a word in a title."""
        self._numbers += 1
        return self._numbers

    def free_place(self) -> tuple[str, str, bool]:
        """Group, name and kind of a place where nothing lies, in any spelling; now and then one left lately."""
        group, word = self.chance.choice(GROUPS), self.chance.choice(WORDS)
        return group, f"{word} {self.number()}", self.chance.random() < 0.5

    def write(self, unit: Unit) -> None:
        """Put a unit's files where it says they are."""
        audio = self.root / unit.audio
        audio.parent.mkdir(parents=True, exist_ok=True)
        audio.write_bytes(self.bytes_of(unit))
        self.write_note(unit)

    def write_note(self, unit: Unit) -> None:
        if unit.is_remote:
            (self.root / unit.note_path).write_bytes(self.bytes_of(unit))
        elif unit.note is not None:
            (self.root / unit.note_path).write_text(unit.note, encoding="utf-8")

    def bytes_of(self, unit: Unit) -> bytes:
        """The bytes its audio has: the sound, after a tag that says how often it was retagged."""
        if unit.is_remote:
            return unit.remote_note.encode()
        scratch = self.root.parent / "scratch.mp3"
        scratch.write_bytes(silent_mp3(0.2, seed=unit.sound))
        if unit.tags:
            tags = ID3()
            tags.add(TIT2(encoding=3, text=[f"Title {unit.tags}"]))
            tags.save(scratch)
        return scratch.read_bytes()

    def move(self, unit: Unit, group: str, name: str, is_folder: bool) -> None:
        """Move all files of a unit; folders it leaves empty go."""
        audio, note = (self.root / one for one in (unit.audio, unit.note_path))
        left = self.root / unit.folder
        self.left.append((unit.group, unit.name))
        unit.deeds.add("moved")
        unit.group, unit.name, unit.is_folder = group, name, is_folder
        target = self.root / unit.audio
        target.parent.mkdir(parents=True, exist_ok=True)
        audio.rename(target)
        if unit.note is not None and not unit.is_remote:
            note.rename(self.root / unit.note_path)
        self._tidy(left)

    def swap_places(self, one: Unit, other: Unit) -> None:
        """Let two units change places, as two renames through a third name do."""
        places = [(unit.group, unit.name, unit.is_folder) for unit in (one, other)]
        self.move(one, "", f"between {self.number()}", False)
        self.move(other, *places[0])
        self.move(one, *places[1])

    def delete(self, unit: Unit) -> None:
        """Take a unit's files away; of its copies, the first is the episode from now on."""
        self.left.append((unit.group, unit.name))
        if unit.who is not None:
            self.trash.append((unit, (self.root / unit.audio).read_bytes()))
        (self.root / unit.audio).unlink()
        if unit.note is not None and not unit.is_remote:
            (self.root / unit.note_path).unlink()
        self._tidy(self.root / unit.folder)
        self.units.remove(unit)
        heir = next((one for one in self.units if unit.who is not None and one.copy_of == unit.who), None)
        if heir is not None:
            self.trash.pop()
            heir.who, heir.copy_of = unit.who, None

    def restore(self, unit: Unit, content: bytes) -> None:
        """Put deleted files back."""
        audio = self.root / unit.audio
        audio.parent.mkdir(parents=True, exist_ok=True)
        audio.write_bytes(content)
        self.write_note(unit)
        self.units.append(unit)

    def is_free(self, group: str, name: str) -> bool:
        """Whether nothing of that name lies there, were it spelled in other letters."""
        return all((one.group, spelled(one.name)) != (group, spelled(name)) for one in self.units)

    def _tidy(self, folder: Path) -> None:
        while folder != self.root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def copied(unit: Unit, group: str, name: str, is_folder: bool) -> Unit:
    """A copy of a unit elsewhere: nobody, with the same sound."""
    return Unit(
        group=group,
        name=name,
        is_folder=is_folder,
        who=None,
        copy_of=unit.whose,
        sound=unit.sound,
        tags=unit.tags,
        note=unit.note,
        is_remote=unit.is_remote,
    )


def remove_tree(folder: Path) -> None:
    """Delete a folder that may be gone."""
    shutil.rmtree(folder, ignore_errors=True)


def spelled(name: str) -> str:
    """A name without its case and Unicode form, which some disks do not tell apart."""
    return unicodedata.normalize("NFC", name).casefold()
