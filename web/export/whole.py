"""Write the whole site: render what there is, write what differs, remove what is no longer wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, g, render_template
from markupsafe import escape

from catalogue.domain.links import Links
from web.current import EXTENSION
from web.export import manifest, seeds
from web.export.asking import Questions
from web.export.crawl import Crawled, broken_links, crawl
from web.export.folder import Folder, Placed, file_name
from web.export.manifest import Manifest, save_manifest
from web.export.moment import MomentPublication, site_of
from web.export.rendering import Renderer
from web.export.report import Report, report_of
from web.export.rules import render_rules
from web.export.search_files import search_files
from web.export.state import end_of_quarter
from web.export.ways import Ways, find_ways, is_page, lead_home, led_pages, with_base
from web.export.workers import rendering
from web.tongue import read_tongue
from web.words import languages

if TYPE_CHECKING:
    from catalogue.actions.open import Place

# What hosts send where they have nothing; and an address that no page will ever have, to ask for it.
NOT_FOUND, NOWHERE = "404.html", "/there/is/no/such/page/"
_THERE = "\ue000there\ue000"


@dataclass(frozen=True, kw_only=True)
class _Export:
    """One run: the site at its moment, and the folder."""

    publication: MomentPublication
    app: Flask
    links: Links
    now: datetime
    root: Path
    placed: dict[str, Placed] = field(default_factory=dict)

    @property
    def base_path(self) -> str:
        return urlsplit(self.links.base_url).path.rstrip("/")

    def keep(self, placed: Placed) -> None:
        self.placed[placed.name] = placed


def write_whole(place: Place, root: Path, links: Links, now: datetime, *, known: Manifest, state: str) -> Report:
    """Export the site of a moment over what is `known` of an earlier export; `state` is what it is made of."""
    publication = MomentPublication(place)
    run = _Export(publication=publication, app=site_of(publication, links, now), links=links, now=now, root=root)
    manifest.begin_journal(root)
    broken = _write_site(run)
    removed = _remove(root, known.files.keys() - run.placed.keys())
    due_at = publication.due_at(now)
    left = Manifest(
        files=manifest.files_of(iter(run.placed.values())),
        state=state,
        due_at=due_at.isoformat() if due_at else None,
        until=end_of_quarter(now).isoformat(),
        broken=broken,
    )
    save_manifest(root, left)
    return report_of(tuple(run.placed.values()), left, removed=removed)


def _write_site(run: _Export) -> tuple[str, ...]:
    """Write all there is; gives the links that lead nowhere."""
    renderer = Renderer(run.app, run.publication, run.links, run.now, run.root)
    crawled = _crawled(run, renderer)
    for one in crawled.rendered.values():
        for placed in one.placed:
            run.keep(placed)
    ways = find_ways(crawled, run.publication.former(run.now), renderer)
    lead_home(ways, read_tongue(run.publication.catalogue(), run.publication.shows(), asked=None))
    bodies = dict(_pages_of_ours(run, crawled, ways)) | dict(render_rules(ways, run.base_path))
    bodies |= search_files(run.publication, run.now, crawled.rendered)
    manifest.journal(run.root, sorted(bodies))
    folder = Folder(run.root)
    for name, body in bodies.items():
        run.keep(folder.write(name, body))
    for page in ways.gone.values():
        if page is not None:
            run.keep(folder.write(page, (run.root / page).read_bytes()))
    return broken_links(crawled)


def _crawled(run: _Export, renderer: Renderer) -> Crawled:
    publication = run.publication
    pages = list(seeds.page_paths(publication, run.links.base_url, run.now))
    assets = run.app.extensions[EXTENSION].assets
    with rendering(renderer, publication.begin_in_this_process, pages=len(pages)) as render_many:
        together = seeds.feed_paths(publication, run.now)
        return crawl(render_many, [*pages, *seeds.asset_paths(assets)], together)


def _pages_of_ours(run: _Export, crawled: Crawled, ways: Ways) -> Iterator[tuple[str, bytes]]:
    """Pages and copies for what a host without rules cannot say: it is elsewhere, or nowhere."""
    yield NOT_FOUND, Questions(run.app, run.links.base_url).ask(NOWHERE).body
    leading = dict[str | None, str]()
    for old, new in led_pages(crawled, ways).items():
        name, there = file_name(old), file_name(new)
        if name is None or name in run.placed:
            continue
        if old.endswith("/") and is_page(crawled, new):
            first = old[1:].partition("/")[0]
            asked = first if first in languages() else None
            page = leading.get(asked) or leading.setdefault(asked, _leading_page(run, asked))
            yield name, page.replace(_THERE, escape(with_base(run.base_path, new))).encode()
        elif there in run.placed:  # apps follow no page: the feed itself stands at its old address
            yield name, (run.root / there).read_bytes()


def _leading_page(run: _Export, asked: str | None) -> str:
    """The page that leads on, in a language, with a mark for where it leads: all else in it is the same."""
    publication = run.publication
    with run.app.test_request_context(f"{run.base_path}/"):
        g.tongue = read_tongue(publication.catalogue(), publication.shows(), asked=asked)
        return render_template("moved.html", to=_THERE)


def _remove(root: Path, names: set[str]) -> int:
    folder = Folder(root)
    return sum(folder.remove(name) for name in sorted(names))
