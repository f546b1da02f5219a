"""What belongs to a request of the API: which program asks, the show that is meant, and who it may be told of."""

from __future__ import annotations

from flask import g

from catalogue.actions.accounts.desk import write_down
from catalogue.actions.accounts.tokens import Caller
from catalogue.actions.runs import Wishes
from catalogue.domain.rights import Right
from catalogue.domain.show import Show
from catalogue.domain.tokens import Scope
from catalogue.errors import Forbidden
from catalogue.store.index import EpisodeRow
from web.current import now, site
from web.studio.current import desk


def caller() -> Caller:
    """Which program asks, and in whose name; only in operations that are not for anybody."""
    found: Caller = g.api_caller
    return found


def show() -> Show:
    """The show of the address; only in operations that have one. Its producer may see it."""
    found: Show = g.studio_show
    return found


def may(scope: Scope, right: Right) -> bool:
    """Whether the program may do something to the show of the address."""
    return caller().may(scope, right, show().guid)


def insist(scope: Scope, right: Right, why: str) -> None:
    """Raise Forbidden where the program may not do it to the show of the address; `why` says what it was to do."""
    if not may(scope, right):
        raise Forbidden("no-right", "{why} needs the scope {scope}, and the role for it.", why=why, scope=scope.value)


def wishes() -> Wishes:
    """How a deed that a program asked for is to go; what it writes is known by its producer's name and its own."""
    return Wishes(clock=site().clock, who=f"{caller().producer.shown_name} ({caller().token.name})")


def log(what: str, *, which: str = "") -> None:
    """Write into the log what a program did, in whose name and by which token."""
    token = caller().token.name
    named = f"{which} ({token})" if which else token
    guid = g.studio_show.guid if "studio_show" in g else ""
    write_down(desk(), caller().producer, what, now=now(), show_guid=guid, which=named)


def save_author(row: EpisodeRow) -> None:
    """Keep whose draft it is that a program began."""
    desk().accounts.save_author(show().guid, row.line.guid, caller().producer.id)
