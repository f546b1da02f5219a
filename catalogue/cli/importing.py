"""`castalogue import`: a show from another host, from its feed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from catalogue.cli.import_words import (
    archive_document,
    import_document,
    plan_document,
    tell_archive,
    tell_import,
    tell_plan,
)
from catalogue.cli.options import common_options, json_option, links_of, opened, settings_of
from catalogue.cli.printing import print_json, progress_bar, tell
from catalogue.errors import CatalogueError

if TYPE_CHECKING:
    from catalogue.actions.importing import ImportWishes
    from catalogue.actions.open import Place
    from catalogue.config import Settings


@click.command("import")
@click.argument("source", metavar="SOURCE")
@click.option("--dry-run", is_flag=True, help="Say what would come; write nothing into the library.")
@click.option("--metadata-only", is_flag=True, help="Leave the audio where it is: players fetch it from there.")
@click.option("--again", is_flag=True, help="Bring files back that were taken away here since they came.")
@click.option("--show", "name", metavar="SHOW", help="The show here that the feed belongs to, if it is not clear.")
@json_option
@common_options
def import_show(
    source: str, *, name: str | None, dry_run: bool, metadata_only: bool, again: bool, as_json: bool, **options: Any
) -> None:
    """Bring a show from another host: SOURCE is its feed's address, a file of it, a list of feeds (OPML), or an
    archive that castalogue export --archive wrote.

    Done again, it goes on where it was cut off and adds what is new. Exit code 1 if anything is not as it was.
    """
    from catalogue.actions.begin import local_timezone
    from catalogue.actions.importing import ImportWishes

    settings = settings_of(**options)
    settings.library.mkdir(parents=True, exist_ok=True)
    if _is_archive(source):
        _unpack(Path(source), settings, dry_run=dry_run, as_json=as_json)
    wishes = ImportWishes(show=name, timezone=local_timezone(), is_metadata_only=metadata_only, brings_back=again)
    with opened(settings) as place:
        run = _preview if dry_run else _import
        documents = [run(place, one, wishes, as_json=as_json) for one in _names(place, source)]
    if as_json:
        print_json(documents[0] if len(documents) == 1 else documents)
    sys.exit(0 if all(one["ok"] for one in documents) else 1)


def _is_archive(source: str) -> bool:
    from catalogue.actions.archives import is_archive

    return Path(source).exists() and is_archive(Path(source))


def _unpack(path: Path, settings: Settings, *, dry_run: bool, as_json: bool) -> NoReturn:
    """Bring an archive of `castalogue export --archive` into the library, and end."""
    from catalogue.actions.archive_reading import read_archive
    from catalogue.actions.archives import opened_archive
    from catalogue.actions.runs import Wishes

    if dry_run:
        with opened_archive(path) as (_, manifest):
            print_json(list(manifest.files)) if as_json else click.echo("\n".join(manifest.files))
        sys.exit(0)
    with opened(settings) as place, progress_bar(path.name, quiet=as_json) as show_progress:
        done = read_archive(place, path, Wishes(), links=links_of(place), progress=show_progress)
    if as_json:
        print_json(archive_document(done))
    else:
        tell_archive(done)
    sys.exit(0 if done.is_whole else 1)


def _names(place: Place, source: str) -> tuple[Any, ...]:
    """The feed that was read, or the addresses in a list of feeds."""
    from catalogue.actions.import_sources import read_source
    from catalogue.library.imports.opml import FeedList

    found = read_source(place, source)
    if isinstance(found, FeedList) and not found.addresses:
        raise CatalogueError("list-empty", "{name} is a list that names no feed.", name=source)
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
        with _progress(read.feed.title, quiet=as_json) as show_progress:
            done = import_feed(place, read, replace(wishes, progress=show_progress), links=links_of(place))
    except CatalogueError as error:
        return _failed(source, error)
    if not as_json:
        tell_import(done, links_of(place).feed(done.show))
    return {**import_document(done), "ok": done.is_whole}


@contextmanager
def _progress(title: str, *, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show one bar after the other, each under the name of what is done."""
    with ExitStack() as bars:
        shown: dict[str, Callable[[int, int], None]] = {}

        def tell_progress(what: str, done: int, total: int) -> None:
            if what not in shown:
                bars.close()
                shown[what] = bars.enter_context(progress_bar(f"{title}, {what}", quiet=quiet))
            shown[what](done, total)

        yield tell_progress


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
