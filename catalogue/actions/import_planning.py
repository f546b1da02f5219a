"""What an import would bring: into which show, which episodes are new, under which names."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.actions.facts import read_whole
from catalogue.actions.import_sources import Source
from catalogue.actions.listing import list_files
from catalogue.actions.named import find_show_row
from catalogue.actions.open import Place
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.domain.identity import free_slug, show_guid_from_url, slug_of
from catalogue.domain.patterns import RESERVED
from catalogue.errors import CatalogueError, ContentError, ContentErrors
from catalogue.library.folder import EpisodeFiles, find_shows
from catalogue.library.imports.identities import Incoming, identified
from catalogue.library.imports.mapped import PassedOver
from catalogue.library.naming import transliterate
from catalogue.library.notes.front_matter import read_note
from catalogue.library.notes.text_shapes import read_text
from catalogue.ports import LibraryFile
from catalogue.store.index import ShowRow


@dataclass(frozen=True, kw_only=True)
class NewEpisode:
    """An episode that is not here yet, and the folder it gets, relative to the library."""

    folder: str
    incoming: Incoming


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import brings; `row` None: the show is new and gets `folder`, `guid` None: the index gives it one."""

    source: Source
    row: ShowRow | None
    folder: str
    guid: str | None
    addresses: tuple[str, ...]
    incoming: tuple[Incoming, ...]
    new: tuple[NewEpisode, ...]
    passed_over: tuple[PassedOver, ...]

    @property
    def known(self) -> int:
        """How many of the feed's episodes are here already."""
        return len(self.incoming) - len(self.new)


def plan_import(place: Place, source: Source, *, show: str | None = None) -> ImportPlan:
    """Say what importing a feed brings into the library as it is indexed; writes nothing.

    The show is the one of that name, else the one with the feed's `podcast:guid` or address, or with most of its
    episodes; else a new one. Raises NotFound, Conflict where no show has the name.
    """
    incoming, twice = identified(source.feed)
    guid = _show_guid(source)
    row = find_show_row(place, show) if show is not None else _find_show(place, source, guid, incoming)
    files = list_files(place.storage)
    folder = row.show.path if row is not None else _show_folder(source, files)
    here = _known(place, row, files)
    taken = _taken(folder, files)
    new: list[NewEpisode] = []
    for one in sorted((one for one in incoming if one.guid not in here), key=_oldest_first):
        name = free_slug(one.episode.folder, uuid.uuid5(uuid.NAMESPACE_URL, one.guid).hex, taken)
        taken.add(name)
        new.append(NewEpisode(folder=f"{folder}/{name}".lstrip("/"), incoming=one))
    return ImportPlan(
        source=source,
        row=row,
        folder=folder,
        guid=guid,
        addresses=tuple(filter(_can_be_stated, source.addresses)),
        incoming=incoming,
        new=tuple(new),
        passed_over=(*source.feed.passed_over, *twice),
    )


def _show_guid(source: Source) -> str | None:
    """What the feed states, else what follows from its address (Podcasting 2.0, guid); None: it has neither."""
    try:
        return str(uuid.UUID(source.feed.guid))
    except ValueError:
        address = source.feed.self_url or next(iter(source.addresses), "")
        return show_guid_from_url(address) if address.startswith(("http://", "https://")) else None


def _find_show(place: Place, source: Source, guid: str | None, incoming: Sequence[Incoming]) -> ShowRow | None:
    rows = place.index.shows()
    wanted = {one.guid for one in incoming}
    for row in rows:
        if row.show.guid == guid or set(row.show.moved_from) & set(source.addresses):
            return row
    for row in rows:
        here = {one.line.guid for one in place.index.episodes(row.show.guid)}
        if len(wanted) <= 2 * len(wanted & here) and wanted:
            return row
    return None


def _oldest_first(one: Incoming) -> tuple[bool, float]:
    """Those without a date come last: they get the day they are first seen on."""
    moment = one.episode.published_at
    return moment is None, moment.timestamp() if moment else 0.0


def _show_folder(source: Source, files: Sequence[LibraryFile]) -> str:
    name = slug_of(source.feed.title, transliterate) or "podcast"
    taken = {file.path.partition("/")[0] for file in files}
    return free_slug(name, "", taken)


def _known(place: Place, row: ShowRow | None, files: Sequence[LibraryFile]) -> set[str]:
    """The GUIDs that are in the show: by the ledger, and by notes that no index has taken up."""
    if row is None:
        return set()
    lines = [one.line for one in place.index.episodes(row.show.guid)]
    paths = {line.path for line in lines}
    shows = (one for one in find_shows(files) if one.path == row.show.path)
    waiting = (unit for show in shows for unit in show.episodes if unit.path not in paths)
    stated = {guid for unit in waiting if (guid := _stated_guid(place, unit))}
    return {line.guid for line in lines} | stated


def _stated_guid(place: Place, unit: EpisodeFiles) -> str | None:
    if unit.note is None:
        return None
    try:
        note = read_note(read_whole(place.storage, unit.note.path, limit_bytes=NOTE_LIMIT_BYTES), unit.note.path)
    except (ContentError, ContentErrors):  # the index says what is wrong with it
        return None
    field = note.fields.get("guid")
    return field.value if field is not None and isinstance(field.value, str) else None


def _taken(folder: str, files: Sequence[LibraryFile]) -> set[str]:
    """Names in the show's folder that something has which an import did not leave half done."""
    inside = f"{folder}/" if folder else ""
    names: Mapping[str, set[str]] = {}
    found: dict[str, set[str]] = dict(names)
    for file in files:
        if file.path.startswith(inside):
            name, _, rest = file.path.removeprefix(inside).partition("/")
            found.setdefault(name, set()).add(rest)
    return {name.removesuffix(".md") for name, rests in found.items() if rests != {"notes.html"}} | set(RESERVED)


def _can_be_stated(address: str) -> bool:
    try:
        return read_text("moved_from", address, kind="Show") == address
    except CatalogueError:
        return False
