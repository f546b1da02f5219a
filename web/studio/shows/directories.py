"""Getting listed: what each large directory still lacks of a show, and where the show is handed in."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template

from catalogue.actions.directories import Directory, list_directories
from catalogue.domain.rights import Right
from catalogue.domain.show_work_patterns import DIRECTORIES
from web.current import now
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import place
from web.studio.rights import allows
from web.studio.work import shelf

# What a page of the studio mends, by the code of what is needed.
MENDED_AT = {
    "cover": "studio.show_artwork",
    "category": "studio.settings",
    "description": "studio.settings",
    "episode": "studio.episodes",
    "numbers": "studio.episodes",
    "audio": "studio.episodes",
    "email": "studio.settings",
    "allowed": "studio.settings",
}
# The field there, where it is one.
MENDED_IN = {
    "category": "field-categories",
    "description": "field-description",
    "email": "field-owner_email",
    "allowed": "field-block",
}


@studio.get(DIRECTORIES, endpoint="directories")
@allows(Right.SETTINGS)
def directories(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """Say what is there for all directories, then of each what lacks and what to do there."""
    listing = list_directories(place(), shelf().row, now())
    return render_template(
        "studio/directories.html",
        listing=listing,
        lacking=_lacking(listing.directories),
        mended_at=MENDED_AT,
        mended_in=MENDED_IN,
        show=current.show(),
    )


def _lacking(directories: Sequence[Directory]) -> dict[str, tuple[str, ...]]:
    """What lacks, by code, with the names of the directories that ask for it; none where all of them do."""
    found: dict[str, list[str]] = {}
    for one in directories:
        for need in one.needs:
            if need.mend is not None:
                found.setdefault(need.code, []).append(one.name)
    return {code: () if len(names) == len(directories) else tuple(names) for code, names in found.items()}
