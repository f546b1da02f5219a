"""What a union merge left double in a ledger, made one again.

Of two lines of one thing the first holds; what the other published is kept as an earlier slug or hash, for
an address that was public answers for ever. An episode that either line calls withdrawn stays withdrawn: no
merge may publish again what somebody took back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TypeAlias, TypeVar

from catalogue.domain.identity import Ledger, LedgerEpisode, LedgerShow
from catalogue.errors import LedgerError

Line = TypeVar("Line", LedgerShow, LedgerEpisode)
Numbered: TypeAlias = tuple[int, Line]


def unite_lines(
    shows: Sequence[Numbered[LedgerShow]], episodes: Sequence[Numbered[LedgerEpisode]], *, path: str
) -> Ledger:
    """Make a ledger of the lines as read, with their numbers; `remarks` says what stood double.

    Raises LedgerError where no line is the show's, and where two episodes hold one slug.
    """
    if not shows:
        raise LedgerError(
            "ledger-show",
            "The show's line is missing. Restore the first line from git or a backup; it begins with {start}.",
            path=path,
            line=1,
            start='{"format":',
        )
    remarks: list[str] = []
    (first, show), *others = shows
    for number, other in others:
        remarks += _remark("the show", show, other=other, lines=(first, number))
        show = replace(_united(show, other), feeds=other.feeds | show.feeds)
    united = _united_episodes(episodes, remarks)
    _refuse_shared_slugs(united, path)
    return Ledger(show=show, episodes=tuple(line for _, line in united), remarks=tuple(remarks))


def _united_episodes(
    episodes: Sequence[Numbered[LedgerEpisode]], remarks: list[str]
) -> tuple[Numbered[LedgerEpisode], ...]:
    united: dict[str, Numbered[LedgerEpisode]] = {}
    for number, other in episodes:
        if other.guid not in united:
            united[other.guid] = (number, other)
            continue
        first, kept = united[other.guid]
        if (kept.discarded_at is None) is not (other.discarded_at is None):  # one side did not throw it away
            united[other.guid] = (first, kept if kept.discarded_at is None else other)
            continue
        remarks += _remark(f"the episode {kept.slug}", kept, other=other, lines=(first, number))
        moments = [line.withdrawn_at for line in (kept, other) if line.withdrawn_at is not None]
        page = other.page if kept.page is None else kept.page
        line = replace(_united(kept, other), withdrawn_at=min(moments, default=None), page=page)
        united[other.guid] = (first, line)
    return tuple(united.values())


def _united(kept: Line, other: Line) -> Line:
    """Keep the first line, and of the other every slug and hash that it does not have."""
    slugs = dict.fromkeys((*kept.was, *other.was, other.slug))
    hashes = other.was_media | {line.sha256: role for role, line in other.media.items()}
    known = {line.sha256 for line in kept.media.values()} | kept.was_media.keys()
    return replace(
        kept,
        was=tuple(slug for slug in slugs if slug != kept.slug),
        was_media=kept.was_media | {sha256: role for sha256, role in hashes.items() if sha256 not in known},
    )


def _remark(what: str, kept: Line, *, other: Line, lines: tuple[int, int]) -> tuple[str, ...]:
    """Say what differs between two lines of one thing; nothing where they are the same."""
    differing = [field.name for field in fields(kept) if getattr(kept, field.name) != getattr(other, field.name)]
    if not differing:
        return ()
    return (
        f"Lines {lines[0]} and {lines[1]} both tell of {what}, as after a merge, and differ in"
        f" {', '.join(differing)}; the first one holds, and the earlier addresses of both are kept.",
    )


def _refuse_shared_slugs(episodes: Sequence[Numbered[LedgerEpisode]], path: str) -> None:
    """Two branches may give one slug to two episodes; both addresses may be public, so a person must choose."""
    lines: dict[str, int] = {}
    for number, episode in episodes:
        first = lines.setdefault(episode.slug, number)
        if first != number:
            raise LedgerError(
                "ledger-slug",
                "The slug `{slug}` is that of line {first} too. Give one of the two episodes another slug here.",
                path=path,
                line=number,
                slug=episode.slug,
                first=first,
            )
