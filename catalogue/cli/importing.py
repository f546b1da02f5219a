"""`castalogue import`: a show from another host, from its feed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.import_words import import_document, plan_document, tell_import, tell_plan
from catalogue.cli.options import common_options, json_option, links_of, opened, settings_of
from catalogue.cli.printing import print_json, progress_bar, tell
from catalogue.errors import CatalogueError

if TYPE_CHECKING:
    from catalogue.actions.importing import ImportWishes
    from catalogue.actions.open import Place

# What is told of while it is done.
_LABELS = {"notes": "Writing notes", "files": "Fetching files"}


@click.command("import")
@click.argument("source", metavar="SOURCE")
@click.option("--dry-run", is_flag=True, help="Say what would come; write nothing into the library.")
@click.option("--metadata-only", is_flag=True, help="Leave the audio where it is: players fetch it from there.")
@click.option("--show", "name", metavar="SHOW", help="The show here that the feed belongs to, if it is not clear.")
@json_option
@common_options
def import_show(
    source: str, name: str | None, dry_run: bool, metadata_only: bool, as_json: bool, **options: Any
) -> None:
    """Bring a show from another host: SOURCE is its feed's address, a file of it, or a list of feeds (OPML).

    Done again, it goes on where it was cut off and adds what is new. Exit code 1 if anything is not as it was.
    """
    from catalogue.actions.begin import local_timezone
    from catalogue.actions.importing import ImportWishes

    settings = settings_of(**options)
    settings.library.mkdir(parents=True, exist_ok=True)
    wishes = ImportWishes(show=name, timezone=local_timezone(), is_metadata_only=metadata_only)
    with opened(settings) as place:
        run = _preview if dry_run else _import
        documents = [run(place, one, wishes, as_json=as_json) for one in _names(place, source)]
    if as_json:
        print_json(documents[0] if len(documents) == 1 else documents)
    sys.exit(0 if all(one["ok"] for one in documents) else 1)


def _names(place: Place, source: str) -> tuple[Any, ...]:
    """The feed that was read, or the addresses in a list of feeds."""
    from catalogue.actions.import_sources import read_source
    from catalogue.library.imports.opml import FeedList

    found = read_source(place, source)
    return found.addresses if isinstance(found, FeedList) else (found,)


def _preview(place: Place, source: Any, wishes: ImportWishes, *, as_json: bool) -> dict[str, Any]:
    from catalogue.actions.importing import preview_import

    try:
        plan = preview_import(place, _read(place, source), wishes)
    except CatalogueError as error:
        return _failed(source, error)
    if not as_json:
        tell_plan(plan, say=click.echo)
    return {**plan_document(plan), "ok": True}


def _import(place: Place, source: Any, wishes: ImportWishes, *, as_json: bool) -> dict[str, Any]:
    from dataclasses import replace

    from catalogue.actions.importing import import_feed

    try:
        read = _read(place, source)
        with progress_bar(read.feed.title, quiet=as_json) as show_progress:
            told = replace(wishes, progress=lambda _what, done, total: show_progress(done, total))
            done = import_feed(place, read, told, links=links_of(place))
    except CatalogueError as error:
        return _failed(source, error)
    if not as_json:
        tell_import(done, links_of(place).feed(done.show))
    return {**import_document(done), "ok": done.is_whole}


def _read(place: Place, source: Any) -> Any:
    """Read a feed of a list, which is an address; a list in a list is none of a show."""
    from catalogue.actions.import_sources import Source, read_source

    found = source if isinstance(source, Source) else read_source(place, source)
    if not isinstance(found, Source):
        raise CatalogueError("list-in-list", "{name} is a list of feeds itself. Import it on its own.", name=source)
    return found


def _failed(source: Any, error: CatalogueError) -> dict[str, Any]:
    """One show of a list that cannot be read costs itself."""
    name = getattr(source, "name", source)
    tell(f"✗ {name}: {error}")
    return {"source": name, "ok": False, "error": str(error)}
