"""How findings are told: for people, as JSON, and as annotations of a workflow on GitHub."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.printing import how_many, marked, print_json, problem_document, tell

if TYPE_CHECKING:
    from catalogue.actions.checked import Checked
    from catalogue.check.rule import Finding
    from catalogue.domain.plan import Problem

# GitHub, "Workflow commands": there is no advice, and a notice is the least.
_ANNOTATIONS = {"error": "error", "warning": "warning", "advice": "notice", "notice": "notice"}


def told_levels(found: Iterable[Checked], problems: Iterable[Problem]) -> list[str]:
    """The level of each finding and each problem."""
    levels = [problem.severity.value for problem in problems]
    for one in found:
        levels += [finding.level.value for finding in one.findings]
        levels += [problem.severity.value for problem in one.problems]
    return levels


def print_text(found: Sequence[Checked], problems: Sequence[Problem]) -> None:
    """Print a line a finding, after each rule the mend and whose demand it is, and on standard error the counts."""
    for problem in (*problems, *(problem for one in found for problem in one.problems)):
        click.echo(marked(problem.severity.value, str(problem)))
    for one in found:
        for _, group in groupby(one.findings, key=lambda finding: (finding.rule, finding.level, finding.mend)):
            findings = tuple(group)
            click.echo("\n".join(marked(finding.level.value, _line(finding)) for finding in findings))
            click.echo(click.style(f"    {findings[0].rule}: {_mend(findings[0])}", dim=True))
    tell_outcome(found, problems)


def print_findings_json(found: Sequence[Checked], problems: Sequence[Problem], **more: Any) -> None:
    """Print everything as one JSON document; `more` are keys beside it."""
    own = [problem for one in found for problem in one.problems]
    document = {
        "findings": [_document(one.name, finding) for one in found for finding in one.findings],
        "problems": [problem_document(problem) for problem in (*problems, *own)],
        "hidden": [
            {"show": one.name, "rule": hidden.rule, "reason": hidden.reason, "count": hidden.count}
            for one in found
            for hidden in one.hidden
        ],
        "unasked": sum(one.unasked for one in found),
    }
    print_json(document | more)


def print_annotations(found: Sequence[Checked], problems: Sequence[Problem], *, library: Path) -> None:
    """Print an annotation a finding, as GitHub's workflows show beside the lines of a change."""
    own = (problem for one in found for problem in one.problems)
    for problem in (*problems, *own):
        place = _place(_from_here(library, problem.path), problem.line)
        click.echo(_annotation(problem.severity.value, {**place, "title": problem.code}, problem.message))
    for one in found:
        for finding in one.findings:
            file = _from_here(library, finding.file) if one.show_path is not None else finding.file
            title = f"{finding.rule} {finding.where}"
            text = f"{finding.message}\n{_mend(finding)}"
            click.echo(_annotation(finding.level.value, {**_place(file, finding.file_line), "title": title}, text))
    tell_outcome(found, problems)


def tell_outcome(found: Sequence[Checked], problems: Sequence[Problem]) -> None:
    """Say what is not shown or was not asked, and how much was found of each level."""
    for line in _remarks(found):
        tell(line)
    levels = told_levels(found, problems)
    counts = [how_many(levels.count(level), level) for level in ("error", "warning")]
    counts.append(how_many(levels.count("advice") + levels.count("notice"), "remark"))
    tell(f"{', '.join(counts)}.")


def _remarks(found: Iterable[Checked]) -> Iterator[str]:
    for one in found:
        for hidden in one.hidden:
            yield f"{one.name}: {how_many(hidden.count, 'finding')} not shown: {hidden.rule} ({hidden.reason})"
        if one.unasked:
            addresses = "1 address was" if one.unasked == 1 else f"{one.unasked} addresses were"
            yield f"{one.name}: {addresses} not asked: there are too many, or their server is silent."


def _line(finding: Finding) -> str:
    place = finding.file if finding.file_line is None else f"{finding.file}:{finding.file_line}"
    who = f"{finding.rule} {finding.where}" if finding.where != finding.file else finding.rule
    told = f"{place}: {who}: {finding.message}".removeprefix(": ")
    # A title of somebody else's may hold line ends, and signs that a terminal obeys.
    return " ".join("".join(sign if sign.isprintable() else " " for sign in told).split())


def _mend(finding: Finding) -> str:
    mend = f"{finding.mend[:1].upper()}{finding.mend[1:]}"
    return f"{mend} ({finding.source})" if mend else f"({finding.source})"


def _place(file: str, line: int | None) -> dict[str, str]:
    return ({"file": file} if file else {}) | ({"line": str(line)} if file and line is not None else {})


def _from_here(library: Path, path: str) -> str:
    """A path of the library as seen from the current folder, which in a workflow is the repository."""
    return Path(os.path.relpath(library / path)).as_posix() if path else ""


def _annotation(level: str, properties: dict[str, str], message: str) -> str:
    r"""A workflow command (actions/toolkit, `command.ts`, says what is escaped).

    >>> _annotation("advice", {"file": "a,b.md", "line": "3"}, "100 % of it\nand more")
    '::notice file=a%2Cb.md,line=3::100 %25 of it%0Aand more'
    """
    stated = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
    return f"::{_ANNOTATIONS[level]} {stated}::{_escaped(message, _DATA)}"


_DATA = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_PROPERTY = (*_DATA, (":", "%3A"), (",", "%2C"))


def _escaped(text: str, table: Iterable[tuple[str, str]]) -> str:
    for old, new in table:
        text = text.replace(old, new)
    return text


def _document(name: str, finding: Finding) -> dict[str, Any]:
    return {
        "show": name,
        "rule": finding.rule,
        "level": finding.level.value,
        "message": finding.message,
        "where": finding.where,
        "guid": finding.guid,
        "value": finding.value,
        "source": finding.source,
        "mend": finding.mend,
        "file": finding.file,
        "line": finding.file_line,
        "feed_line": finding.line,
    }
