"""The command for what programs hold to work in somebody's name: token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, json_option, opened, settings_of
from catalogue.cli.printing import print_json, tell

if TYPE_CHECKING:
    from catalogue.actions.accounts.desk import Desk
    from catalogue.actions.open import Place
    from catalogue.domain.producers import Producer
    from catalogue.domain.tokens import Token

# As in domain.tokens, which is not imported for `--help`; a test compares the two.
SCOPES = ("read", "write", "upload", "publish", "settings", "index")
DAYS, MOST_DAYS = 90, 365


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What was typed, opened."""

    place: Place
    desk: Desk
    name: str | None
    producer: str | None
    scopes: tuple[str, ...]
    shows: tuple[str, ...]
    days: int
    as_json: bool
    now: datetime


def _new(asked: _Asked) -> None:
    from catalogue.actions.accounts.tokens import TokenWish, find_problems, make_token
    from catalogue.actions.named import find_show_row
    from catalogue.domain.tokens import LONGEST_NAME, Scope

    whose = _producer(asked)
    wish = TokenWish(
        name=_stated(asked.name),
        scopes=tuple(map(Scope, asked.scopes)) or (Scope.READ,),
        show_guids=tuple(find_show_row(asked.place, one).show.guid for one in asked.shows),
        lasts=timedelta(days=asked.days),
    )
    problems = find_problems(whose, wish)
    if "name" in problems:
        raise click.UsageError(f"A token needs a name that you know it by, of at most {LONGEST_NAME} letters.")
    if problems:
        raise click.UsageError(f"{whose.shown_name} has no part in one of these shows.")
    made = make_token(asked.desk, whose, wish, by=None, now=asked.now)
    if asked.as_json:
        print_json({**_document(asked, made.token), "token": made.secret})
        return
    tell(f"Token {made.token.id} works in the name of {whose.shown_name} until {made.token.expires_at:%Y-%m-%d}.")
    tell("It is shown once; keep it where passwords are kept:")
    click.echo(made.secret)


def _list(asked: _Asked) -> None:
    found = asked.desk.accounts.tokens()
    if asked.as_json:
        print_json([_document(asked, one) for one in found])
        return
    for one in found:
        document = _document(asked, one)
        used = f"used on {one.used_on}" if one.used_on else "never used"
        shows = ", ".join(document["shows"]) or "all shows"
        words = (f"{one.id:>4}", one.name, document["producer"], " ".join(one.scopes), shows, _state(asked, one), used)
        click.echo("   ".join(words))
    if not found:
        tell("None yet. castalogue token new NAME makes one.")


def _revoke(asked: _Asked) -> None:
    from catalogue.actions.accounts.tokens import end_token

    number = _stated(asked.name)
    gone = end_token(asked.desk, int(number) if number.isdecimal() else 0, of=None, by=None, now=asked.now)
    tell(f"The token {gone.name} opens nothing any more.")


DEEDS: dict[str, Callable[[_Asked], None]] = {"list": _list, "new": _new, "revoke": _revoke}


@click.command()
@click.argument("deed", type=click.Choice(list(DEEDS)))
@click.argument("name", required=False)
@click.option("--producer", metavar="NAME", help="In whose name; needed where several may work in the studio.")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, help="What it is for; read, if none is.")
@click.option("--show", "shows", metavar="SHOW", multiple=True, help="Only for this show; for all, if none is stated.")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=DAYS, help=f"How long it lasts; {DAYS} days.")
@json_option
@common_options
def token(deed: str, name: str | None, *, as_json: bool, **options: Any) -> None:
    """Give programs tokens for the API: new NAME, list, revoke NUMBER.

    A token may do what it is for, and never more than whoever it belongs to.
    """
    from catalogue.actions.accounts.desk import Desk
    from catalogue.actions.accounts.server_key import open_server_key

    typed = {key: options.pop(key) for key in ("producer", "scopes", "shows", "days")}
    with opened(settings_of(**options)) as place:
        desk = Desk(accounts=place.index, key=open_server_key(place.settings))
        DEEDS[deed](_Asked(place=place, desk=desk, name=name, as_json=as_json, now=datetime.now(UTC), **typed))


def _producer(asked: _Asked) -> Producer:
    from catalogue.domain.producers import fold_name
    from catalogue.errors import NotFound

    everybody = [one for one in asked.desk.accounts.producers() if one.disabled_at is None]
    if asked.producer is None and len(everybody) == 1:
        return everybody[0]
    if asked.producer is None and everybody:
        raise click.UsageError("Say in whose name: --producer NAME. castalogue producer list names all.")
    found = [one for one in everybody if one.name == fold_name(asked.producer or "")]
    if not found:
        if asked.producer is None:
            raise NotFound(
                "no-producer", "Nobody may sign in yet. Invite somebody first: castalogue producer invite NAME"
            )
        template = "Nobody who may sign in is called {name}. See castalogue producer list."
        raise NotFound("no-producer", template, name=asked.producer)
    return found[0]


def _stated(name: str | None) -> str:
    if name is None:
        raise click.UsageError("Say which: castalogue token new NAME, or revoke NUMBER.")
    return name


def _state(asked: _Asked, one: Token) -> str:
    if one.revoked_at is not None:
        return f"revoked on {one.revoked_at:%Y-%m-%d}"
    return f"{'until' if one.holds(asked.now) else 'over since'} {one.expires_at:%Y-%m-%d}"


def _document(asked: _Asked, one: Token) -> dict[str, Any]:
    slugs = {row.show.guid: row.show.slug for row in asked.place.index.shows()}
    whose = asked.desk.accounts.producer(one.producer_id)
    return {
        "number": one.id,
        "name": one.name,
        "producer": whose.shown_name if whose else "",
        "scopes": [scope.value for scope in one.scopes],
        "shows": [slugs.get(guid, guid) for guid in one.show_guids],
        "created_at": one.created_at.isoformat(),
        "expires_at": one.expires_at.isoformat(),
        "used_on": one.used_on.isoformat() if one.used_on else None,
        "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
    }
