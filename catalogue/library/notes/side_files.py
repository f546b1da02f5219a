"""What stands beside an episode's audio, one of each kind: renditions, transcripts, translations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from catalogue.domain.episode import Translation
from catalogue.domain.facts import TranscriptFacts
from catalogue.domain.media import Transcript
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import ContentErrors
from catalogue.formats.language_codes import find_language
from catalogue.library.folder_problems import error_problem
from catalogue.library.notes.episode_note import read_translation_note
from catalogue.library.notes.front_matter import Note
from catalogue.library.notes.plain_notes import markdown_of
from catalogue.show_notes import plain_html

T = TypeVar("T")
StatedTranscript = tuple[str, str, str | None, TranscriptFacts]
"""Path, format, language of the file's name, facts."""


def one_of_each(
    files: Sequence[tuple[str, T]], kind: Callable[[tuple[str, T]], object], noun: str, problems: list[Problem]
) -> list[tuple[str, T]]:
    """Keep the first of `files` (path, file) of each kind and name the others in `problems`."""
    first: dict[object, tuple[str, T]] = {}
    for each in files:
        kept = first.setdefault(kind(each), each)
        if kept is not each:
            message = f"There is a {noun} of this kind already: {kept[0]}. Remove one; the first is used."
            code = f"second-{noun}"
            problems.append(Problem(severity=Severity.WARNING, code=code, path=each[0], message=message))
    return list(first.values())


def state_transcripts(
    files: Sequence[StatedTranscript], episode_language: str, problems: list[Problem]
) -> tuple[Transcript, ...]:
    """One transcript per language and format; the file's name, then the file itself, says the language."""
    found = [
        Transcript(
            path=path,
            format=kind,
            language=find_language(language or "") or facts.language or episode_language,
            sha256=facts.sha256,
            size_bytes=facts.size_bytes,
        )
        for path, kind, language, facts in files
    ]
    pairs = [(each.path, each) for each in found]
    kept = one_of_each(pairs, lambda pair: (pair[1].language, pair[1].format), "transcript", problems)
    return tuple(each for _, each in kept)


def state_html_notes(
    html_notes: tuple[str, str] | None, noted: dict[str, object], problems: list[Problem]
) -> dict[str, object]:
    """Add notes that are HTML (path and text) to what a note states, their words as Markdown for all that only reads.

    A note's own text counts before them.
    """
    if html_notes is None:
        return noted
    path, html = html_notes
    if "notes" in noted:
        message = "The note has a text of its own, so this is not used. Remove one of them."
        problems.append(Problem(severity=Severity.NOTICE, code="html-notes-unused", path=path, message=message))
        return noted
    return {**noted, "notes": markdown_of(plain_html(html)), "notes_html": html}


def state_translations(notes: Mapping[str, Note], title: str, problems: list[Problem]) -> tuple[Translation, ...]:
    """The translations by language; one that cannot be understood is named in `problems` and left out."""
    found = []
    for suffix, note in notes.items():
        try:
            found.append(read_translation_note(note, language=find_language(suffix) or suffix, title=title))
        except ContentErrors as several:
            problems += [error_problem(each) for each in several.errors]
    return tuple(found)
