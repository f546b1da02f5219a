"""Which of several statements counts: front matter, then side file, then audio tag, then the show's default.

Here, once, and for every field. A file's or folder's name is asked last, where none of them speaks; for chapters it
is a list of times in the notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from catalogue.domain.episode import Season
from catalogue.domain.facts import AudioFacts
from catalogue.domain.identity import LedgerShow
from catalogue.domain.media import FORMATS, Artwork, Audio, Chapter
from catalogue.domain.plan import Problem, Severity
from catalogue.domain.show import Show
from catalogue.errors import AudioError, CatalogueError, ContentErrors
from catalogue.formats.chapters import find_time_list
from catalogue.library.folder import EpisodeFiles
from catalogue.library.naming import NameFacts, read_name
from catalogue.library.notes.edits import render_note
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.fields import is_blank
from catalogue.library.notes.front_matter import Note
from catalogue.library.notes.moments import MORNING, moment_in
from catalogue.library.notes.plain_notes import markdown_of
from catalogue.library.notes.side_files import (
    StatedTranscript,
    one_of_each,
    state_html_notes,
    state_transcripts,
    state_translations,
)
from catalogue.library.templates import fill_template

DEFAULT_LANGUAGE = "en"
_ORDER = {name: index for index, name in enumerate(FORMATS)}


@dataclass(frozen=True, kw_only=True)
class StatedEpisode:
    """What an episode's files say, by the names of Episode's fields.

    `title`, `language`, `renditions` and `transcripts` are always there; `guid`, `slug` and `draft` only
    where a note states them, `published_at` only where a note, a
    tag or the name has a day. `tag_guid`, no field of Episode, is what a tag claims.
    """

    values: dict[str, object]
    problems: tuple[Problem, ...] = ()


def state_episode(
    files: EpisodeFiles,
    *,
    show: Show,
    note: Note | None,
    translations: Mapping[str, Note],
    audio: Sequence[tuple[str, AudioFacts]],
    transcripts: Sequence[StatedTranscript],
    chapters: tuple[Chapter, ...] | None,
    artwork: Artwork | None,
    html_notes: tuple[str, str] | None = None,
) -> StatedEpisode:
    """Join what an episode's files state.

    `audio` and `transcripts` are (path, …, facts) of those that could be read, `chapters` the side file's,
    `artwork` what was chosen, `html_notes` path and text of `notes.html`. Renditions come enclosure first. Raises
    ContentErrors for a note that cannot be understood, and for a time that the clocks left out or doubled.
    """
    noted = read_episode_note(note, timezone=show.timezone) if note else {}
    problems: list[Problem] = []
    noted = state_html_notes(html_notes, noted, problems)
    renditions = one_of_each(
        sorted(audio, key=lambda each: _ORDER[each[1].format]), lambda each: each[1].format, "rendition", problems
    )
    values = _in_order(files, show=show, noted=noted, renditions=renditions, chapters=chapters)
    if "remote" in values and renditions:
        _leave_remote_out(values, renditions[0][0], problems)
    values["renditions"] = tuple(_audio(path, facts) for path, facts in renditions)
    values["transcripts"] = state_transcripts(transcripts, str(values["language"]), problems)
    values["translations"] = state_translations(translations, str(values["title"]), problems)
    values["artwork"] = artwork
    return StatedEpisode(values=values, problems=tuple(problems))


def state_show(
    values: Mapping[str, object], *, files_path: str, line: LedgerShow, artwork: Artwork | None, fallback_title: str
) -> Show:
    """Make the show of what `show.toml` states and the ledger's first line keeps.

    Guid, slug and earlier slugs are the ledger's. What a feed cannot be without has a default: the
    title stands in for description and author, English for the language.
    """
    stated: dict[str, Any] = {name: value for name, value in values.items() if name not in {"guid", "slug"}}
    title = stated.pop("title", fallback_title)
    defaults = {"description": title, "author": title, "language": DEFAULT_LANGUAGE}
    return Show(
        guid=line.guid,
        slug=line.slug,
        path=files_path,
        title=title,
        first_seen_at=line.first_seen_at,
        artwork=artwork,
        was=line.was,
        **(defaults | stated),
    )


def render_new_note(
    facts: AudioFacts,
    *,
    title: str,
    number: Decimal | None,
    keys: Mapping[str, object] | None = None,
    template: bytes | None = None,
) -> bytes:
    """Write the first `episode.md` of an audio file from its tags, for its producer to go on with.

    The tag's notes become its text. What stays true in the tags alone (chapters, artwork) is not copied. `keys` count
    for more than tags, what a `template` states for less. Raises ContentErrors where only a person can change that.
    """
    values = {
        "title": title,
        "number": number,
        "season": facts.season,
        "published": facts.published_at or facts.published_on,
        "draft": None,
        "summary": facts.summary,
        **(keys or {}),
    }
    if template is not None:
        return fill_template(template, values, markdown_of(facts.notes or ""), "episode.md")
    stated = {key: value for key, value in values.items() if value is not None}
    return render_note(stated, markdown_of(facts.notes or ""))


def _in_order(
    files: EpisodeFiles,
    *,
    show: Show,
    noted: Mapping[str, object],
    renditions: Sequence[tuple[str, AudioFacts]],
    chapters: tuple[Chapter, ...] | None,
) -> dict[str, object]:
    """Lay what is stated over what is stated with less weight."""
    name, tags = read_name(files.name), [facts for _, facts in renditions]
    side = {} if chapters is None else {"chapters": chapters}
    values = {**_from_tags(tags, name, files.season), **side, **noted}
    if "chapters" not in values and (listed := find_time_list(str(values.get("notes") or ""))):
        values["chapters"] = listed
    values.setdefault("language", _first(tags, "language") or show.language)
    if "published_at" not in noted:
        values |= _published(renditions, name, files.path, show.timezone)
    if values.get("author") == show.author:
        del values["author"]
    return values


def _from_tags(tags: Sequence[AudioFacts], name: NameFacts, folder_season: int | None) -> dict[str, object]:
    season = _first(tags, "season") or folder_season or name.season
    notes = _first(tags, "notes")
    found = {
        "title": next((facts.title for facts in tags if not is_blank(facts.title or "")), name.title),
        "number": _first(tags, "number") or name.number,
        "season": Season(number=season) if season else None,
        "author": _first(tags, "author"),
        "summary": _first(tags, "summary"),
        "notes": markdown_of(notes) if notes else None,
        "chapters": _first(tags, "chapters"),
        "tag_guid": _first(tags, "guid"),
    }
    return {field: value for field, value in found.items() if value}


def _first(tags: Sequence[AudioFacts], field: str) -> Any:
    return next((value for facts in tags if (value := getattr(facts, field))), None)


def _published(
    renditions: Sequence[tuple[str, AudioFacts]], name: NameFacts, episode_path: str, timezone: str
) -> dict[str, datetime]:
    for path, facts in renditions:
        moment = facts.published_at
        if moment is None and facts.published_on is not None:
            moment = datetime.combine(facts.published_on, MORNING)
        if moment is not None:
            return {"published_at": _placed(moment, timezone, path)}
    if name.published_on is not None:
        return {"published_at": _placed(datetime.combine(name.published_on, MORNING), timezone, episode_path)}
    return {}


def _placed(moment: datetime, timezone: str, path: str) -> datetime:
    if moment.tzinfo is not None:
        return moment
    try:
        return moment_in(moment, timezone)
    except CatalogueError as cause:
        params: dict[str, Any] = {**cause.params, "what": "Its date"}
        mend = f"{cause.template} Write it as `published` in a note."
        raise ContentErrors((AudioError(cause.code, mend, path=path, **params),)) from cause


def _audio(path: str, facts: AudioFacts) -> Audio:
    return Audio(
        path=path,
        format=facts.format,
        size_bytes=facts.size_bytes,
        sha256=facts.sha256,
        essence=facts.essence,
        duration=facts.duration,
        bitrate_kbps=facts.bitrate_kbps,
    )


def _leave_remote_out(values: dict[str, object], path: str, problems: list[Problem]) -> None:
    del values["remote"]
    message = "This file is published; the address in the note's `enclosure` is not used. Remove one of them."
    problems.append(Problem(severity=Severity.NOTICE, code="enclosure-unused", path=path, message=message))
