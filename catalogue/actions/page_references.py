"""Whether the episodes that notes and written pages name are there: those they gather, and moments they embed.

Asked after all shows are planned. An episode that is to come at its time is no fault, as it will be there by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from catalogue.actions.facts import FILE_LIMIT_BYTES, read_whole
from catalogue.actions.open import Place
from catalogue.domain.episode import Audience, Episode
from catalogue.domain.identity import LedgerEpisode
from catalogue.domain.plan import Problem, Severity, ShowPlan
from catalogue.domain.written_page import PageTranslation, WrittenPage, names_of
from catalogue.errors import ContentError
from catalogue.formats.language_codes import find_language
from catalogue.library.folder import EpisodeFiles, ShowFiles
from catalogue.ports import LibraryStorage
from catalogue.show_notes import find_embedded, find_misplaced, has_embedded

NAME, TIME, HIDDEN = "unknown-episode", "no-moment", "hidden-episode"
BEYOND, IN_LINE = "moment-beyond", "moment-in-line"
_MESSAGES = {
    NAME: "There is no episode '{name}'. Write the last part of its page's address; with several shows, show/episode.",
    TIME: "This is no moment of an episode: '{name}'. Write it as episode:the-episode#t=4:12,5:30.",
    HIDDEN: "The episode '{name}' is not public, so that nothing of it is shown here.",
    BEYOND: "The episode ends before this moment: '{name}'. Mend the time after #t=.",
    IN_LINE: "'{name}' stands among other words, so only its caption is shown. Put it into a paragraph of its own.",
}


@dataclass(frozen=True, kw_only=True)
class _Reference:
    """A name as typed in the file at `path`; `home` is the show whose notes it stands in.

    `start` is that of the moment; what `is_alone` is a paragraph of its own, or in a list of episodes.
    """

    path: str
    typed: str
    name: str | None
    home: str | None = None
    start: timedelta = timedelta()
    is_alone: bool = True


@dataclass(frozen=True, kw_only=True)
class _Named:
    """What a name means: whether visitors may ever see it, and how long it is, where that is known."""

    is_shown: bool
    duration: timedelta | None


def reference_problems(
    place: Place, pages: Iterable[WrittenPage], plans: Sequence[ShowPlan], found: Iterable[ShowFiles]
) -> tuple[Problem, ...]:
    """Say which named episodes are not there, or not for visitors, each with its line.

    `found` are the files of the planned shows; the episodes of other shows are asked of the index.
    """
    references = (*_of_pages(pages), *_of_episodes(plans, found))
    if not references:
        return ()
    known = dict(_known(place, plans))
    problems = (_problem(one, known, place.storage) for one in references)
    return tuple(problem for problem in problems if problem is not None)


def _of_pages(pages: Iterable[WrittenPage]) -> Iterator[_Reference]:
    for page in pages:
        texts: tuple[WrittenPage | PageTranslation, ...] = (page, *page.translations)
        for text in texts:
            for one in text.gathered:
                yield _Reference(path=text.path, typed=one.episode, name=one.episode)
            yield from _embedded(text.path, text.notes)


def _of_episodes(plans: Iterable[ShowPlan], found: Iterable[ShowFiles]) -> Iterator[_Reference]:
    shows = {show.path: show for show in found}
    for plan in plans:
        naming = [one.episode for one in plan.episodes if any(map(has_embedded, _notes(one.episode)))]
        files = {one.path: one for one in shows[plan.show.path].episodes} if naming and plan.show.path in shows else {}
        for episode in naming:
            paths = _note_paths(files.get(episode.path), episode)
            for path, notes in zip(paths, _notes(episode), strict=True):
                yield from _embedded(path, notes, home=plan.show.slug)


def _notes(episode: Episode) -> tuple[str, ...]:
    return (episode.notes, *(text.notes for text in episode.translations))


def _note_paths(files: EpisodeFiles | None, episode: Episode) -> tuple[str, ...]:
    """The files of an episode's notes, then of each translation; its folder stands for one that is not known."""
    note = files.note.path if files and files.note else episode.path
    others = {find_language(name) or name: file.path for name, file in files.translations} if files else {}
    return (note, *(others.get(text.language, note) for text in episode.translations))


def _embedded(path: str, notes: str, home: str | None = None) -> Iterator[_Reference]:
    for named in find_embedded(notes):
        name = named.moment.name if named.moment else None
        start = named.moment.start if named.moment else timedelta()
        yield _Reference(path=path, typed=named.address, name=name, home=home, start=start)
    for address in find_misplaced(notes):
        yield _Reference(path=path, typed=address, name=None, is_alone=False)


def _known(place: Place, plans: Sequence[ShowPlan]) -> Iterator[tuple[str, _Named]]:
    """Every name of an episode, and what it means."""
    for plan in plans:
        episodes = {one.episode.guid: one.episode for one in plan.episodes}
        for line in plan.ledger.episodes:
            named = _named(episodes.get(line.guid), line)
            for slug in (*line.was, line.slug):
                yield from ((name, named) for name in names_of(slug, line.path, plan.show.slug))
    planned = {plan.show.guid for plan in plans}
    for row in place.index.shows():
        for one in place.remembered.episodes(place.index, row).values() if row.show.guid not in planned else ():
            named = _named(one.episode, one.line)
            yield from ((name, named) for name in names_of(one.line.slug, one.line.path, row.show.slug))


def _named(episode: Episode | None, line: LedgerEpisode) -> _Named:
    is_for_all = episode is None or not (episode.draft or episode.audience is not Audience.PUBLIC)
    return _Named(
        is_shown=line.withdrawn_at is None and is_for_all, duration=episode.duration if episode is not None else None
    )


def _problem(one: _Reference, known: Mapping[str, _Named], storage: LibraryStorage) -> Problem | None:
    name = f"{one.home}/{one.name}" if one.home and one.name and "/" not in one.name else one.name
    code = _fault(one, known.get(name) if name is not None else None)
    if code is None:
        return None
    message = _MESSAGES[code].format(name=one.name if code in (NAME, HIDDEN) else one.typed[:80])
    line = _line_of(one, storage)
    return Problem(severity=Severity.WARNING, code=code, path=one.path, line=line, message=message)


def _fault(one: _Reference, found: _Named | None) -> str | None:
    if not one.is_alone:
        return IN_LINE
    if found is None:
        return TIME if one.name is None else NAME
    if not found.is_shown:
        return HIDDEN
    return BEYOND if one.start and found.duration is not None and one.start >= found.duration else None


def _line_of(one: _Reference, storage: LibraryStorage) -> int | None:
    """The first line that has what was typed; None where the file cannot be read just now."""
    try:
        text = read_whole(storage, one.path, limit_bytes=FILE_LIMIT_BYTES).decode("utf-8", "replace")
    except ContentError:
        return None
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if one.typed in line), None)
