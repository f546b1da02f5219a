"""One address of the site becomes a file, and says where it leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from flask import Flask

from catalogue.domain.links import Links
from catalogue.errors import CatalogueError, MediaError, Moved, NotFound, Withdrawn
from web.export.asking import Answer, Questions
from web.export.folder import Folder, Placed, file_name
from web.export.found_links import HTML, Found, LinkReader
from web.export.manifest import journal
from web.export.search_texts import Text, searched_pages, texts_of
from web.file_bodies import Version, open_unchanged
from web.published import Media, Publication

_MEDIA = re.compile(r"/media/([^/]+)/([^/]+)")
REDIRECTS = (301, 302, 303, 307, 308)
# As `web.app` answers them.
_STATUSES: tuple[tuple[type[CatalogueError], int], ...] = ((NotFound, 404), (Withdrawn, 410), (MediaError, 503))


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What an address answered; `to` is where a redirect leads (a path below the base URL, or a URL).

    `targets` holds what this process has not told before; `places` are the ids of a page, with spaces between;
    `texts` are what the search knows of the episode whose page it is.
    """

    path: str
    status: int
    media_type: str = ""
    placed: tuple[Placed, ...] = ()
    to: str | None = None
    targets: tuple[str, ...] = ()
    places: str = ""
    texts: tuple[Text, ...] = ()


class Renderer:
    """Asks for addresses and writes what comes. Each process has its own."""

    def __init__(self, app: Flask, publication: Publication, links: Links, now: datetime, root: Path) -> None:
        self._questions = Questions(app, links.base_url)
        self._publication, self._now = publication, now
        self._reader, self._base_url = LinkReader(links.base_url), links.base_url
        self._folder, self._told = Folder(root), set[str]()
        # Here, because its notes are just being read for the page.
        self._searched = searched_pages(publication, now)

    def render(self, path: str) -> Rendered:
        """Render one path below the base URL; raises ConfigError where nothing can be written."""
        match = _MEDIA.fullmatch(path)
        return self._medium(path, match[1], unquote(match[2])) if match else self._page(path)

    def render_all(self, paths: list[str]) -> list[Rendered]:
        """Render some; their names are told first, should this process be killed."""
        names = [name for path in paths for name in (file_name(path), f"{file_name(path)}.gz") if name]
        journal(self._folder.root, names)
        return [self.render(path) for path in paths]

    def _page(self, path: str) -> Rendered:
        answer = self._questions.ask(path)
        if answer.status in REDIRECTS:
            location = answer.headers.get("location", "")
            return Rendered(path=path, status=answer.status, to=self._reader.target(location, path) or location)
        name = file_name(path)
        is_kept = name is not None and (answer.status == 200 or (answer.status == 410 and answer.media_type == HTML))
        if name is None or not is_kept:
            return Rendered(path=path, status=answer.status)
        found = self._reader.read(answer.body, answer.media_type, path)
        return Rendered(
            path=path,
            status=answer.status,
            media_type=answer.media_type,
            placed=(self._folder.write(name, answer.body), *self._packed(path, name, answer)),
            targets=self._news(found) if answer.status == 200 else (),
            places=" ".join(sorted(found.places)),
            texts=texts_of(*self._searched[path]) if path in self._searched else (),
        )

    def _packed(self, path: str, name: str, answer: Answer) -> tuple[Placed, ...]:
        """A feed in gzip beside it: it is there already, and large feeds are asked for most."""
        if "accept-encoding" not in answer.headers.get("vary", "").lower() or answer.media_type == HTML:
            return ()
        packed = self._questions.ask(path, ACCEPT_ENCODING="gzip")
        if packed.headers.get("content-encoding") != "gzip":
            return ()
        return (self._folder.write(f"{name}.gz", packed.body),)

    def _medium(self, path: str, sha256: str, file: str) -> Rendered:
        try:
            found = self._publication.media(sha256, file, self._now)
            placed = self._place(path, found)
        except Moved as moved:
            return Rendered(path=path, status=307, to=moved.to)
        except CatalogueError as error:
            status = next((status for kind, status in _STATUSES if isinstance(error, kind)), None)
            if status is None:
                raise
            return Rendered(path=path, status=status)
        return Rendered(path=path, status=200, media_type=found.media_type, placed=(placed,))

    def _place(self, path: str, found: Media) -> Placed:
        name = file_name(path)
        if name is None:
            raise NotFound("not-found", "There is nothing at this address.")
        if found.path is None:
            return self._folder.write(name, found.body or b"")
        open_unchanged(found.path, Version(found.size_bytes, found.mtime_ns)).close()
        return self._folder.link(name, found.path, size_bytes=found.size_bytes, mtime_ns=found.mtime_ns)

    def _news(self, found: Found) -> tuple[str, ...]:
        news = found.targets - self._told
        self._told |= news
        return tuple(sorted(news))
