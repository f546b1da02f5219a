"""The newest state of the catalogue, whoever asks for it here: the guard, and the pages behind it."""

from __future__ import annotations

from flask import current_app

from catalogue.actions.worktable import Worktable
from web.current import site
from web.studio.current import place

EXTENSION = "castalogue-worktable"


def worktable() -> Worktable:
    """The newest state of the index; one for an application."""
    found = current_app.extensions.get(EXTENSION)
    if found is None:
        found = current_app.extensions.setdefault(EXTENSION, Worktable(place().index, site().publication.state))
    assert isinstance(found, Worktable)
    return found
