"""`castalogue errands`: long work that somebody asked for, and what came of it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import common_options, json_option, opened, settings_of
from catalogue.cli.printing import how_many, print_json, tell

if TYPE_CHECKING:
    from catalogue.actions.errands.asking import OpenErrand
    from catalogue.domain.errands import Errand


@click.command()
@click.option("--all", "with_ended", is_flag=True, help="Also those that ended in the last 30 days.")
@click.option("--cancel", "number", type=int, metavar="NUMBER", help="Cancel one; what it did already stays.")
@json_option
@common_options
def errands(with_ended: bool, number: int | None, as_json: bool, **options: Any) -> None:
    """List the long work that somebody asked for in the studio or here: what waits, and how far the rest is."""
    from catalogue.actions.errands.asking import all_errands, cancel, open_errands

    with opened(settings_of(**options)) as place:
        is_cancelled = number is not None and cancel(place, number, now=datetime.now(UTC))
        found = all_errands(place) if with_ended else open_errands(place)
    if as_json:
        print_json([_document(one) for one in found])
    else:
        for one in found:
            click.echo(_line(one))
        tell(how_many(len(found), "errand") + "." if found else "Nobody asked for anything that is not done.")
    if number is not None:
        tell(f"Cancelled: errand {number}." if is_cancelled else f"There is no errand {number} that is not done.")
        sys.exit(0 if is_cancelled else 1)


def say_ended(errand: Errand) -> None:
    """Say what became of an errand."""
    if errand.state.value == "done":
        tell(f"Done: errand {errand.id}, {errand.kind}.")
    say_failed(errand)


def say_failed(errand: Errand) -> None:
    """Say why an errand failed; nothing where it did not."""
    why = _why(errand)
    if why:
        tell(f"✗ Errand {errand.id}, {errand.kind}, failed. {why}")


def _why(errand: Errand) -> str:
    from catalogue.actions.errands.failures import error_of, where_of

    error, where = error_of(errand), where_of(errand)
    if error is None:
        return ""
    return f"{where}: {error.sentence}" if where else error.sentence


def _line(one: OpenErrand) -> str:
    errand = one.errand
    about = ": ".join(filter(None, (one.show, one.episode)))
    far = f" {errand.done} of {errand.total}" if errand.total and errand.is_open else ""
    said = f" ({errand.said}{far})" if errand.said and errand.is_open else ""
    why = _why(errand)
    return "  ".join(filter(None, (f"{errand.id}", f"{errand.state.value}{said}", errand.kind, about, why)))


def _document(one: OpenErrand) -> dict[str, Any]:
    errand = one.errand
    return {
        "number": errand.id,
        "kind": errand.kind,
        "show": one.show or None,
        "episode": one.episode or None,
        "guid": errand.guid or None,
        "asked_by": errand.asked_by or None,
        "asked_at": errand.asked_at.isoformat(),
        "state": errand.state.value,
        "said": errand.said,
        "done": errand.done,
        "total": errand.total,
        "tries": errand.tries,
        "ended_at": errand.ended_at.isoformat() if errand.ended_at else None,
        "failed": _why(errand) or None,
        "outcome": None if errand.state.value == "failed" else dict(errand.outcome),
    }
