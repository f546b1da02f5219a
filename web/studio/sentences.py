"""What rules and files have to say, in the language of the page: their own sentences are English.

A problem or an error is known by its code, a finding by its rule: each has a sentence in `sentences/<language>/`, with
the places that its own has, as far as they are known. What was kept by an older version without them is said as it was.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.check.rule import Finding
from catalogue.domain.plan import Problem

FOLDER = Path(__file__).parent / "sentences"
HELD = "held-"
# What is about the library itself, or a show that is all of it, is said without a place.
WHOLE = ("", ".")


def sentence_of(code: str, places: dict[str, Any], language: str) -> str | None:
    """Say an error by its code; None where it has no sentence of that language, or one with other places."""
    template = _read(language, "problems").get(code)
    if template is None:
        return None
    try:
        return str(template).format(**places_in(places, language))
    except KeyError:  # another error of that code, which knows other things
        return None


def places_in(places: dict[str, Any], language: str) -> dict[str, Any]:
    """Say in a language what stands in a sentence and is itself a sentence: a problem, or what the system gives."""
    several = places.get("problems")
    if several:
        return {**places, "why": " ".join(_spoken(replace(one, path="", line=None), language) for one in several)}
    said = {"why": _spoken, "choices": _listed}
    return {name: said[name](value, language) if name in said else value for name, value in places.items()}


def reason_in(reason: str, language: str) -> str | None:
    """Say a reason that is known by its English words, such as those of the system; None where it is none of them."""
    found = _read(language, "reasons").get(reason.casefold().rstrip("."))
    return str(found) if found is not None else None


def _listed(value: Any, language: str) -> str:
    return str(value).replace(" or ", _OR.get(language, " or "))


def _spoken(value: Any, language: str) -> str:
    own = problem_in(value, language) if isinstance(value, Problem) else reason_in(str(value), language)
    return own or str(value)


def problem_in(problem: Problem, language: str) -> str | None:
    """Say a problem with its place; None where it has no sentence of that language."""
    said = sentence_of(problem.code, dict(problem.said), language)
    if said is None and problem.code.startswith(HELD):
        said = sentence_of(f"{HELD}unknown", {}, language)
    if said is None:
        return None
    line = _LINE[language].format(line=problem.line) if problem.line is not None else ""
    return f"{problem.path}{line}: {said}" if problem.path not in WHOLE else said


def finding_in(finding: Finding, language: str) -> str | None:
    """Say what a rule demands, what is there, and the mend; None where it has no sentence of that language."""
    rule = _read(language, "rules").get(finding.rule)
    if rule is None:
        return None
    there = _THERE[language].format(value=finding.value) if finding.value else ""
    return f"{rule['what']}{there} {rule['mend']}"


_LINE = {"es": ", línea {line}"}
_OR = {"es": " o "}
_THERE = {"es": " Ahora dice: «{value}»."}


@cache
def _read(language: str, name: str) -> dict[str, Any]:
    path = FOLDER / language / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
