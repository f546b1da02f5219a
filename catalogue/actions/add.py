"""Add episodes: audio and a first note each, copied into the library, and indexed in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.actions.adding_copies import take_back, undone_if_it_fails, write_episode
from catalogue.actions.adding_places import NOTE, Addition, NewEpisode, Shelf, find_home, read_known_ledger
from catalogue.actions.index import Report, Wishes, index_leased
from catalogue.actions.leases import Lease, open_lease
from catalogue.actions.named import find_show_row
from catalogue.actions.note_checking import check_note
from catalogue.actions.open import Place
from catalogue.domain.facts import AudioFacts
from catalogue.domain.producers import NOBODY
from catalogue.errors import (
    CatalogueError,
    Conflict,
    ContentError,
    ContentErrors,
    NotFound,
    NotPublishable,
    SandboxFailure,
)
from catalogue.formats.audio.reading import read_audio
from catalogue.library.naming import read_name
from catalogue.library.notes.fields import is_blank
from catalogue.library.templates import fill_template
from catalogue.library.values import render_new_note


@dataclass(frozen=True, kw_only=True)
class Added:
    """What `add` wrote, as paths relative to the library, and what indexing it gave."""

    folder: str
    note: str
    written: tuple[str, ...]
    report: Report


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What became of many files: the episodes added, the files that the library has already, and what failed."""

    added: tuple[NewEpisode, ...]
    known: tuple[Path, ...]
    failed: Mapping[Path, CatalogueError]
    report: Report


def add_episode(
    place: Place,
    audio: Path,
    *,
    show_path: str | None = None,
    draft: bool = False,
    is_new: bool = False,
    wishes: Wishes | None = None,
) -> Added:
    """Copy an audio file into a folder of its own beside an `episode.md` filled from its tags, and index it.

    As `add_episodes`, for one file. Raises what failed: AudioError, Conflict (`is_new`: and it is the lost audio of an
    episode), NotFound (no such show), ContentError, StoreError, NotPublishable where it does not become an episode.
    """
    keys = {"draft": True} if draft else {}
    return add_file(place, audio, Addition(show_path=show_path, keys=keys, is_new=is_new, wishes=wishes or Wishes()))


def add_file(place: Place, audio: Path, how: Addition) -> Added:
    """Add one file as wished; raises as `add_episode`."""
    home = find_home(place, how.show_path)
    _check_note(place, how)
    facts = _read(place, audio)
    with _leased(place, how, home) as lease:
        if how.is_new:
            _check_not_lost(place, home, facts)
        new = _new_episode(place, Shelf(place, home), facts, audio, how)
        with undone_if_it_fails(place, home, new):
            versions = write_episode(place, new)
            report = index_leased(place, replace(how.wishes, written=versions), lease)
            _check_indexed(report, new.folder)
    _note_begun(place, how, report, {new.folder})
    return Added(folder=new.folder, note=new.note, written=(new.audio, new.note), report=report)


def add_episodes(place: Place, files: Sequence[Path], how: Addition) -> Batch:
    """Add many files, each all of it or nothing, and index once.

    Another indexer of the show is waited for first, so that none meets audio without its note. What fails is taken
    back, and the others go on; where the disk is full, nothing more is tried. A file whose sound an episode
    of the show has is left out: the same command again, after a run that was killed, adds what is missing. Raises
    NotFound, Conflict (which show; another run that does not end), ContentErrors for a template or keys that no note
    can have, StoreError.
    """
    failed: dict[Path, CatalogueError] = {}
    home = find_home(place, how.show_path)
    _check_note(place, how)
    facts = _read_all(place, files, how, failed)
    with _leased(place, how, home) as lease:
        known, fresh = _part_known(place, home, facts)
        written, versions = _write_all(place, home, fresh, how, failed)
        with ExitStack() as undoing:
            for one in written:
                undoing.enter_context(undone_if_it_fails(place, home, one, is_ours=True))
            report = index_leased(place, replace(how.wishes, written=versions), lease)
        added = [one for one in written if _is_indexed(report, one, failed)]
        for one in written:
            if one.source in failed:
                take_back(place, home, one.folder, (one.audio, one.note))
    _note_begun(place, how, report, {one.folder for one in added})
    return Batch(added=tuple(added), known=tuple(known), failed=failed, report=report)


def check_outside(place: Place, audio: Path) -> None:
    """Refuse (Conflict) audio that lies in the library: it would be there twice."""
    library = place.settings.library.resolve()
    if audio.resolve().is_relative_to(library):
        raise Conflict(
            "is-inside", "{path} is in the library already: castalogue index takes it up where it lies.", path=audio
        )


@contextmanager
def _leased(place: Place, how: Addition, home: str) -> Iterator[Lease]:
    wishes = how.wishes
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((home,))
        yield lease


def _read(place: Place, audio: Path) -> AudioFacts:
    check_outside(place, audio)
    facts: AudioFacts = place.box.call(read_audio, str(audio.resolve()), audio.name)
    return facts


def _read_all(
    place: Place, files: Sequence[Path], how: Addition, failed: dict[Path, CatalogueError]
) -> dict[Path, AudioFacts]:
    """What the tags of each file say, in the order in which they were named; a file that is named twice counts once."""
    found: dict[Path, AudioFacts] = {}
    for done, audio in enumerate(dict.fromkeys(files), start=1):
        try:
            found[audio] = _read(place, audio)
        except (ContentError, Conflict, SandboxFailure) as error:
            failed[audio] = error
        how.progress(done, 2 * len(files))
    return found


def _check_not_lost(place: Place, home: str, facts: AudioFacts) -> None:
    """Refuse (Conflict) the sound of an episode whose files are missing: it would be that episode again."""
    ledger = read_known_ledger(place, home)
    for line in ledger.episodes if ledger is not None else ():
        known = {one.sha256 for one in line.media.values()} | {one.essence for one in line.media.values()}
        if line.missing_since is not None and {facts.sha256, facts.essence} & (known | line.was_media.keys()):
            template = "This is the recording of “{slug}”, whose files are missing. Put it back where it lay: {path}."
            raise Conflict("lost-audio", template, slug=line.slug, path=f"{home}/{line.path}".lstrip("/"))


def _part_known(place: Place, home: str, facts: Mapping[Path, AudioFacts]) -> tuple[list[Path], dict[Path, AudioFacts]]:
    """Part the files whose bytes an episode of the show has, or had, from the others; of two alike one counts."""
    ledger = read_known_ledger(place, home)
    lines = ledger.episodes if ledger is not None else ()
    hashes = {one.sha256 for line in lines for one in line.media.values()}
    hashes.update(sha256 for line in lines for sha256 in line.was_media)
    known, fresh = [], {}
    for audio, one in facts.items():
        if one.sha256 in hashes:
            known.append(audio)
        else:
            fresh[audio] = one
            hashes.add(one.sha256)
    return known, fresh


def _write_all(
    place: Place, home: str, fresh: Mapping[Path, AudioFacts], how: Addition, failed: dict[Path, CatalogueError]
) -> tuple[list[NewEpisode], dict[str, str]]:
    """Write file by file; gives what was written, and the versions of the files. A full disk ends it."""
    shelf, written, versions = Shelf(place, home), list[NewEpisode](), dict[str, str]()
    for done, (audio, facts) in enumerate(fresh.items(), start=1):
        try:
            new = _new_episode(place, shelf, facts, audio, how)
            with undone_if_it_fails(place, home, new):
                versions |= write_episode(place, new)
            written.append(new)
        except (ContentError, ContentErrors) as error:
            failed[audio] = error
            if error.code == "disk-full":
                failed |= dict.fromkeys([*fresh][done:], error)
                break
        how.progress(len(fresh) + done, 2 * len(fresh))
    return written, versions


def _new_episode(place: Place, shelf: Shelf, facts: AudioFacts, audio: Path, how: Addition) -> NewEpisode:
    name = read_name(audio.stem)
    number = name.number if facts.number is None else facts.number
    title = name.title if is_blank(facts.title or "") else str(facts.title)
    content = render_new_note(facts, title=title, number=number, keys=how.keys, template=how.template)
    check_note(content, NOTE, timezone=_timezone(place, how))
    folder, path = shelf.place_for(title if number is None else f"{number} {title}", facts, content)
    return NewEpisode(
        source=audio,
        folder=folder,
        audio=path,
        note=f"{folder}/{NOTE}",
        content=content,
        is_note_first=bool(how.keys) or how.template is not None,
    )


def _check_note(place: Place, how: Addition) -> None:
    """Raise ContentErrors for keys or a template that no note can have, before anything is read or written."""
    content = fill_template(how.template or b"", how.keys, "", NOTE)
    check_note(content, NOTE, timezone=_timezone(place, how))


def _timezone(place: Place, how: Addition) -> str:
    """The show's zone; UTC for one that was never indexed: the index says what is wrong there."""
    try:
        return find_show_row(place, how.show_path).show.timezone
    except (NotFound, Conflict):
        return "UTC"


def _check_indexed(report: Report, folder: str) -> None:
    """What did not become an episode is not added."""
    refused = [problem for problem in report.refused if problem.path.startswith(f"{folder}/")]
    paths = {f"{show.show.path}/{one.episode.path}".lstrip("/") for show in report.shows for one in show.episodes}
    if folder in paths:
        return
    why = report.reason(refused)
    if refused and why.code == "held-copy":  # the claim it offers is for files that stay
        told = f"{why.message.partition('. ')[0]}. Put the audio there if it is to replace that one."
        why = replace(why, path="", message=told)
    raise NotPublishable("not-added", "Nothing was added. {why}", why=why)


def _note_begun(place: Place, how: Addition, report: Report, folders: Collection[str]) -> None:
    """Keep of drafts that they were begun here and never out, by nobody who signs in."""
    for show in report.shows if how.keys.get("draft") is True else ():
        for one in show.episodes:
            if f"{show.show.path}/{one.episode.path}".lstrip("/") in folders:
                place.index.save_author(show.show.guid, one.episode.guid, NOBODY)


def _is_indexed(report: Report, new: NewEpisode, failed: dict[Path, CatalogueError]) -> bool:
    try:
        _check_indexed(report, new.folder)
    except NotPublishable as error:
        failed[new.source] = error
        return False
    return True
