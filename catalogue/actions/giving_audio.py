"""Give an episode that has only a note its audio: copied beside the note, indexed, and taken back if that fails."""

from __future__ import annotations

from pathlib import Path

from catalogue.actions.add import check_outside
from catalogue.actions.editing import Held, hold_episode
from catalogue.actions.index import Wishes
from catalogue.actions.open import Place
from catalogue.actions.revise import check_nobody_else_s
from catalogue.domain.episode import Episode
from catalogue.domain.facts import AudioFacts
from catalogue.domain.media import FORMATS
from catalogue.errors import CatalogueError, Conflict, NotFound
from catalogue.formats.audio.reading import read_audio


def give_audio(place: Place, name: str, audio: Path, *, wishes: Wishes | None = None) -> Episode:
    """Copy audio beside the note of an episode (by slug, folder or GUID) that has none; gives it as indexed then.

    Raises NotFound (no files, no such episode), AudioError, Conflict where it has audio, here, elsewhere or missing,
    where a file lies in the way, or where another episode has that sound, NotPublishable where the index cannot
    follow. Of what is refused nothing is left.
    """
    check_outside(place, audio)
    with hold_episode(place, name, wishes) as held:
        _check_silent(held)
        facts: AudioFacts = place.box.call(read_audio, str(audio.resolve()), audio.name)
        check_nobody_else_s(held, facts, audio)
        path = _path_for(held, FORMATS[facts.format].extension)
        with audio.open("rb") as file:
            version = place.storage.replace(path, file, expected="").version
        try:
            return _indexed(held, facts)
        except CatalogueError:
            _take_back(held, path, version)
            raise


def _check_silent(held: Held) -> None:
    episode = held.row.episode
    if held.files is None or held.files.note is None:
        raise NotFound("no-files", "The files of “{slug}” are not in the library.", slug=held.row.line.slug)
    if held.files.audio or (episode is not None and episode.has_audio):
        raise Conflict(
            "has-audio",
            "“{slug}” has audio already. To replace it: castalogue revise {slug}",
            slug=held.row.line.slug,
        )


def _path_for(held: Held, extension: str) -> str:
    """Beside the note: `audio` in a folder of its own, else under the note's name."""
    assert held.files is not None
    assert held.files.note is not None
    note = held.files.note.path
    name = f"{held.files.note.folder}/audio" if held.files.is_folder else note.rpartition(".")[0]
    path = f"{name}.{extension}"
    if held.place.storage.stat(path) is not None:
        raise Conflict("in-the-way", "{path} is there already. Move it away first.", path=path)
    return path


def _indexed(held: Held, facts: AudioFacts) -> Episode:
    report, row = held.index({held.path: held.row.line.guid})
    episode = row.episode
    if episode is None or facts.sha256 not in {one.sha256 for one in episode.renditions}:
        raise held.not_indexed(report)
    return episode


def _take_back(held: Held, path: str, version: str) -> None:
    """Remove what was copied, unless somebody wrote it since, and index what is left."""
    there = held.place.storage.stat(path)
    if there is not None and there.version == version:
        held.place.storage.remove(path)
        held.index()
