"""The studio opened over a library, or shut with a word why; the site works either way."""

from __future__ import annotations

from collections.abc import Callable

from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.server_key import open_server_key
from catalogue.actions.open import Place
from catalogue.errors import ConfigError
from web.studio.current import Studio


def open_studio(place: Place, *, say: Callable[[str], None]) -> Studio:
    """Open the studio. Where the server's key cannot be used it stays shut, and `say` is told why."""
    try:
        return Studio(place=place, desk=Desk(accounts=place.index, key=open_server_key(place.settings)))
    except ConfigError as error:
        say(f"The studio stays shut: {error}")
        return Studio(place=place, desk=None)
