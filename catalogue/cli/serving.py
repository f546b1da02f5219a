"""`castalogue serve`: one command from a plain folder to a feed and a site."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.ending import end_on_signals
from catalogue.cli.indexing import begin_where_needed, first_index, watching
from catalogue.cli.options import common_options, opened, settings_of
from catalogue.cli.printing import tell
from catalogue.cli.starting import links_of, tell_beginning_if_empty, tell_start, tell_studio

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from flask import Flask

    from catalogue.actions.open import Place
    from catalogue.actions.publish import Publication
    from web.server import Server
    from web.studio.current import Studio


@click.command()
@click.option("--host", metavar="ADDRESS", help="Listen here; 0.0.0.0 for the whole network. [CASTALOGUE_HOST]")
@click.option("--port", type=int, metavar="PORT", help="Listen on this port. [CASTALOGUE_PORT]")
@click.option("--no-watch", is_flag=True, help="Do not index again when files change.")
@common_options
def serve(host: str | None, port: int | None, no_watch: bool, **options: Any) -> None:
    """Serve feed and site, and index again whenever files settle."""
    end_on_signals()
    with suppress(KeyboardInterrupt), opened(settings_of(host=host, port=port, **options)) as place:
        begin_where_needed(place)
        _serve(place, watch=not no_watch)
    tell("Ended.")


@click.command()
@common_options
def watch(**options: Any) -> None:
    """Index whenever files settle, without serving anything."""
    end_on_signals()
    with suppress(KeyboardInterrupt), opened(settings_of(**options)) as place:
        report = first_index(place)
        with watching(place, report, enabled=True):
            tell(f"Watching {place.settings.library}. Ctrl-C ends it.")
            tell_beginning_if_empty(place, "with castalogue init")
            threading.Event().wait()
    tell("Ended.")


def _serve(place: Place, *, watch: bool) -> None:
    from catalogue.actions.errands.background import errands_running
    from catalogue.actions.following import following
    from catalogue.actions.unended_restores import sweep_restores
    from catalogue.actions.worker import telling
    from catalogue.cli.errands import say_failed
    from catalogue.cli.telling import say_told
    from web.app import create_app
    from web.server import Server

    settings, late = place.settings, _LateApp()
    sweep_restores(settings)
    # The port is taken before the first index, which may be long; who comes in the meantime waits.
    server = Server(
        late,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        trusted_proxy=settings.trusted_proxy,
    )
    report = first_index(place)
    links, publication = links_of(place, server.port), _publication(place)
    studio = _studio(place)
    late.app = create_app(publication, links=links, x_accel_redirect=settings.x_accel_redirect, studio=studio)
    tell_start(publication, links, place)
    tell_studio(studio, links)
    tell("Ctrl-C ends it.")
    with (
        _receiving(server, studio),
        following(publication, links),
        telling(place, on_told=say_told),
        errands_running(place, on_ended=say_failed),
        watching(place, report, enabled=watch),
    ):
        server.run()


class _LateApp:
    """A WSGI application that is known only after the port is."""

    app: Flask

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.app(environ, start_response)


def _publication(place: Place) -> Publication:
    from catalogue.actions.publish import Publication

    return Publication(place.index, place.storage, place.derived, hub=place.settings.websub_hub)


def _studio(place: Place) -> Studio:
    from web.studio.opening import open_studio

    return open_studio(place, say=tell)


@contextmanager
def _receiving(server: Server, studio: Studio) -> Iterator[None]:
    """Let recordings in that are sent to the studio, by who may send them."""
    from web.current import utc_now
    from web.studio.bodies import body_room
    from web.studio.holders import Holders, looking

    if studio.desk is None:
        yield
        return
    holders = Holders(studio.place.index)
    server.make_room(body_room(studio.place.settings, studio.desk.key, utc_now, holders=holders))
    with looking(holders):
        yield
