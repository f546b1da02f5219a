"""What an import would bring: into which show, which episodes are new, under which names."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.actions.facts import read_whole
from catalogue.actions.import_sources import Source
from catalogue.actions.listing import list_files
from catalogue.actions.named import find_show_row
from catalogue.actions.open import Place
from catalogue.actions.planning import SHOW_FILE_LIMIT_BYTES
from catalogue.actions.reading import NOTE_LIMIT_BYTES
from catalogue.domain.episode import Episode
from catalogue.domain.identity import free_slug, show_guid_from_url
from catalogue.domain.patterns import RESERVED
from catalogue.errors import CatalogueError, ContentError, ContentErrors
from catalogue.library.folder import SHOW_NAME, EpisodeFiles, find_shows
from catalogue.library.imports.identities import Incoming, identified
from catalogue.library.imports.mapped import MappedEpisode, PassedOver
from catalogue.library.new_names import WINDOWS_OWN, new_show_folder, taken_names
from catalogue.library.notes.front_matter import read_note
from catalogue.library.notes.text_shapes import read_text
from catalogue.ports import LibraryFile
from catalogue.store.index import ShowRow

HTML_NOTES = "notes.html"


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
    if row is not None:
        held = _episodes_of(place, row)
        incoming, twice = identified(source.feed, lambda one: _is_same(one, held.get(one.guid)))
    files = list_files(place.storage)
    folder = row.show.path if row is not None else new_show_folder(source.feed.title, (file.path for file in files))
    here = _known(place, row, files)
    taken, halves = _taken(place, folder, files)
    new: list[NewEpisode] = []
    for one in sorted((one for one in incoming if one.guid not in here), key=_oldest_first):
        own = {name for name, html in halves.items() if html == one.episode.html.encode()}
        name = free_slug(one.episode.folder, uuid.uuid5(uuid.NAMESPACE_URL, one.guid).hex, taken - own)
        taken.add(name)
        halves.pop(name, None)
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
    for row in rows:
        if row.show.guid == guid or set(row.show.moved_from) & set(source.addresses):
            return row
    for row in rows:
        if _is_begun(place, row, source):
            return row
    for row in rows:
        here = _episodes_of(place, row)
        same = sum(_is_same(one.episode, here.get(one.guid)) for one in incoming)
        if incoming and len(incoming) <= 2 * same:
            return row
    return None


def _episodes_of(place: Place, row: ShowRow) -> dict[str, Episode | None]:
    return {one.line.guid: one.episode for one in place.index.episodes(row.show.guid)}


def _is_begun(place: Place, row: ShowRow, source: Source) -> bool:
    """Whether its file says the very same: an import that was killed left it, of a feed that names neither itself.

    Whoever changed the file since has a show of their own, which is known by its episodes.
    """
    path = f"{row.show.path}/{SHOW_NAME}".lstrip("/")
    if row.show.title != source.feed.title or place.storage.stat(path) is None:
        return False
    return read_whole(place.storage, path, limit_bytes=SHOW_FILE_LIMIT_BYTES).startswith(source.feed.show_file.encode())


def _is_same(one: MappedEpisode, known: Episode | None) -> bool:
    """Whether an episode of the same GUID is the same: hosts that count 1, 2, 3 give all their shows the same."""
    dated = one.published_at
    return known is not None and (known.title == one.title or (dated is not None and dated == known.published_at))


def _oldest_first(one: Incoming) -> tuple[bool, float]:
    """Those without a date come last: they get the day they are first seen on."""
    moment = one.episode.published_at
    return moment is None, moment.timestamp() if moment else 0.0


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


def _taken(place: Place, folder: str, files: Sequence[LibraryFile]) -> tuple[set[str], dict[str, bytes]]:
    """Names that are taken in the show's folder, and of those the ones with HTML notes alone, with these.

    An import that was killed leaves such a folder; so may a producer, whose words no import writes over.
    """
    inside = f"{folder}/" if folder else ""
    own = {file.path.removeprefix(inside) for file in files if file.path.startswith(inside)}
    names = {*taken_names(own), *RESERVED, *WINDOWS_OWN}
    full = {path.partition("/")[0] for path in own if not path.endswith(f"/{HTML_NOTES}")}
    lone = {name for path in own if (name := path.removesuffix(f"/{HTML_NOTES}")) != path} - full
    halves = {
        name: read_whole(place.storage, f"{inside}{name}/{HTML_NOTES}", limit_bytes=NOTE_LIMIT_BYTES) for name in lone
    }
    return names, halves


def _can_be_stated(address: str) -> bool:
    try:
        return read_text("moved_from", address, kind="Show") == address
    except CatalogueError:
        return False
