"""What is wrong with a note, said beside the field it concerns, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalogue.actions.foreseen import KeyedFinding
from catalogue.actions.note_checking import NoteFault
from catalogue.actions.note_form import FIELD_OF_KEY
from catalogue.check.rule import Level
from catalogue.domain.plan import Problem
from catalogue.errors import CatalogueError
from web.studio.row_names import BEGINNINGS
from web.studio.sentences import WHOLE, finding_in, places_in, problem_in, reason_in, sentence_of
from web.studio.words import studio_words
from web.words import Words

# Fields that are chosen, not written: buttons of which one is pressed, lists of which one entry is taken.
CHOSEN = frozenset({"explicit", "language", "new_files", "timezone"})
# What has no sentence in the language of the page is said as errors and rules say it.
THEIRS = "en"
NEEDS = "show-needs"
# What follows in the sentence of a problem that waits (`catalogue.actions.changes`) is for a terminal.
UNTIL = ". Until you say"


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
    label = words(f"field_{field}") if field else ""
    code = needs_code(field) if error.code == NEEDS else error.code
    own = _in_words(code, error.params, words) or sentence_of(error.code, error.params, words.language)
    if own is None:
        return Told(sentence=error.sentence, language=THEIRS, field=field, label=label)
    return Told(sentence=own, language=words.language, field=field, label=label)


def needs_code(field: str) -> str:
    """Whether an empty field asks to be filled in or for a choice.

    >>> needs_code("title"), needs_code("explicit")
    ('show-needs', 'show-needs-choice')
    """
    return f"{NEEDS}-choice" if field in CHOSEN else NEEDS


def told_at(faults: Iterable[Told]) -> dict[str, list[Told]]:
    """Faults by the field they stand at."""
    found: dict[str, list[Told]] = {}
    for one in faults:
        found.setdefault(one.field, []).append(one)
    return found


def told_problems(problems: Iterable[Problem]) -> tuple[Told, ...]:
    """Say what an index found about files."""
    return tuple(map(told_problem, problems))


def told_problem(problem: Problem) -> Told:
    """Say what an index found about a file, in the words of the page where there are any."""
    language = studio_words().language
    own = problem_in(problem, language) or _in_other_words(problem, language)
    if own is not None:
        return Told(sentence=own, language=language)
    return Told(sentence=problem.message if problem.path in WHOLE else str(problem), language=THEIRS)


def told_reason(reason: str) -> Told:
    """Say a reason that was kept in English, in the words of the page where it is known there."""
    language = studio_words().language
    own = reason_in(reason, language)
    return Told(sentence=own, language=language) if own is not None else Told(sentence=reason, language=THEIRS)


def told_held(problem: Problem) -> Told:
    """Say why files wait; without the commands that settle it, where the page has buttons for them."""
    told = told_problem(problem)
    because, until, _ = told.sentence.partition(UNTIL)
    return replace(told, sentence=f"{because}.") if problem.claims and until else told


def told_findings(findings: Iterable[KeyedFinding]) -> tuple[Told, ...]:
    """Say what directories and listeners mind, each at its field; what is only advice is left to `castalogue check`."""
    return tuple(_told_finding(one) for one in findings if one.finding.level is not Level.ADVICE)


def _told_finding(one: KeyedFinding) -> Told:
    language = studio_words().language
    field, own = FIELD_OF_KEY.get(one.key, "") if one.key is not None else "", finding_in(one.finding, language)
    if own is None:
        mend = one.finding.mend[:1].upper() + one.finding.mend[1:]
        return Told(sentence=f"{one.finding.message} {mend}".strip(), language=THEIRS, field=field)
    return Told(sentence=own, language=language, field=field)


def _in_other_words(problem: Problem, language: str) -> str | None:
    """Say a problem as the studio says the error of that code; what errors and rules say in English is said so."""
    said = _in_words(problem.code, dict(problem.said), studio_words()) if language != THEIRS else None
    return f"{problem.path}: {said}" if said and problem.path not in WHOLE else said


def _in_words(code: str, params: dict[str, object], words: Words) -> str | None:
    """Say an error in the studio's own words; None where they have none for it."""
    key = f"fault_{code}"
    if key not in words:
        return None
    try:
        return words(key, **places_in(params, words.language))
    except KeyError:  # another error of that name, which says other things
        return None


def _told_row(fault: NoteFault) -> Told | None:
    """Say what a row lacks by the name of its field; None of any other fault."""
    key, words = fault.key or "", studio_words()
    label = f"{BEGINNINGS.get(key)}_{str(fault.error.params.get('missing', '')).strip('`')}"
    if fault.error.code != "incomplete" or label not in words:
        return None
    sentence = words("form_row_lacks", what=words(label))
    return Told(sentence=sentence, language=words.language, field=key, label=words(f"field_{key}"))


def _told(fault: NoteFault) -> Told:
    field = FIELD_OF_KEY.get(fault.key, "") if fault.key is not None else ""
    told = _told_row(fault) or told_error(fault.error, field)
    if field or fault.key is None:
        return told
    return Told(sentence=f"{fault.key}: {told.sentence}", language=told.language)
