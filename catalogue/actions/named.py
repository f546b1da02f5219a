"""Episodes as people name them: by slug, folder or GUID."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator

from catalogue.actions.open import Place
from catalogue.domain.episode import Episode
from catalogue.domain.show import Show
from catalogue.errors import Conflict, NotFound
from catalogue.store.index import EpisodeRow, ShowRow

# How like a slug a name has to be to be taken for it (`difflib`).
NEAR = 0.7


def find_episode(place: Place, name: str) -> tuple[Show, Episode]:
    """Find an episode by slug, folder or GUID (`show/slug` where two shows have one); raises NotFound, Conflict."""
    show, row = _only(place, name, [(show, one) for show, one in named_rows(place, name) if one.episode is not None])
    assert row.episode is not None
    return show.show, row.episode


def find_row(place: Place, name: str) -> tuple[ShowRow, EpisodeRow]:
    """As `find_episode`, also where nothing but the ledger's line is left of it."""
    return _only(place, name, list(named_rows(place, name)))


def named_rows(place: Place, name: str) -> Iterator[tuple[ShowRow, EpisodeRow]]:
    """Give every episode that has this slug, folder or GUID."""
    wanted = spelled(name.rstrip("/"))
    for row in place.index.shows():
        inside = f"{row.show.path}/" if row.show.path else ""
        for one in place.index.episodes(row.show.guid):
            line = one.line
            # Where a draft lay that was thrown away, another episode may lie now.
            places = (line.path, f"{inside}{line.path}") if line.discarded_at is None else ()
            names = (line.guid, line.slug, f"{row.show.slug}/{line.slug}", *places)
            if wanted in names or name in (line.guid, exact_name(row.show, line.guid)):
                yield row, one


def row_at(place: Place, folder: str) -> EpisodeRow:
    """The episode of a folder or stem, as the library has its path; raises NotFound."""
    for show, one in named_rows(place, folder):
        if f"{show.show.path}/{one.line.path}".lstrip("/") == spelled(folder):
            return one
    raise no_episode(place, folder)


def no_episode(place: Place, name: str) -> NotFound:
    """What is raised where nothing is called so; with the slug that is nearest, if one is near."""
    slugs = (one.line.slug for show in place.index.shows() for one in place.index.episodes(show.show.guid))
    near = difflib.get_close_matches(name.rstrip("/").lower()[:200], slugs, 1, NEAR)
    mend = "Did you mean “{near}”?" if near else "See castalogue list."
    template = f"No episode has the slug, folder or GUID “{{name}}”. {mend}"
    return NotFound("no-episode", template, name=name[:200], near=near[0] if near else "")


def exact_name(show: Show, guid: str) -> str:
    """A name that means one episode alone: a file can be sent to another show whose slug becomes that GUID."""
    return f"{show.guid}/{guid}"


def spelled(path: str) -> str:
    """A path as the ledger spells it; disks and keyboards may write its letters in parts."""
    return unicodedata.normalize("NFC", path)


def _only(place: Place, name: str, found: list[tuple[ShowRow, EpisodeRow]]) -> tuple[ShowRow, EpisodeRow]:
    if not found:
        raise no_episode(place, name)
    if len(found) > 1:
        shows = ", ".join(show.show.slug for show, _ in found)
        raise Conflict("ambiguous", "Several shows have “{name}” ({shows}). Write SHOW/{name}.", name=name, shows=shows)
    return found[0]


def find_show_row(place: Place, name: str | None) -> ShowRow:
    """Find a show by slug, folder or GUID; None names the only one. Raises NotFound, Conflict."""
    rows = place.index.shows()
    if name is None and len(rows) == 1:
        return rows[0]
    if name is None and rows:
        raise Conflict("which-show", "The library holds several shows; say --show {first}.", first=rows[0].show.slug)
    wanted = spelled((name or "").rstrip("/").removeprefix("./"))
    for row in rows:
        if wanted in (row.show.slug, row.show.path or ".", row.show.guid):
            return row
    raise NotFound(
        "no-show",
        "No show has the slug, folder or GUID “{name}”. There is: {known}.",
        name=name,
        known=", ".join(row.show.slug for row in rows) or "none yet",
    )
