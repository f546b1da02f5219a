"""The library's events: `events.toml`, `events.ics` and `events/*.ics`.

A file that cannot be read leaves its events as they were last; one that went away takes its along. What reads them
is imported where it is needed: most runs read none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from catalogue.actions.facts import FILE_LIMIT_BYTES, problems_of, read_whole
from catalogue.actions.shared_files import SharedFiles, Sight
from catalogue.domain.agenda import Agenda, with_own_ids
from catalogue.domain.calendar_facts import CalendarFacts
from catalogue.domain.events import Calendar
from catalogue.domain.identity import slug_of
from catalogue.domain.plan import Problem
from catalogue.errors import CatalogueError, ContentError, ContentErrors
from catalogue.library.naming import transliterate
from catalogue.ports import LibraryFile, LibraryStorage
from catalogue.sandbox import Box

EVENTS_NAME, CALENDAR_NAME, CALENDAR_FOLDER, CALENDAR_ENDING = "events.toml", "events.ics", "events", ".ics"


def is_calendar(path: str) -> bool:
    """Whether a path of the library is that of a file of events.

    >>> [is_calendar(path) for path in ("events.toml", "events/club.ics", "show/events.toml", "events/talk.mp3")]
    [True, True, False, False]
    """
    if not path.startswith(CALENDAR_FOLDER):  # asked of every file there is
        return False
    folder, _, name = path.rpartition("/")
    if not folder:
        return name in (EVENTS_NAME, CALENDAR_NAME)
    return folder == CALENDAR_FOLDER and name.lower().endswith(CALENDAR_ENDING)


EVENTS = SharedFiles(row="events/", folders=(CALENDAR_FOLDER,), kind="events-1", nothing=Agenda(), belongs=is_calendar)


def read_agenda(sight: Sight, *, storage: LibraryStorage, box: Box) -> Agenda:
    """Read the events of a library, and let the index keep them; raises StoreError."""
    return EVENTS.read(sight, lambda files, known: _read(files, known=known, storage=storage, box=box))


def _read(files: Sequence[LibraryFile], *, known: Agenda, storage: LibraryStorage, box: Box) -> Agenda:
    last = {calendar.path: calendar for calendar in known.calendars}
    found: dict[str, Calendar] = {}
    problems: list[Problem] = []
    for path, facts in (*_stated(files, storage), *_imported(files, storage, box)):
        if isinstance(facts, CalendarFacts):
            found[path] = facts.calendar
            problems += facts.problems
        else:
            problems += problems_of(facts, path)
            found |= {path: last[path]} if path in last else {}
    ordered = (found[file.path] for file in files if file.path in found)
    calendars = with_own_ids(map(_named, ordered))
    return Agenda(calendars=calendars, problems=tuple(problems), was_offered=bool(files) or known.is_offered)


def _stated(
    files: Iterable[LibraryFile], storage: LibraryStorage
) -> Iterator[tuple[str, CalendarFacts | CatalogueError]]:
    from catalogue.library.events_file import read_events_file

    for file in files:
        if file.path == EVENTS_NAME:
            try:
                content = read_whole(storage, file.path, limit_bytes=FILE_LIMIT_BYTES)
                yield file.path, read_events_file(content, file.path)
            except (ContentError, ContentErrors) as error:
                yield file.path, error


def _imported(
    files: Iterable[LibraryFile], storage: LibraryStorage, box: Box
) -> Iterator[tuple[str, CalendarFacts | CatalogueError]]:
    from catalogue.formats.calendars.reading import read_calendar

    paths = [file.path for file in files if file.path != EVENTS_NAME]
    for answer in box.run(read_calendar, [(str(storage.local_path(path)), path) for path in paths]) if paths else ():
        yield str(answer.args[1]), answer.value if answer.error is None else answer.error


def _named(calendar: Calendar) -> Calendar:
    """The calendar whose events have an `id`, made of their titles where they state none."""
    events = (replace(event, id=event.id or slug_of(event.title, transliterate)) for event in calendar.events)
    return replace(calendar, events=tuple(events))
