"""Which files of a feed's episodes are not in the library yet: audio, transcripts, chapters, pictures.

Told from the library alone: what is there is not asked for again, however often an import is begun anew. What was there
and was taken away is told apart, from what the ledger remembers: that was somebody's word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.actions.import_planning import ImportPlan
from catalogue.actions.listing import list_files
from catalogue.actions.open import Place
from catalogue.domain.episode import Episode
from catalogue.domain.ledger_lines import ARTWORK_ROLE, CHAPTERS_ROLE, transcript_role
from catalogue.library.episode_files import EpisodeFiles
from catalogue.library.folder import ShowFiles, find_shows
from catalogue.library.imports.identities import Incoming
from catalogue.library.imports.mapped import SideFile
from catalogue.library.roles import split_language
from catalogue.store.index import EpisodeRow, ShowRow

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
    was_here: bool = False
    """The library had such a file, and somebody took it away."""


def show_files(place: Place, show_path: str) -> ShowFiles | None:
    """The files of a show as they lie in the library now; None where it is none any more."""
    return next((one for one in find_shows(list_files(place.storage)) if one.path == show_path), None)


def find_wanted(place: Place, plan: ImportPlan, *, here: ShowFiles | None, with_audio: bool) -> tuple[Wanted, ...]:
    """Give what is lacking of a feed that was imported and indexed, the show's picture first, then as in the feed.

    `here` are the files that the show has.
    """
    row = next((one for one in place.index.shows() if one.show.path == plan.folder), None)
    if row is None or here is None:
        return ()
    units = {unit.path: unit for unit in here.episodes}
    rows = {one.line.guid: one for one in place.index.episodes(row.show.guid)}
    pairs = ((one, rows[one.guid]) for one in plan.incoming if one.guid in rows)
    found = (
        wanted
        for one, known in pairs
        if known.episode is not None and known.line.withdrawn_at is None and known.line.path in units
        for wanted in _of_episode(one, known, units[known.line.path], plan.folder, with_audio=with_audio)
    )
    return (*_cover(plan, here, row), *found)


def _cover(plan: ImportPlan, files: ShowFiles, row: ShowRow) -> Iterator[Wanted]:
    if plan.source.feed.artwork_url and files.artwork is None:
        from catalogue.formats.pictures.covers import drawn_cover_hash  # Pillow is slow to import

        path = f"{files.path}/artwork".lstrip("/")
        drawn = drawn_cover_hash(row.show.title, row.show.accent)
        was_here = any(sha256 != drawn and role == ARTWORK_ROLE for sha256, role in row.line.was_media.items())
        yield Wanted(url=plan.source.feed.artwork_url, path=path, title=plan.source.feed.title, was_here=was_here)


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
            was_here = _role(episode, file) in known.line.was_media.values()
            yield Wanted(url=file.url, path=f"{inside}{file.name}", title=title, was_here=was_here)
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


def _role(episode: Episode, file: SideFile) -> str:
    """What the ledger calls such a file once it is published: it keeps the hash of each that ever was."""
    if file.is_picture:
        return ARTWORK_ROLE
    if file.name.startswith("chapters."):
        return CHAPTERS_ROLE
    stem, _, ending = file.name.rpartition(".")
    return transcript_role(split_language(stem)[1] or episode.language, ending)


def notes_beside_audio(here: ShowFiles | None) -> tuple[str, ...]:
    """The notes of a show's episodes whose audio is here: what they say of audio elsewhere may go."""
    units = here.episodes if here is not None else ()
    return tuple(unit.note.path for unit in units if unit.audio and unit.note is not None)
