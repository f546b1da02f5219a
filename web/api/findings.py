"""What directories and listeners mind, and what the last index found wrong with files."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.actions.foreseen import find_faults
from catalogue.actions.publish import Publication
from catalogue.domain.api_patterns import API_EPISODE_FINDINGS, API_FINDINGS
from catalogue.domain.rights import Right
from catalogue.domain.tokens import Scope
from web.api import current
from web.api.episodes import find
from web.api.operations import Reply, operation
from web.api.shown import CLOSED, FileProblem, FindingLine, finding_line, keyed_lines, problem_lines
from web.current import now, site
from web.studio.current import place
from web.studio.work import standing


@dataclass(frozen=True, kw_only=True)
class Findings:
    """`findings` are by the rules of docs/rules.md, `problems` what the last index found wrong with files.

    `hidden` counts findings that `show.toml` says not to show.
    """

    __pydantic_config__ = CLOSED

    findings: tuple[FindingLine, ...]
    problems: tuple[FileProblem, ...]
    hidden: int = 0


@operation("GET", API_FINDINGS, name="checkShow", scope=Scope.READ, right=Right.SEE, gives=Findings)
def check_show() -> Reply:
    """Check a show and all its public episodes as `castalogue check` does; of a large one that takes seconds."""
    from catalogue.actions.check_library import LibraryCheck  # a third of a second that no start of a server waits for

    publication, show = site().publication, current.show()
    assert isinstance(publication, Publication)
    check = LibraryCheck(place(), publication, links=site().public, now=now())
    found = check.shows((show.guid,))
    own = (problem for one in found for problem in one.problems)
    value = Findings(
        findings=tuple(finding_line(finding) for one in found for finding in one.findings),
        problems=problem_lines((*check.problems((show.guid,)), *own)),
        hidden=sum(hidden.count for one in found for hidden in one.hidden),
    )
    return Reply(value=value)


@operation("GET", API_EPISODE_FINDINGS, name="checkEpisode", scope=Scope.READ, right=Right.SEE_DRAFTS, gives=Findings)
def check_episode(*, episode: str) -> Reply:
    """Check one episode, a draft too, each finding with the key of the note that it is about."""
    row = find(episode)
    faults: tuple[FindingLine, ...] = ()
    if row.episode is not None and row.line.withdrawn_at is None:
        faults = keyed_lines(find_faults(place(), current.show(), row.episode, links=site().public, now=now()))
    return Reply(value=Findings(findings=faults, problems=problem_lines(standing(row)[1])))
