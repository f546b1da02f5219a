"""Two folders with one identity: a show that somebody copied, its ledger with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from catalogue.domain.plan import Problem, Severity, ShowPlan
from catalogue.domain.show import Show
from catalogue.errors import SlugTaken
from catalogue.store.index import ShowRow


def copied_shows(homes: Mapping[str, str | None], rows: Iterable[ShowRow], problems: list[Problem]) -> frozenset[str]:
    """Folders whose GUID is another show's too: the one the index knows goes on, each other is named and waits.

    `homes` are the folders of all shows with their GUIDs.
    """
    folders: dict[str, list[str]] = {}
    for path, guid in homes.items():
        if guid is not None:
            folders.setdefault(guid, []).append(path)
    known = {(row.show.path, row.show.guid) for row in rows}
    copies: set[str] = set()
    for guid, paths in folders.items():
        owner = next((path for path in paths if (path, guid) in known), None)
        copies.update(path for path in paths if len(paths) > 1 and path != owner)
        problems += [_copy_problem(path, paths, owner) for path in paths if path in copies]
    return frozenset(copies)


def check_slug(show: Show, rows: Iterable[ShowRow], plans: Iterable[ShowPlan]) -> None:
    """Raise SlugTaken where a ledger from elsewhere brings the slug of another show."""
    others = (*(row.show for row in rows), *(plan.show for plan in plans))
    if any(other.slug == show.slug and other.guid != show.guid for other in others):
        raise SlugTaken(
            "slug-taken", "The slug '{slug}' is another show's. Write another into show.toml.", slug=show.slug
        )


def _copy_problem(path: str, paths: Sequence[str], owner: str | None) -> Problem:
    twin = owner if owner is not None else next(one for one in paths if one != path)
    mend = "For a show of its own, delete its ledger.jsonl, and the `guid` in its show.toml where one stands there"
    mend += "." if owner is not None else ", if this is the copy; the other one keeps its own."
    message = f"It has the identity of the show in {twin or 'the library itself'}, so it waits. {mend}"
    return Problem(severity=Severity.ERROR, code="show-guid-taken", path=path, message=message)
