"""Options that every command takes, and how a command opens what it works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from catalogue.cli.printing import tell

if TYPE_CHECKING:
    from catalogue.actions.open import Place
    from catalogue.actions.publish import Publication
    from catalogue.config import Settings
    from catalogue.domain.links import Links

Command = TypeVar("Command", bound=Callable[..., Any])
# What links carry where nothing says under which address the site is served.
DEFAULT_BASE_URL = "http://127.0.0.1:8000"


def common_options(command: Command) -> Command:
    """Add --library, --data and --base-url."""
    for decorate in (
        click.option("--base-url", metavar="URL", help="The public address. [CASTALOGUE_BASE_URL]"),
        click.option("--data", metavar="FOLDER", help="Where the index is kept. [CASTALOGUE_DATA]"),
        click.option("--library", metavar="FOLDER", help="The folder with the shows. [CASTALOGUE_LIBRARY]"),
    ):
        command = decorate(command)
    return command


def complete_episode(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Slugs that begin so, for a shell's completion; none where the library was never indexed."""
    from catalogue.actions.listed_slugs import begun_slugs
    from catalogue.errors import CatalogueError

    stated = {name: ctx.params.get(name) for name in ("library", "data")}
    try:
        return list(begun_slugs(settings_of(**stated), incomplete))
    except CatalogueError:  # who completes a word is not to be told of a database
        return []


episode_argument = click.argument("episode", shell_complete=complete_episode)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")


def settings_of(
    *, library: str | None = None, data: str | None = None, base_url: str | None = None, **stated: Any
) -> Settings:
    """Read the settings with what the command line states."""
    from catalogue.config import open_settings

    return open_settings(library=library, data=data, base_url=base_url, **stated)


@contextmanager
def opened(settings: Settings) -> Iterator[Place]:
    """Open the library and its index."""
    from catalogue.actions.open import open_place

    with open_place(settings) as place:
        yield place


@contextmanager
def published(settings: Settings) -> Iterator[tuple[Place, Publication]]:
    """Open what the public may see; a library that was never indexed is indexed first."""
    from catalogue.actions.index import index_library
    from catalogue.actions.publish import Publication

    with opened(settings) as place:
        if place.index.revision() == 0:
            index_library(place)
        yield place, Publication(place.index, place.storage, place.derived, hub=place.settings.websub_hub)


def links_of(place: Place) -> Links:
    """Links under the configured base URL, or under the address that `serve` has by default."""
    from catalogue.actions.open import base_url_of
    from catalogue.domain.links import Links

    return Links(base_url_of(place) or DEFAULT_BASE_URL)


def tell_where_links_lead(place: Place) -> None:
    """Say of links that were handed out where they lead to, if nobody has said under which address the site is."""
    from catalogue.actions.open import base_url_of

    if base_url_of(place) is None:
        tell(
            f"It leads to {DEFAULT_BASE_URL}. Is the site at another address? Put that in its place, or set --base-url."
        )
