"""Drafts that were thrown away, as an index meets them: left alone, until their files are there again.

Pure. Whoever drops the same recording again, or its note with its GUID, has the same episode back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from catalogue.actions.reading import ReadEpisode
from catalogue.domain.identity import LedgerEpisode, discarded_slug, free_slug, slug_of
from catalogue.domain.sightings import line_marks
from catalogue.library.naming import transliterate


def returned(
    lines: Sequence[LedgerEpisode], reads: Iterable[ReadEpisode], claims: Mapping[str, str | None]
) -> Sequence[LedgerEpisode]:
    """The lines that files can be matched with: of what was thrown away, only what these files say they are.

    Its place alone says nothing: what lies there now is another episode.
    """
    if all(line.discarded_at is None for line in lines):
        return lines
    seen = [read.sighting for read in reads]
    marks = {mark for one in seen for mark in one.marks}
    guids = {one.identity for one in seen} | set(claims.values())
    return [
        line
        for line in lines
        if line.discarded_at is None or line.guid in guids or not marks.isdisjoint(line_marks(line))
    ]


def as_it_was(line: LedgerEpisode, read: ReadEpisode, known: Iterable[LedgerEpisode]) -> LedgerEpisode:
    """The line of a draft whose files are there again, with a slug made as that of a new episode."""
    taken = {slug for one in known if one.guid != line.guid for slug in (one.slug, *one.was)}
    slug = line.slug
    if slug == discarded_slug(line.guid):
        slug = free_slug(slug_of(read.files.name, transliterate), line.guid, taken)
    return replace(line, slug=slug, discarded_at=None)
