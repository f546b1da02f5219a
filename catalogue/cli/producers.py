"""The command for who may: producer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, json_option, links_of, opened, settings_of, tell_where_links_lead
from catalogue.cli.printing import print_json, tell

if TYPE_CHECKING:
    from catalogue.actions.accounts.desk import Desk
    from catalogue.actions.open import Place
    from catalogue.domain.producers import Producer
    from catalogue.domain.rights import Grant

# As `Role` in domain.rights, which is not imported for `--help`; a test compares the two.
ROLES = ("owner", "editor", "contributor", "reviewer")


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What was typed, opened."""

    place: Place
    desk: Desk
    name: str | None
    show: str | None
    role: str | None
    as_json: bool
    now: datetime


def _list(asked: _Asked) -> None:
    found = asked.desk.accounts.producers()
    if asked.as_json:
        print_json([_document(one) for one in found])
        return
    for one in found:
        state = "closed" if one.disabled_at else "asks for a code" if one.second_step is not None else ""
        roles = ", ".join(f"{_title(asked, grant)}: {grant.role.value}" for grant in one.grants) or "no role"
        click.echo("   ".join(filter(None, (one.shown_name, roles, state))))
    if not found:
        tell("Nobody yet. castalogue producer invite makes a link for the first owner.")


def _invite(asked: _Asked) -> None:
    from catalogue.actions.accounts.links import begin_address, invitation_address

    base_url = links_of(asked.place).base_url
    first = begin_address(asked.desk, base_url, now=asked.now)
    if first is not None:
        tell("Nobody is here yet, so this link makes the owner of everything. It works once, for 24 hours:")
        click.echo(first)
        tell_where_links_lead(asked.place)
        return
    address = invitation_address(asked.desk, base_url, _grant(asked), made_by=None, now=asked.now)
    tell("Hand this link on. It works once, for seven days:")
    click.echo(address)
    tell_where_links_lead(asked.place)


def _reset(asked: _Asked) -> None:
    from catalogue.actions.accounts.links import reset_address

    base_url = links_of(asked.place).base_url
    address = reset_address(asked.desk, base_url, _named(asked), made_by=None, now=asked.now)
    tell("Hand this link on. It works once, for 24 hours, and takes the second step away:")
    click.echo(address)
    tell_where_links_lead(asked.place)


def _disable(asked: _Asked) -> None:
    from catalogue.actions.accounts.members import disable

    found = _named(asked)
    disable(asked.desk, None, found, now=asked.now)
    tell(f"{found.shown_name} can sign in no more, and is signed out everywhere.")


def _enable(asked: _Asked) -> None:
    from catalogue.actions.accounts.members import enable

    found = _named(asked)
    enable(asked.desk, None, found, now=asked.now)
    tell(f"{found.shown_name} can sign in again.")


def _give(asked: _Asked) -> None:
    from catalogue.actions.accounts.members import change_role

    found, grant = _named(asked), _grant(asked)
    change_role(asked.desk, None, found, grant, now=asked.now)
    tell(f"{found.shown_name} is {grant.role.value} of {_title(asked, grant)} now.")


def _revoke(asked: _Asked) -> None:
    from catalogue.actions.accounts.members import remove
    from catalogue.errors import NotFound

    found, guid = _named(asked), _guid(asked)
    if found.role_in(guid) is None:
        raise NotFound("no-role-there", "{name} has no role there. See castalogue producer list.", name=asked.name)
    remove(asked.desk, None, found, guid, now=asked.now)
    tell(f"{found.shown_name} has no role there any more.")


DEEDS: dict[str, Callable[[_Asked], None]] = {
    "list": _list,
    "invite": _invite,
    "grant": _give,
    "revoke": _revoke,
    "reset": _reset,
    "disable": _disable,
    "enable": _enable,
}


@click.command()
@click.argument("deed", type=click.Choice(list(DEEDS)))
@click.argument("name", required=False)
@click.option("--role", type=click.Choice(ROLES), help="Which role to give; editor, where none is stated.")
@click.option("--show", metavar="SHOW", help="In which show; in all of them, where none is stated.")
@json_option
@common_options
def producer(deed: str, name: str | None, role: str | None, show: str | None, as_json: bool, **options: Any) -> None:
    """Say who may work in the studio: list, invite, grant, revoke, reset a password, disable, enable.

    There is no mail: invite and reset print a link to hand on.
    """
    from catalogue.actions.accounts.desk import Desk
    from catalogue.actions.accounts.server_key import open_server_key

    with opened(settings_of(**options)) as place:
        desk = Desk(accounts=place.index, key=open_server_key(place.settings))
        now = datetime.now(UTC)
        DEEDS[deed](_Asked(place=place, desk=desk, name=name, show=show, role=role, as_json=as_json, now=now))


def _named(asked: _Asked) -> Producer:
    from catalogue.domain.producers import fold_name
    from catalogue.errors import NotFound

    if asked.name is None:
        raise click.UsageError("Name somebody. castalogue producer list names all.")
    found = asked.desk.accounts.producer_named(fold_name(asked.name))
    if found is None:
        raise NotFound("no-producer", "Nobody is called {name}. See castalogue producer list.", name=asked.name)
    return found


def _grant(asked: _Asked) -> Grant:
    from catalogue.domain.rights import Grant, Role

    return Grant(show_guid=_guid(asked), role=Role(asked.role or Role.EDITOR.value))


def _guid(asked: _Asked) -> str:
    from catalogue.actions.named import find_show_row
    from catalogue.domain.rights import ALL_SHOWS

    return ALL_SHOWS if asked.show is None else find_show_row(asked.place, asked.show).show.guid


def _title(asked: _Asked, grant: Grant) -> str:
    titles = {row.show.guid: row.show.title for row in asked.place.index.shows()}
    return titles.get(grant.show_guid, "all shows")


def _document(one: Producer) -> dict[str, Any]:
    return {
        "name": one.shown_name,
        "roles": [{"show": grant.show_guid, "role": grant.role.value} for grant in one.grants],
        "second_step": one.second_step is not None,
        "closed": one.disabled_at is not None,
        "created_at": one.created_at.isoformat(),
    }
