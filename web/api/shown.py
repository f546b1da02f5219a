"""Episodes and what is wrong with them as programs are told: plain values, the same in every answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import ConfigDict

from catalogue.actions.episode_lists import Listed
from catalogue.actions.foreseen import KeyedFinding
from catalogue.check.rule import Finding, Level
from catalogue.domain import plan
from catalogue.domain.episode import EpisodeType
from catalogue.domain.episode_status import Status
from catalogue.domain.plan import Severity
from catalogue.store.index import EpisodeRow
from web.api import current
from web.current import site
from web.studio.work import shelf, standing

CLOSED = ConfigDict(extra="forbid")


@dataclass(frozen=True, kw_only=True)
class EpisodeLine:
    """An episode as lists have it. `faults` counts what the last index found wrong with its files."""

    __pydantic_config__ = CLOSED

    guid: str
    slug: str
    title: str
    status: Status
    number: int | float | None
    season: int | None
    type: EpisodeType
    published_at: datetime | None
    faults: int
    page: str


@dataclass(frozen=True, kw_only=True)
class FileProblem:
    """What the last index found worth saying about a file of the library."""

    __pydantic_config__ = CLOSED

    severity: Severity
    code: str
    path: str
    line: int | None
    message: str


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """What directories or listeners mind. `key` is that of the note, `""` the notes below; `mend` what to do."""

    __pydantic_config__ = CLOSED

    rule: str
    level: Level
    message: str
    mend: str
    source: str
    guid: str
    key: str | None = None
    file: str = ""
    line: int | None = None


def episode_line(row: EpisodeRow, status: Status, faults: int) -> EpisodeLine:
    """An episode of the show of the address."""
    episode = row.episode
    number = episode.number if episode else None
    show, links = current.show(), site().public
    return EpisodeLine(
        guid=row.line.guid,
        slug=row.line.slug,
        title=episode.title if episode else row.line.slug,
        status=status,
        number=None if number is None else int(number) if number == int(number) else float(number),
        season=episode.season.number if episode and episode.season else None,
        type=episode.type if episode else EpisodeType.FULL,
        published_at=episode.published_at if episode else None,
        faults=faults,
        page=links.episode(show, episode) if episode else f"{links.show(show)}{row.line.slug}/",
    )


def listed_line(one: Listed) -> EpisodeLine:
    """An episode of a list."""
    return episode_line(one.row, one.status, one.faults)


def fresh_line(guid: str) -> EpisodeLine:
    """An episode of the show of the address as it stands now, after something was done to it."""
    row = shelf().by_guid[guid]
    status, problems = standing(row)
    return episode_line(row, status, sum(one.severity is not Severity.NOTICE for one in problems))


def problem_lines(problems: tuple[plan.Problem, ...]) -> tuple[FileProblem, ...]:
    """What an index found, as it is told."""
    return tuple(
        FileProblem(severity=one.severity, code=one.code, path=one.path, line=one.line, message=one.message)
        for one in problems
    )


def finding_line(finding: Finding, key: str | None = None, *, has_file: bool = True) -> FindingLine:
    """A finding, with its place in the library where there is one."""
    return FindingLine(
        rule=finding.rule,
        level=finding.level,
        message=finding.message,
        mend=finding.mend,
        source=finding.source,
        guid=finding.guid,
        key=key,
        file=finding.file if has_file else "",
        line=finding.file_line if has_file else None,
    )


def keyed_lines(findings: tuple[KeyedFinding, ...]) -> tuple[FindingLine, ...]:
    """Findings about a note, each with its key."""
    return tuple(finding_line(one.finding, one.key, has_file=False) for one in findings)
