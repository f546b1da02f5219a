"""Why an errand failed, kept so that it can be said in another language later."""

from __future__ import annotations

from catalogue.domain.errands import Errand, ErrandState
from catalogue.errors import CatalogueError


def failure(error: CatalogueError) -> dict[str, object]:
    """An error as JSON holds it: `where` is the file or address that it names before its sentence, or empty."""
    params = {name: value if isinstance(value, int | float) else str(value) for name, value in error.params.items()}
    where = str(error).removesuffix(error.sentence).removesuffix(": ")
    return {"code": error.code, "template": error.template, "params": params, "where": where}


def error_of(errand: Errand) -> CatalogueError | None:
    """The error that an errand failed with; None where it did not fail."""
    if errand.state is not ErrandState.FAILED:
        return None
    kept = errand.outcome
    params = kept["params"]
    assert isinstance(params, dict)
    return CatalogueError(str(kept["code"]), str(kept["template"]), **params)


def where_of(errand: Errand) -> str:
    """The file or address that its error is about, or nothing."""
    return str(errand.outcome.get("where", ""))
