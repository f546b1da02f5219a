"""`castalogue serve`: one command from a plain folder to a feed and a site."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from catalogue import __version__
from catalogue.cli.options import common_options, opened, settings_of
from catalogue.cli.printing import how_many, progress_bar, tell, tell_problems
from catalogue.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from flask import Flask

    from catalogue.actions.index import Report
    from catalogue.actions.open import Place
    from catalogue.actions.publish import Publication
    from catalogue.domain.links import Links
    from catalogue.errors import CatalogueError
    from web.server import Server
    from web.studio.current import Studio

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  (recognised, not bound)
# How many lines of what directories would mind stand on the start screen.
SHOWN = 8


@click.command()
@click.option("--host", metavar="ADDRESS", help="Listen here; 0.0.0.0 for the whole network. [CASTALOGUE_HOST]")
@click.option("--port", type=int, metavar="PORT", help="Listen on this port. [CASTALOGUE_PORT]")
@click.option("--no-watch", is_flag=True, help="Do not index again when files change.")
@common_options
def serve(host: str | None, port: int | None, no_watch: bool, **options: Any) -> None:
    """Serve feed and site, and index again whenever files settle."""
    signal.signal(signal.SIGTERM, _end)
    with suppress(KeyboardInterrupt), opened(settings_of(host=host, port=port, **options)) as place:
        _begin_where_needed(place)
        _serve(place, watch=not no_watch)
    tell("Ended.")


@click.command()
@common_options
def watch(**options: Any) -> None:
    """Index whenever files settle, without serving anything."""
    signal.signal(signal.SIGTERM, _end)
    with suppress(KeyboardInterrupt), opened(settings_of(**options)) as place:
        report = _first_index(place)
        with _watching(place, report, enabled=True):
            tell(f"Watching {place.settings.library}. Ctrl-C ends it.")
            threading.Event().wait()
    tell("Ended.")


def _serve(place: Place, *, watch: bool) -> None:
    from catalogue.actions.following import following
    from catalogue.actions.worker import telling
    from catalogue.cli.telling import say_told
    from web.app import create_app
    from web.server import Server

    settings, late = place.settings, _LateApp()
    # The port is taken before the first index, which may be long; who comes in the meantime waits.
    server = Server(
        late,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        trusted_proxy=settings.trusted_proxy,
    )
    report = _first_index(place)
    links, publication = _links(place, server.port), _publication(place)
    studio = _studio(place)
    late.app = create_app(publication, links=links, x_accel_redirect=settings.x_accel_redirect, studio=studio)
    _make_room(server, studio)
    _tell_start(publication, links, place)
    _tell_studio(studio, links)
    tell("Ctrl-C ends it.")
    with following(publication, links), telling(place, on_told=say_told), _watching(place, report, enabled=watch):
        server.run()


class _LateApp:
    """A WSGI application that is known only after the port is."""

    app: Flask

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.app(environ, start_response)


def _end(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _begin_where_needed(place: Place) -> None:
    """A folder without a show becomes one, unless it was one before: its disk may only not be there."""
    from catalogue.actions.begin import begin_show, has_show, local_timezone
    from catalogue.cli.library import tell_beginning

    library = place.settings.library
    if not place.index.shows() and not has_show(library):
        tell_beginning(library, begin_show(library, box=place.box, timezone=local_timezone()))


def _first_index(place: Place) -> Report:
    from catalogue.actions.facts import problems_of
    from catalogue.actions.index import Report, Wishes, index_library

    with progress_bar("Reading files") as progress:
        try:
            report = index_library(place, Wishes(progress=progress))
        except (ConfigError, StoreError) as error:
            if not place.index.shows():
                raise
            # What was indexed before is served until the disk is there again, or has room.
            report = Report(shows=(), problems=problems_of(error, str(place.settings.library)))
    tell_problems(report.problems)
    return report


def _publication(place: Place) -> Publication:
    from catalogue.actions.publish import Publication

    return Publication(place.index, place.storage, place.derived, hub=place.settings.websub_hub)


def _studio(place: Place) -> Studio:
    from web.studio.opening import open_studio

    return open_studio(place, say=tell)


def _make_room(server: Server, studio: Studio) -> None:
    """Let recordings in that are sent to the studio."""
    from web.current import utc_now
    from web.studio.bodies import body_room

    if studio.desk is not None:
        server.make_room(body_room(studio.place.settings, studio.desk.key, utc_now))


def _tell_studio(studio: Studio, links: Links) -> None:
    """Say where the studio is, and how the first owner gets in; a link that was made before leads nowhere then."""
    from catalogue.actions.accounts.links import begin_address
    from catalogue.domain.studio_patterns import STUDIO

    if studio.desk is None:
        return
    try:
        first = begin_address(studio.desk, links.base_url, now=datetime.now(UTC))
    except StoreError as error:  # an index that cannot be written just now is served all the same
        tell(f"  Studio  nobody can sign in just now: {error}")
        return
    if first is None:
        tell(f"  Studio  {links.base_url}{STUDIO}")
    else:
        tell("  Studio  nobody looks after it yet. This link makes its owner; it works once, for 24 hours:")
        tell(f"  {first}")


def _links(place: Place, port: int) -> Links:
    from catalogue.actions.open import base_url_of
    from catalogue.domain.links import Links

    base_url = base_url_of(place)
    if base_url:
        return Links(base_url)
    host = place.settings.host
    host = _network_address() if host in EVERYWHERE else host
    return Links(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")


def _network_address() -> str:
    """Find the address this machine has in its network, as the route to elsewhere has it; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: an address for documentation
        except OSError:
            return "127.0.0.1"
        address: str = probe.getsockname()[0]
        return address


def _tell_start(publication: Publication, links: Links, place: Place) -> None:
    from catalogue.actions.open import base_url_of

    now = datetime.now(UTC)
    tell(f"Castalogue {__version__}")
    tell(f"  Site  {links.home()}")
    for show in publication.shows():
        public = publication.episodes(show, now)
        tell(f"  Feed  {links.feed(show)}   {show.title}: {how_many(len(public), 'episode')}")
    if base_url_of(place) is None:
        reach = "this network" if place.settings.host in EVERYWHERE else "this computer"
        tell(f"  Only {reach} can subscribe. To publish, set CASTALOGUE_BASE_URL=https://your.domain.")
    _tell_findings(place, publication, links, now)


def _tell_findings(place: Place, publication: Publication, links: Links, now: datetime) -> None:
    """Name what only directories mind; it stops nothing."""
    from catalogue.actions.check import check_shows
    from catalogue.actions.check_disabled import without_disabled_of

    checked = check_shows(publication, links, now)
    shown = (without_disabled_of(place.storage, one.show, one.findings) for one in checked)
    found = [finding for findings in shown for finding in findings if finding.level.value != "advice"]
    if not found:
        return
    tell("Directories such as Apple's would mind (castalogue check says more):")
    for finding in found[:SHOWN]:
        tell(f"  {finding.rule} {finding.where}: {finding.message}")
    if len(found) > SHOWN:
        tell(f"  and {len(found) - SHOWN} more.")


@contextmanager
def _watching(place: Place, since: Report, *, enabled: bool) -> Iterator[None]:
    from catalogue.actions.watch import watch_library

    if not enabled:
        yield
        return
    stop, news = threading.Event(), _News(since)
    watcher = threading.Thread(
        target=watch_library,
        args=(place, stop),
        kwargs={"since": since, "on_report": news.tell, "on_error": news.tell_failure},
        name="watcher",
    )
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()


class _News:
    """What a run says that the one before did not."""

    def __init__(self, since: Report) -> None:
        self._told = frozenset(since.problems)
        self._has_failed = False

    def tell(self, report: Report) -> None:
        """Say what changed, what is newly wrong, and that what was wrong no longer is."""
        fresh = [problem for problem in report.problems if problem not in self._told]
        errors = {problem for problem in self._told if problem.severity.value == "error"}
        is_mended = self._has_failed or not errors.issubset(report.problems)
        # What is still held was told when it was new.
        counts = {name: count for name, count in report.counts.items() if count and (fresh or name != "held")}
        counted = ", ".join(f"{count} {name}" for name, count in counts.items())
        if counted or fresh or is_mended or any(show.show_changed for show in report.shows):
            tell(f"Indexed again: {counted or 'no episode changed'}.")
        tell_problems(fresh)
        self._told, self._has_failed = frozenset(report.problems), False

    def tell_failure(self, error: CatalogueError) -> None:
        """Say why there was no run."""
        self._has_failed = True
        tell(f"Could not index, so everything stays as it was: {error}")
