"""The command for who gets the episodes that are not for everybody: members."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, json_option, links_of, opened, settings_of, tell_where_links_lead
from catalogue.cli.printing import print_json, tell

if TYPE_CHECKING:
    from catalogue.actions.open import Place
    from catalogue.domain.members import Member


def _list(place: Place, _name: str | None, show: str | None, as_json: bool) -> None:
    from catalogue.actions.members import list_members

    _, found = list_members(place, show=show)
    if as_json:
        print_json([_document(one) for one in found])
        return
    for one in found:
        until = f", revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else ""
        click.echo(f"{one.id:>4}  {one.name}  (since {one.added_at:%Y-%m-%d}{until})")
    if not found:
        tell("Nobody yet. castalogue members add NAME makes an address.")


def _add(place: Place, name: str | None, show: str | None, as_json: bool) -> None:
    from catalogue.actions.members import add_member

    done, links = add_member(place, _stated(name), show=show), links_of(place)
    page = links.private(done.token)
    if as_json:
        print_json(_document(done.member) | {"page": page, "feed": links.private_feed(done.token)})
        return
    tell(f"{done.member.name} is member {done.member.id} of {done.show.title}. Send them this page; it is shown once:")
    click.echo(page)
    tell_where_links_lead(place)
    tell(f"Whoever has it can listen, until castalogue members revoke {done.member.id}")


def _revoke(place: Place, name: str | None, show: str | None, _as_json: bool) -> None:
    from catalogue.actions.members import revoke_member

    gone = revoke_member(place, _stated(name), show=show)
    tell(f"The address of {gone.name} leads nowhere any more. What their app has downloaded stays there.")


_DEEDS: dict[str, Callable[[Place, str | None, str | None, bool], None]] = {
    "list": _list,
    "add": _add,
    "revoke": _revoke,
}


@click.command()
@click.argument("deed", type=click.Choice(list(_DEEDS)))
@click.argument("name", required=False)
@click.option("--show", metavar="SHOW", help="The show (slug, folder or GUID), where there are several.")
@json_option
@common_options
def members(deed: str, name: str | None, show: str | None, as_json: bool, **options: Any) -> None:
    """Give members of a show addresses of their own for episodes with `audience: members`, and take them back.

    `add NAME` prints an address; `revoke NUMBER` ends one.
    """
    with opened(settings_of(**options)) as place:
        _DEEDS[deed](place, name, show, as_json)


def _stated(name: str | None) -> str:
    if name is None:
        raise click.UsageError("Say who: castalogue members add NAME, or revoke NUMBER.")
    return name


def _document(one: Member) -> dict[str, object]:
    return {
        "number": one.id,
        "name": one.name,
        "added_at": one.added_at.isoformat(),
        "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
    }
