"""What belongs to a request of the studio: the place it works on, who asks, the show that is meant."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g

from catalogue.actions.accounts.desk import Desk, write_down
from catalogue.actions.accounts.sessions import SignedIn
from catalogue.actions.open import Place
from catalogue.domain.producers import Deed, Producer
from catalogue.domain.rights import Right
from catalogue.domain.show import Show
from web.current import now

EXTENSION = "castalogue-studio"


@dataclass(frozen=True, kw_only=True)
class Studio:
    """What the studio's views work with. `desk` None: it is closed, for the server's key cannot be used."""

    place: Place
    desk: Desk | None


def studio_of_request() -> Studio:
    """Give the studio this request asks."""
    found: Studio = current_app.extensions[EXTENSION]
    return found


def place() -> Place:
    """The library, its index and the box, for what actions do."""
    return studio_of_request().place


def desk() -> Desk:
    """The accounts; only where the studio is open, which the guard has looked at."""
    found = studio_of_request().desk
    assert found is not None
    return found


def signed_in() -> SignedIn | None:
    """Who asks, if somebody who is signed in does."""
    found: SignedIn | None = g.get("signed_in")
    return found


def producer() -> Producer:
    """Who asks; only in views that are not for anybody."""
    found = signed_in()
    assert found is not None
    return found.producer


def show() -> Show:
    """The show of the address; only in views that have one. Whoever asks may see it."""
    found: Show = g.studio_show
    return found


def can(right: Right, show: Show | None = None) -> bool:
    """Whether who asks may do something to a show (None: to all), for pages that offer only what works."""
    found = signed_in()
    return found is not None and found.producer.may(right, show.guid if show else None)


def log(what: Deed | str, *, show: Show | None = None, which: str = "") -> None:
    """Write into the log that who asks did something."""
    found = signed_in()
    whose = found.producer if found else None
    write_down(desk(), whose, what, now=now(), show_guid=show.guid if show else "", which=which)
