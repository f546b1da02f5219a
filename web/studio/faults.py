"""What is wrong with a note, said beside the field it concerns, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.actions.foreseen import KeyedFinding
from catalogue.actions.note_checking import NoteFault
from catalogue.actions.note_form import FIELD_OF_KEY
from catalogue.check.rule import Level
from catalogue.domain.plan import Problem
from catalogue.errors import CatalogueError
from web.studio.words import studio_words

# What templates and rules say is English until it has words of its own.
THEIRS = "en"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sentence, its language, and the field (its `name`, empty: the whole form) that it is said at."""

    sentence: str
    language: str
    field: str = ""
    label: str = ""


def told_faults(faults: Iterable[NoteFault]) -> tuple[Told, ...]:
    """Say each fault of a note at its field; what no field has is said of its key."""
    return tuple(_told(fault) for fault in faults)


def told_error(error: CatalogueError, field: str = "") -> Told:
    """Say an error at a field, in the words of the page where it has any."""
    words = studio_words()
    key = f"fault_{error.code}"
    label = words(f"field_{field}") if field else ""
    if key not in words:
        return Told(sentence=error.sentence, language=THEIRS, field=field, label=label)
    params = {name: value for name, value in error.params.items() if isinstance(value, str | int)}
    return Told(sentence=words(key, **params), language=words.language, field=field, label=label)


def told_problems(problems: Iterable[Problem]) -> tuple[Told, ...]:
    """Say what the last index found about an episode's files."""
    return tuple(Told(sentence=f"{one.path}: {one.message}", language=THEIRS) for one in problems)


def told_findings(findings: Iterable[KeyedFinding]) -> tuple[Told, ...]:
    """Say what directories and listeners mind, each at its field; what is only advice is left to `castalogue check`."""
    return tuple(
        Told(
            sentence=f"{one.finding.message} {one.finding.mend}".strip(),
            language=THEIRS,
            field=FIELD_OF_KEY.get(one.key, "") if one.key is not None else "",
        )
        for one in findings
        if one.finding.level is not Level.ADVICE
    )


def _told(fault: NoteFault) -> Told:
    field = FIELD_OF_KEY.get(fault.key, "") if fault.key is not None else ""
    told = told_error(fault.error, field)
    if field or fault.key is None:
        return told
    return Told(sentence=f"{fault.key}: {told.sentence}", language=told.language)
