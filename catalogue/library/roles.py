"""What a file is to an episode, told from its name alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from catalogue.domain.media import FORMATS, TRANSCRIPT_TYPES
from catalogue.ports import LibraryFile


class Kind(StrEnum):
    """The parts an episode is made of."""

    AUDIO = "audio"
    UNPLAYABLE = "unplayable"
    """Sound in a format that neither we nor podcast apps play."""
    NOTE = "note"
    TRANSCRIPT = "transcript"
    CHAPTERS = "chapters"
    HTML_NOTES = "html-notes"
    """Notes as HTML, as they came from another host: they count where a note has no text of its own."""
    PICTURE = "picture"
    UNSHOWN = "unshown"
    """A picture in a format that cannot be a cover."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """A file with its kind, its stem (NFC) and its format, a key of FORMATS or TRANSCRIPT_TYPES or the ending.

    Of CHAPTERS the format is one of CHAPTER_ENDINGS.
    """

    file: LibraryFile
    kind: Kind
    stem: str
    format: str


TRANSLATED = (Kind.NOTE, Kind.TRANSCRIPT)
"""Kinds that may name a language behind the stem."""

_HTML_NOTES_STEM = "notes"

CHAPTER_ENDINGS = ("json", "psc", "vtt", "txt")
"""Endings of `NAME.chapters.…` (`NAME.psc` will do); where there are several, the first of these counts."""

# What people have, other than what FORMATS lists.
_UNPLAYABLE = (
    "3g2 3ga 3gp ac3 amr ape au awb caf dff dsf dss dts eac3 m4p mid midi mka mpc mpga mp2 ofr ofs oggflac "
    "ra ram rm shn spx tak tta voc wma weba wv"
)
_PICTURES = "jpeg jpg png webp"
_UNSHOWN = "avif bmp gif heic heif jxl psd svg tif tiff"
_ENDINGS: dict[str, tuple[Kind, str]] = {
    **{ending: (Kind.UNPLAYABLE, ending) for ending in _UNPLAYABLE.split()},
    **{ending: (Kind.PICTURE, ending) for ending in _PICTURES.split()},
    **{ending: (Kind.UNSHOWN, ending) for ending in _UNSHOWN.split()},
    **{name: (Kind.TRANSCRIPT, name) for name in TRANSCRIPT_TYPES},
    **{ending: (Kind.AUDIO, row.name) for row in FORMATS.values() for ending in row.endings},
    "htm": (Kind.TRANSCRIPT, "html"),
    "md": (Kind.NOTE, "md"),
    "psc": (Kind.CHAPTERS, "psc"),
}
_CHAPTERS = re.compile(rf"(?:(?P<stem>.+)\.)?chapters\.(?:{'|'.join(CHAPTER_ENDINGS)})", re.IGNORECASE | re.DOTALL)
_HTML_NOTES = re.compile(r"(?:(?P<stem>.+)\.)?notes\.html?", re.IGNORECASE | re.DOTALL)
_NEVER_CONTENT = re.compile(r"(?:readme|(?:licen[cs]e|changelog)[^. ]*)(?:\..*)?", re.IGNORECASE | re.DOTALL)
# BCP 47: language, then perhaps script and region; the rarer subtags are not expected in names.
_LANGUAGE = re.compile(
    r"(?P<stem>.+)\.(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?",
    re.IGNORECASE | re.DOTALL,
)


def read_role(file: LibraryFile) -> Role | None:
    """Read a file's name; None for what is nothing to an episode (README, LICENSE and CHANGELOG never are)."""
    name = file.name if file.name.isascii() else unicodedata.normalize("NFC", file.name)
    stem, _, ending = name.rpartition(".")
    kind, file_format = _ENDINGS.get(ending.casefold(), (None, ""))
    if not stem or kind is None or _NEVER_CONTENT.fullmatch(name):
        return None
    if file_format in CHAPTER_ENDINGS and (match := _CHAPTERS.fullmatch(name)):
        return Role(file=file, kind=Kind.CHAPTERS, stem=match["stem"] or "chapters", format=file_format)
    if file_format == "html" and (match := _HTML_NOTES.fullmatch(name)):
        return Role(file=file, kind=Kind.HTML_NOTES, stem=match["stem"] or _HTML_NOTES_STEM, format=file_format)
    return Role(file=file, kind=kind, stem=stem, format=file_format)


def without_namesakes(roles: list[Role]) -> list[Role]:
    """Take `notes.html` for what it is in any other name, a transcript, where an episode is called `notes`."""
    if not any(role.kind is Kind.HTML_NOTES for role in roles):
        return roles
    named = {role.stem.casefold() for role in roles if role.kind in (Kind.AUDIO, Kind.NOTE)}
    if _HTML_NOTES_STEM not in named:
        return roles
    return [
        replace(role, kind=Kind.TRANSCRIPT)
        if role.kind is Kind.HTML_NOTES and role.file.name.casefold().startswith(f"{_HTML_NOTES_STEM}.htm")
        else role
        for role in roles
    ]


def split_language(stem: str) -> tuple[str, str | None]:
    """Take a language off a stem; whether it is one depends on what else is there, as in `volume.two.md`.

    >>> split_language("episode.pt-br")
    ('episode', 'pt-BR')
    >>> split_language("03 After treatment")
    ('03 After treatment', None)
    """
    match = _LANGUAGE.fullmatch(stem)
    if match is None:
        return stem, None
    subtags = (match["language"].lower(), (match["script"] or "").title(), (match["region"] or "").upper())
    return match["stem"], "-".join(filter(None, subtags))
