"""Which files of a feed's episodes are not in the library yet: audio, transcripts, chapters, pictures.

Told from the library alone: what is there is not asked for again, however often an import is begun anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.actions.import_planning import ImportPlan
from catalogue.actions.listing import list_files
from catalogue.actions.open import Place
from catalogue.domain.episode import Episode
from catalogue.library.episode_files import EpisodeFiles
from catalogue.library.folder import ShowFiles, find_shows
from catalogue.library.imports.identities import Incoming
from catalogue.library.imports.mapped import SideFile
from catalogue.store.index import EpisodeRow

AUDIO = "audio"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A file to fetch from `url` to `path` in the library; where `path` has no ending, the bytes decide it.

    `stated_bytes` is the size the feed gives (0: none), `note` the note that says where the audio was.
    """

    url: str
    path: str
    title: str
    is_audio: bool = False
    stated_bytes: int = 0
    note: str | None = None


def find_wanted(place: Place, plan: ImportPlan, *, show_path: str, with_audio: bool) -> tuple[Wanted, ...]:
    """Give what is lacking of a feed that was imported and indexed, the show's picture first, then as in the feed."""
    row = next((one for one in place.index.shows() if one.show.path == show_path), None)
    files = next((one for one in find_shows(list_files(place.storage)) if one.path == show_path), None)
    if row is None or files is None:
        return ()
    units = {unit.path: unit for unit in files.episodes}
    rows = {one.line.guid: one for one in place.index.episodes(row.show.guid)}
    pairs = ((one, rows[one.guid]) for one in plan.incoming if one.guid in rows)
    found = (
        wanted
        for one, known in pairs
        if known.episode is not None and known.line.withdrawn_at is None and known.line.path in units
        for wanted in _of_episode(one, known, units[known.line.path], show_path, with_audio=with_audio)
    )
    return (*_cover(plan, files), *found)


def _cover(plan: ImportPlan, files: ShowFiles) -> Iterator[Wanted]:
    if plan.source.feed.artwork_url and files.artwork is None:
        path = f"{files.path}/artwork".lstrip("/")
        yield Wanted(url=plan.source.feed.artwork_url, path=path, title=plan.source.feed.title)


def _of_episode(
    one: Incoming, known: EpisodeRow, unit: EpisodeFiles, show_path: str, *, with_audio: bool
) -> Iterator[Wanted]:
    home = f"{show_path}/{unit.path}".lstrip("/")
    inside = f"{home}/" if unit.is_folder else f"{home}."
    episode = known.episode
    assert episode is not None
    title = one.episode.title
    for file in one.episode.files:
        if unit.is_folder and not _has(episode, unit, file):
            yield Wanted(url=file.url, path=f"{inside}{file.name}", title=title)
    if with_audio and episode.remote is not None and not unit.audio:
        enclosure = one.episode.enclosure
        yield Wanted(
            url=episode.remote.url,
            path=f"{inside}{AUDIO}" if unit.is_folder else home,
            title=title,
            is_audio=True,
            stated_bytes=enclosure.size_bytes if enclosure.url == episode.remote.url else 0,
            note=unit.note.path if unit.note else None,
        )


def _has(episode: Episode, unit: EpisodeFiles, file: SideFile) -> bool:
    """Whether the episode has such a file, under whatever name."""
    if file.is_picture:
        return unit.artwork is not None
    if file.name.startswith("chapters."):
        return bool(episode.chapters) or unit.chapters is not None
    return any(one.file.name == file.name for one in unit.transcripts)


def notes_beside_audio(place: Place, show_path: str) -> tuple[str, ...]:
    """The notes of episodes whose audio is here: what they say of audio elsewhere may go."""
    shows = (one for one in find_shows(list_files(place.storage)) if one.path == show_path)
    return tuple(unit.note.path for show in shows for unit in show.episodes if unit.audio and unit.note is not None)
