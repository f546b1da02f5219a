"""Why an errand failed or left something out, kept so that it can be said in another language later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from catalogue.documents import read_document, render_document
from catalogue.domain.errands import Errand, ErrandState
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import CatalogueError


def failure(error: CatalogueError) -> dict[str, object]:
    """An error as JSON holds it: `where` is the file or address that it names before its sentence, or empty."""
    params = {name: _kept(value) for name, value in error.params.items()}
    where = str(error).removesuffix(error.sentence).removesuffix(": ")
    return {"code": error.code, "template": error.template, "params": params, "where": where}


def error_of(errand: Errand) -> CatalogueError | None:
    """The error that an errand failed with; None where it did not fail."""
    if errand.state is not ErrandState.FAILED:
        return None
    kept = errand.outcome
    params = kept["params"]
    assert isinstance(params, dict)
    read = {name: read_problem(value) if isinstance(value, dict) else value for name, value in params.items()}
    return CatalogueError(str(kept["code"]), str(kept["template"]), **read)


def where_of(errand: Errand) -> str:
    """The file or address that its error is about, or nothing."""
    return str(errand.outcome.get("where", ""))


def keep_problem(problem: Problem) -> dict[str, object]:
    """A problem as JSON holds it."""
    return cast("dict[str, object]", json.loads(render_document(Problem, problem)))


def read_problem(kept: Mapping[str, object] | str) -> Problem:
    """Read back what `keep_problem` made; what an older version kept is a sentence."""
    if isinstance(kept, str):
        return Problem(severity=Severity.ERROR, code="", path="", message=kept)
    return read_document(Problem, json.dumps(kept))


def _kept(value: object) -> object:
    if isinstance(value, Problem):
        return keep_problem(value)
    return value if isinstance(value, int | float) else str(value)
