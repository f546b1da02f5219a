"""Leave out the findings of rules that a show disables, and say so."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable

from catalogue.actions.checked import Hidden
from catalogue.actions.facts import problems_of, read_whole
from catalogue.actions.planning import SHOW_FILE_LIMIT_BYTES
from catalogue.check.rule import Finding
from catalogue.check.run_online import all_rules
from catalogue.domain.plan import Problem
from catalogue.domain.show import Show
from catalogue.errors import ContentError, ContentErrors, ShowFileError
from catalogue.library.check_table import CheckTable, Disabled, read_check_table
from catalogue.library.folder import SHOW_NAME
from catalogue.ports import LibraryStorage


def read_disabled(storage: LibraryStorage, path: str) -> tuple[tuple[Disabled, ...], tuple[Problem, ...]]:
    """Read which rules the `show.toml` at `path` disables, and what is wrong in that, each with its line.

    A file that cannot be read at all disables nothing: why, the index says.
    """
    try:
        table = read_check_table(read_whole(storage, path, limit_bytes=SHOW_FILE_LIMIT_BYTES), path)
    except (ContentError, ContentErrors):
        table = CheckTable()
    known = {rule.id for rule in all_rules()}
    unknown = [_unknown(one, known, path) for one in table.disabled if one.rule not in known]
    problems = (problem for error in (*table.errors, *unknown) for problem in problems_of(error, path))
    return tuple(one for one in table.disabled if one.rule in known), tuple(problems)


def without_disabled(
    findings: Iterable[Finding], disabled: Iterable[Disabled]
) -> tuple[tuple[Finding, ...], tuple[Hidden, ...]]:
    """Part findings into those that are shown, and the others counted by rule."""
    findings, reasons = tuple(findings), {one.rule: one.reason for one in disabled}
    counts = Counter(finding.rule for finding in findings if finding.rule in reasons)
    hidden = tuple(Hidden(rule=rule, reason=reasons[rule], count=counts[rule]) for rule in sorted(counts))
    return tuple(finding for finding in findings if finding.rule not in reasons), hidden


def without_disabled_of(storage: LibraryStorage, show: Show, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that a show wants to see, without a word on the others."""
    disabled, _ = read_disabled(storage, f"{show.path}/{SHOW_NAME}".lstrip("/"))
    return without_disabled(findings, disabled)[0]


def _unknown(one: Disabled, known: Iterable[str], path: str) -> ShowFileError:
    near = difflib.get_close_matches(one.rule, sorted(known), n=1)
    template = "There is no rule {rule} to disable. {mend}"
    mend = f"Did you mean {near[0]}?" if near else "See docs/rules.md for all of them, or remove the line."
    return ShowFileError("unknown-rule", template, path=path, line=one.line, rule=one.rule[:20], mend=mend)
