"""A page of the site: rendered, beside a bare Flask view of the same template; and asked for again, beside rendering.

All in this process, request by request through the whole application, so that what is compared is the application and
not a server. The bare view has everything at hand that the template is given: it looks nothing up, and sends no
header of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import Flask, g, render_template, template_rendered
from werkzeug.test import EnvironBuilder

from benchmarks.bench import Bench
from benchmarks.episodes import LINKS, SHOW, make_episodes
from benchmarks.measure import Comparison, Side, compare, measure_call
from benchmarks.served import NOW, Served
from benchmarks.table import Row, row_of
from catalogue.actions.publish import Publication
from catalogue.domain.episode import Episode
from catalogue.domain.media import Chapter
from catalogue.library.storage import LocalLibrary
from catalogue.store.index import open_index
from web.app import FOLDER, create_app
from web.current import EXTENSION

EPISODES = 1000
REQUESTS = 100
_CHAPTERS = tuple(Chapter(start=timedelta(minutes=3 * number), title=f"Part {number + 1}") for number in range(12))


class Unkept:
    """A publication whose pages are rendered each time, as for a query."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication

    def state(self) -> None:
        return None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._publication, name)


@dataclass(frozen=True, kw_only=True)
class Site:
    """The same publication twice: with pages kept, and rendered each time."""

    kept: Flask
    rendering: Flask


def rows(bench: Bench) -> Iterable[Row]:
    """An episode's page, with chapters, and a show's, rendered and asked for again."""
    *others, latest = make_episodes(bench.count(EPISODES) + 1)
    latest = replace(latest, chapters=_CHAPTERS)
    pages = {"an episode's page": f"/{SHOW.slug}/{latest.slug}/", "a show's page": f"/{SHOW.slug}/"}
    with _site(bench, [*others, latest]) as site:
        for name, path in pages.items():
            kept = _asking("kept", site.kept, path, bench)
            rendered = _asking("rendered", site.rendering, path, bench)
            alone = _asking("a bare Flask view", bare_view(site.rendering, path), path, bench)
            _check(path, kept.run().answer, rendered.run().answer, alone.run().answer)
            size = f"{len(kept.run().answer) / 1024:.0f} KiB"
            what = f"{name} ({size}), {bench.count(REQUESTS)} times"
            beside = Comparison(name=f"{what}, rendered", ours=rendered, peer=alone, most=1 / 0.7)
            yield row_of(compare(beside, pairs=bench.pairs))
            again = Comparison(name=f"{what}, asked for again", ours=kept, peer=rendered, most=1 / 3)
            yield row_of(compare(again, pairs=bench.pairs))


def bare_view(app: Flask, path: str) -> Flask:
    """A Flask application of one view, which renders the template that `app` renders at this path, with its context."""
    seen: list[tuple[str, dict[str, Any], dict[str, Any]]] = []

    def note(_: Flask, template: Any, context: dict[str, Any], **__: Any) -> None:
        seen.append((template.name, context, dict(vars(g._get_current_object()))))

    with template_rendered.connected_to(note, app):
        ask(app, path)
    name, context, globals_of_page = seen[-1]
    bare = Flask("web", root_path=str(FOLDER), static_folder=None)
    bare.extensions[EXTENSION] = app.extensions[EXTENSION]
    bare.jinja_env.trim_blocks = bare.jinja_env.lstrip_blocks = True
    bare.jinja_env.globals.update(app.jinja_env.globals)

    @bare.get(path)
    def view() -> str:
        vars(g._get_current_object()).update(globals_of_page)
        return render_template(name, **context)

    return bare


def ask(app: Flask, path: str, times: int = 1) -> bytes:
    """Ask for a page as a server would; gives its body."""
    environ, body = EnvironBuilder(path).get_environ(), b""
    for _ in range(times):
        answer = app.wsgi_app(dict(environ), _take_headers)
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
    return body


def _take_headers(*_: object) -> Callable[[bytes], object]:
    return lambda _: None


@contextmanager
def _site(bench: Bench, episodes: list[Episode]) -> Iterator[Site]:
    with Served(bench.folder, episodes):
        pass
    index = open_index(f"sqlite:///{bench.folder / 'index.sqlite3'}")
    try:
        storage = LocalLibrary(bench.folder / "library")
        publication = Publication(index, storage, bench.folder, monotonic=lambda: 0.0)
        yield Site(kept=_app(publication), rendering=_app(Unkept(publication)))
    finally:
        index.close()


def _app(publication: Any) -> Flask:
    return create_app(publication, links=LINKS, clock=lambda: NOW)


def _asking(name: str, app: Flask, path: str, bench: Bench) -> Side:
    times = bench.count(REQUESTS)
    return Side(name=name, run=lambda: measure_call(lambda: ask(app, path, times)))


def _check(path: str, *bodies: bytes) -> None:
    if len(set(bodies)) != 1 or b"</html>" not in bodies[0]:
        raise RuntimeError(f"{path} is not the same page from all; nothing was measured")
