"""Give new episodes their identity, once: GUID, slug, publication moment. Known ones keep theirs."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from catalogue.actions.reading import ReadEpisode
from catalogue.domain.episode import Episode
from catalogue.domain.identity import (
    LedgerEpisode,
    LedgerShow,
    episode_guid,
    free_slug,
    show_guid_from_chance,
    show_guid_from_url,
    slug_of,
)
from catalogue.domain.patterns import FEED
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import SlugTaken
from catalogue.library.naming import transliterate


def new_show_line(
    values: Mapping[str, object],
    *,
    title: str,
    base_url: str | None,
    taken: set[str],
    now: datetime,
    chance: Callable[[], uuid.UUID],
) -> LedgerShow:
    """Give a show that has no ledger its first line.

    The GUID is what `show.toml` states, else follows the feed's address where that is public, else chance.
    Raises SlugTaken.
    """
    slug = str(values.get("slug") or free_slug(slug_of(title, transliterate), "show", taken))
    if slug in taken:
        raise SlugTaken("slug-taken", "The slug '{slug}' is another show's. Choose another.", slug=slug)
    if values.get("guid"):
        guid = str(values["guid"])
    elif base_url is not None and is_public_address(base_url):
        guid = show_guid_from_url(base_url + FEED.replace("<show>", slug))
    else:
        guid = show_guid_from_chance(chance())
    return LedgerShow(guid=guid, slug=slug, first_seen_at=now)


def kept_show_line(
    line: LedgerShow, values: Mapping[str, object], *, taken: set[str], path: str
) -> tuple[LedgerShow, tuple[Problem, ...]]:
    """The line of a known show: its GUID for ever, its slug unless `show.toml` states another that is free."""
    problems = []
    guid, slug = values.get("guid"), values.get("slug")
    if guid and guid != line.guid:
        message = f"`guid` is not the published one, which is kept: {line.guid}. Write that, or take the line out."
        problems.append(Problem(severity=Severity.ERROR, code="show-guid-change", path=path, message=message))
    if not slug or slug == line.slug:
        return line, tuple(problems)
    if slug in taken:
        message = f"`slug` is another show's: '{slug}'. Choose another; until then it stays '{line.slug}'."
        problems.append(Problem(severity=Severity.ERROR, code="slug-taken", path=path, message=message))
        return line, tuple(problems)
    was = tuple(one for one in (*line.was, line.slug) if one != slug)
    return replace(line, slug=str(slug), was=was), tuple(problems)


def is_public_address(base_url: str) -> bool:
    """Whether anybody could reach it: not a loopback or private address, not a bare or local name."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".lan", ".internal", ".home.arpa", ".test"))


def new_lines(
    reads: Sequence[ReadEpisode], *, show_guid: str, known: Sequence[LedgerEpisode], wanted: Collection[str] = ()
) -> tuple[dict[str, LedgerEpisode], tuple[Problem, ...]]:
    """Give each new episode (in file order) its line, by path; the moment is decided by `moment_of`.

    `wanted` are slugs that the notes of known episodes state: those go before what is new.
    """
    problems: list[Problem] = []
    tags = Counter(str(read.values["tag_guid"]) for read in reads if read.values and read.values.get("tag_guid"))
    guids = {line.guid for line in known}
    guids |= {str(read.values["guid"]) for read in reads if read.values and read.values.get("guid")}
    taken = {slug for line in known for slug in (line.slug, *line.was)}.union(wanted)
    lines: dict[str, LedgerEpisode] = {}
    for read in reads:
        stated = (read.values or {}).get("slug")
        if stated in taken:
            problems.append(_slug_taken(read, "The episode waits until you choose another."))
            continue
        guid = _new_guid(read, show_guid, tags, guids, problems)
        slug = str(stated or free_slug(slug_of(read.files.name, transliterate), guid, taken))
        guids.add(guid)
        taken.add(slug)
        lines[read.files.path] = LedgerEpisode(guid=guid, path=read.files.path, slug=slug)
    return lines, tuple(problems)


def kept_slug(
    read: ReadEpisode, line: LedgerEpisode, *, known: Iterable[LedgerEpisode]
) -> tuple[str, tuple[Problem, ...]]:
    """The slug of a known episode: its own for ever, unless its note states another that is free."""
    stated = (read.values or {}).get("slug")
    if not stated or stated == line.slug:
        return line.slug, ()
    if any(stated in (other.slug, *other.was) for other in known if other.guid != line.guid):
        return line.slug, (_slug_taken(read, f"It stays '{line.slug}' until you choose another."),)
    return str(stated), ()


def first_moments(count: int, now: datetime) -> list[datetime]:
    """Moments for files seen for the first time, in file order: the last gets now, each earlier one a minute less."""
    second = now.replace(microsecond=0)
    return [second - timedelta(minutes=count - 1 - number) for number in range(count)]


def moment_of(
    read: ReadEpisode, line: LedgerEpisode, old: Episode | None, *, now: datetime, allow_date_change: bool
) -> tuple[datetime | None, tuple[Problem, ...]]:
    """When a known or new episode is published: as its files state, else as the ledger does; None: not decided yet.

    A moment that has passed is kept, whatever a file now says, unless `allow_date_change`.
    """
    stated = (read.values or {}).get("published_at")
    moment = stated if isinstance(stated, datetime) else line.published_at
    # In a new index it is the ledger that remembers what was kept.
    passed = line.published_at if old is None else None if old.draft else old.published_at
    if passed is None or passed > now or moment == passed or allow_date_change:
        return moment, ()
    if stated is None:
        return passed, ()
    message = (
        f"It was published on {passed:%Y-%m-%d %H:%M} UTC and now states another moment; it would jump in apps. "
        "The old one is kept. To change it, say --allow-date-change with the command (index, edit, set)."
    )
    return passed, (_problem(read, "date-change", message, key="published"),)


def with_first_moments(lines: Mapping[str, LedgerEpisode], now: datetime) -> dict[str, LedgerEpisode]:
    """Write the moment of first sight into lines (in file order) that nothing else gives one."""
    moments = first_moments(len(lines), now)
    return {
        path: replace(line, published_at=moment) for (path, line), moment in zip(lines.items(), moments, strict=True)
    }


def _new_guid(read: ReadEpisode, show_guid: str, tags: Counter[str], guids: set[str], problems: list[Problem]) -> str:
    values = read.values or {}
    if values.get("guid"):
        return str(values["guid"])
    tag = values.get("tag_guid")
    if tag:
        if tags[str(tag)] == 1 and tag not in guids:
            return str(tag)
        message = "The GUID in its tags is another episode's too, so it is ignored."
        problems.append(_problem(read, "tag-guid", message, severity=Severity.WARNING))
    renditions, remote = values.get("renditions"), values.get("remote")
    sound = getattr(remote, "url", "")
    if isinstance(renditions, tuple) and renditions:
        sound = renditions[0].sha256
    guid, again = episode_guid(show_guid, read.files.path, sound), 1
    while guid in guids:  # a new episode with the place and the sound of an older one
        again += 1
        guid = episode_guid(show_guid, read.files.path, f"{sound}\n{again}")
    return guid


def _slug_taken(read: ReadEpisode, mend: str) -> Problem:
    slug = (read.values or {}).get("slug")
    return _problem(read, "slug-taken", f"`slug` is another episode's, now or once: '{slug}'. {mend}", key="slug")


def _problem(
    read: ReadEpisode, code: str, message: str, *, key: str = "", severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(severity=severity, code=code, path=read.file_path, line=read.lines.get(key), message=message)
