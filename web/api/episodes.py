"""Episodes: lists of them, one with its note, new ones, and changes of keys and text."""

from __future__ import annotations

from collections.abc import Container

from flask import url_for
from pydantic import JsonValue

from catalogue.actions.episode_lists import standing_of
from catalogue.actions.episode_pages import page_after
from catalogue.actions.named import exact_name, row_at
from catalogue.actions.new_note import begin_episode
from catalogue.actions.note_checking import faults_of
from catalogue.actions.note_editing import OpenNote, open_note
from catalogue.actions.note_patching import PUBLISHING_KEYS, NotePatch, check_keys, patched, write_note, written
from catalogue.domain.api_patterns import API_EPISODE, API_EPISODES
from catalogue.domain.plan import Severity
from catalogue.domain.rights import Right
from catalogue.domain.tokens import Scope
from catalogue.errors import CatalogueError, ConditionError, ContentErrors, NotFound
from catalogue.library.notes.edits import plain
from catalogue.library.notes.front_matter import read_note
from catalogue.store.index import EpisodeRow
from web.api import current
from web.api.episode_types import EpisodeChange, EpisodePage, EpisodeQuery, NewEpisode, WholeEpisode
from web.api.operations import JSON, MERGE_PATCH, Reply, operation
from web.api.problems import Fault, Refused, faults_of_note, unprocessable
from web.api.shown import FileProblem, episode_line, listed_line, problem_lines
from web.api.versions import check_match
from web.current import now
from web.studio import work
from web.studio.current import place
from web.studio.newest import worktable
from web.studio.work import name_of, shelf, standing


@operation("GET", API_EPISODES, name="listEpisodes", scope=Scope.READ, right=Right.SEE, asks=EpisodeQuery,
           gives=EpisodePage)  # fmt: skip
def list_episodes(asked: EpisodeQuery) -> Reply:
    """List the episodes of a show, drafts too, in pages that do not shift."""
    found = standing_of(shelf(), worktable().problems(), now())
    try:
        page = page_after(found, after=asked.after, limit=asked.limit, status=asked.status)
    except ConditionError as error:
        fault = Fault(parameter="after", detail=error.sentence)
        raise unprocessable(fault) from error
    value = EpisodePage(episodes=tuple(map(listed_line, page.episodes)), total=page.total, next=page.following)
    return Reply(value=value)


@operation("GET", API_EPISODE, name="getEpisode", scope=Scope.READ, right=Right.SEE_DRAFTS, gives=WholeEpisode,
           is_versioned=True)  # fmt: skip
def get_episode(*, episode: str) -> Reply:
    """Give an episode with its note; the ETag is that of the note."""
    return whole(find(episode))


@operation("POST", API_EPISODES, name="beginEpisode", scope=Scope.WRITE, right=Right.UPLOAD, takes=NewEpisode,
           gives=WholeEpisode, status=201, is_versioned=True)  # fmt: skip
def begin(sent: NewEpisode) -> Reply:
    """Begin an episode as a draft without a recording."""
    if not current.may(Scope.PUBLISH, Right.PUBLISH):
        _check_keys(sent.keys)
    keys = {key: written(value) for key, value in sent.keys.items() if key != "title"}
    try:
        check_keys(sent.keys, "")
        begun = begin_episode(
            place(),
            sent.title,
            keys=keys,
            text=sent.text,
            show_path=current.show().path or ".",
            wishes=current.wishes(),
        )
    except ContentErrors as errors:
        raise _refused(errors, b"", "", stated=sent.keys) from errors
    row = row_at(place(), begun.note.rpartition("/")[0])
    current.save_author(row)
    current.log("uploaded", which=row.line.slug)
    return _with_address(whole(row))


@operation("PATCH", API_EPISODE, name="changeEpisode", scope=Scope.WRITE, right=Right.WRITE, takes=EpisodeChange,
           media=(JSON, MERGE_PATCH), gives=WholeEpisode, is_versioned=True)  # fmt: skip
def change(sent: EpisodeChange, *, episode: str) -> Reply:
    """Change keys or notes of an episode; comments, order and all other lines of its note stay."""
    note = opened(episode)
    check_match(note.version)
    content = b""
    try:
        content = patched(note, NotePatch(keys=sent.keys, text=sent.text))
        return save(note, content)
    except ContentErrors as errors:
        raise _refused(errors, content or note.content, note.path, stated=sent.keys) from errors


def opened(episode: str) -> OpenNote:
    """Open the note of an episode of the show of the address."""
    return open_note(place(), name_of(find(episode)))


def save(note: OpenNote, content: bytes) -> Reply:
    """Write a note over the one that was opened; gives the episode as it is then."""
    may_publish = current.may(Scope.PUBLISH, Right.PUBLISH)
    try:
        saved = write_note(place(), note, content, may_publish=may_publish, wishes=current.wishes())
    except ContentErrors as errors:
        raise _refused(errors, content, note.path) from errors
    guid = saved.episode.guid if saved.episode else note.guid
    if guid is None or guid not in shelf().by_guid:
        raise NotFound("no-episode-here", "It is written, but there is no episode of it. GET …/findings says why.")
    row = shelf().by_guid[guid]
    if saved.is_changed:
        current.log("edited", which=row.line.slug)
    return whole(row)


def find(slug: str) -> EpisodeRow:
    """An episode of the show of the address, by its slug or an earlier one; raises NotFound."""
    return work.find_row(slug)


def whole(row: EpisodeRow) -> Reply:
    """An episode with its note, where it has files that can be edited."""
    status, problems = standing(row)
    faults = sum(one.severity is not Severity.NOTICE for one in problems)
    note, told, keys, text = _note(row)
    episode = row.episode
    value = WholeEpisode(
        episode=episode_line(row, status, faults),
        folder=f"{current.show().path}/{row.line.path}".lstrip("/"),
        updated_at=episode.updated_at if episode else None,
        duration_seconds=episode.duration.total_seconds() if episode and episode.duration else None,
        explicit=episode.explicit if episode else None,
        audience=episode.audience.value if episode else "public",
        summary=episode.summary if episode else None,
        languages=(episode.language, *(one.language for one in episode.translations)) if episode else (),
        file=note.path if note else None,
        keys=keys,
        text=text,
        problems=tuple(dict.fromkeys((*problem_lines(problems), *told))),
    )
    return Reply(value=value, version=note.version if note else None)


def _note(row: EpisodeRow) -> tuple[OpenNote | None, tuple[FileProblem, ...], dict[str, JsonValue], str]:
    """The note of an episode as it is written; what keeps it from being read stands beside it."""
    try:
        note = open_note(place(), exact_name(current.show(), row.line.guid))
    except CatalogueError as error:  # withdrawn, or its files are away: it is told of all the same
        problem = FileProblem(
            severity=Severity.NOTICE, code=error.code, path=row.line.path, line=None, message=error.sentence
        )
        return None, (problem,), {}, ""
    try:
        read = read_note(note.content, note.path)
    except ContentErrors as errors:
        faults = tuple(
            FileProblem(severity=Severity.ERROR, code=one.code, path=one.path, line=one.line, message=one.sentence)
            for one in errors.errors
        )
        return note, faults, {}, note.content.decode("utf-8", "replace")
    return note, (), {key: plain(value) for key, value in read.fields.items()}, read.body


def _check_keys(keys: dict[str, JsonValue]) -> None:
    for key in (one for one in PUBLISHING_KEYS if one in keys):
        current.insist(Scope.PUBLISH, Right.PUBLISH, f"To state `{key}`")


def _refused(errors: ContentErrors, content: bytes, path: str, *, stated: Container[str] = ()) -> Refused:
    return unprocessable(*faults_of_note(faults_of(errors, content, path), stated))


def _with_address(reply: Reply) -> Reply:
    found = reply.value
    assert isinstance(found, WholeEpisode)
    address = url_for("api.getEpisode", show=current.show().slug, episode=found.episode.slug)
    return Reply(value=found, version=reply.version, headers={"Location": address})
