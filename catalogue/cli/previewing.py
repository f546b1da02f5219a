"""The command that lets somebody hear one episode before it is out: preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import (
    common_options,
    episode_argument,
    json_option,
    links_of,
    opened,
    settings_of,
    tell_where_links_lead,
)
from catalogue.cli.printing import print_json, tell
from catalogue.domain.previews import PREVIEW_DAYS

if TYPE_CHECKING:
    from catalogue.actions.open import Place
    from catalogue.domain.previews import Preview


@click.command()
@episode_argument
@click.option(
    "--days", type=click.Choice([str(days) for days in PREVIEW_DAYS]), default="7", show_default=True,
    help="How long the link works.",
)  # fmt: skip
@click.option("--list", "is_list", is_flag=True, help="List the links that still work; make none.")
@click.option("--end", "number", type=int, metavar="NUMBER", help="Take the link with this number back; make none.")
@json_option
@common_options
def preview(episode: str, days: str, is_list: bool, number: int | None, as_json: bool, **options: Any) -> None:
    """Make a link by which a guest without an account hears EPISODE (slug, folder or GUID) before it is out.

    It is shown once, ends by itself, and leads to the episode's page once that is public.
    """
    if is_list and number is not None:
        raise click.UsageError("Say --list or --end NUMBER.")
    with opened(settings_of(**options)) as place:
        if is_list:
            _list(place, episode, as_json=as_json)
        elif number is not None:
            _end(place, episode, number)
        else:
            _make(place, episode, int(days), as_json=as_json)


def _make(place: Place, episode: str, days: int, *, as_json: bool) -> None:
    from catalogue.actions.previews import add_preview

    made = add_preview(place, episode, days=days)
    address = links_of(place).preview(made.token)
    if as_json:
        print_json(_document(made.preview) | {"page": address})
        return
    tell(f"Whoever has this link can hear “{made.title}” until {made.preview.ends_at:%Y-%m-%d %H:%M} UTC:")
    click.echo(address)
    tell_where_links_lead(place)
    tell(f"It is shown once. Take it back with --end {made.preview.id}")


def _list(place: Place, episode: str, *, as_json: bool) -> None:
    from catalogue.actions.previews import open_previews

    found = open_previews(place, episode)
    if as_json:
        print_json([_document(one) for one in found])
        return
    for one in found:
        whose = one.made_by or "somebody at the terminal"
        click.echo(f"{one.id:>4}  until {one.ends_at:%Y-%m-%d %H:%M} UTC  (made by {whose}, {one.made_at:%Y-%m-%d})")
    if not found:
        tell("No link leads to it just now.")


def _end(place: Place, episode: str, number: int) -> None:
    from catalogue.actions.previews import end_preview

    end_preview(place, episode, number)
    tell(f"Link {number} leads nowhere any more.")


def _document(one: Preview) -> dict[str, object]:
    return {
        "number": one.id,
        "made_by": one.made_by or None,
        "made_at": one.made_at.isoformat(),
        "ends_at": one.ends_at.isoformat(),
    }
