"""A feed to be imported: from an address or a file, all its pages, mapped in the box; or a list of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from catalogue.actions.open import Place
from catalogue.actions.scratch import scratch_folder
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import AnswerRefused, CatalogueError, ConfigError
from catalogue.feed_reading import FEED_LIMIT_BYTES
from catalogue.library.imports.identities import joined
from catalogue.library.imports.mapped import MappedFeed
from catalogue.library.imports.mapping import map_feed_file
from catalogue.library.imports.opml import FeedList, read_feed_list
from catalogue.outside.exchange import Asked
from catalogue.outside.fetch import fetch
from catalogue.outside.guard import open_guard
from catalogue.outside.limits import Limits
from catalogue.sandbox import Box
from catalogue.sandbox import Limits as BoxLimits

# A feed of 50 MiB, the largest that is read, with the notes of all its items.
_BOX = BoxLimits(cpu_seconds=300, wall_seconds=600)
# RFC 5005: a feed of ten thousand episodes, fifty on a page.
MOST_PAGES = 200
_SCHEMES = ("http://", "https://")


def _remark(code: str, template: str, **said: object) -> Problem:
    told = tuple((name, str(value)) for name, value in said.items())
    return Problem(severity=Severity.NOTICE, code=code, path="", message=template.format(**said), said=told)


_DOWNGRADED = _remark(
    "feed-downgraded", "The way to the feed led from https to http, where others can read and change what is sent."
)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A feed that was read whole: `addresses` are all those it is known under, the one that was asked first."""

    name: str
    addresses: tuple[str, ...]
    feed: MappedFeed
    remarks: tuple[Problem, ...] = ()


def read_source(place: Place, name: str) -> Source | FeedList:
    """Read what an address or a path of this machine names: a feed with all its pages, or a list of feeds.

    A file is read where it lies; its further pages are on the net and are not asked for. Raises OutsideError,
    FeedError, SandboxFailure, ConfigError, NoRoom.
    """
    with Box(1, _BOX) as box, _at_hand(place, name) as got:
        feeds: FeedList = box.call(read_feed_list, str(got.path))
        if feeds.is_list:
            return feeds
        first: MappedFeed = box.call(map_feed_file, str(got.path), got.url or got.path.name, got.url)
        pages, remarks = _pages(place, box, first, got.url)
        unsafe = [_DOWNGRADED] if got.is_downgraded else []
    known = (*got.asked, first.self_url) if first.self_url.startswith(_SCHEMES) else got.asked
    feed = joined((first, *pages))
    return Source(
        name=name, addresses=tuple(dict.fromkeys(known)), feed=feed, remarks=(*unsafe, *_moved(first), *remarks)
    )


@dataclass(frozen=True, kw_only=True)
class _Got:
    """A document at hand; `url` is where it came from in the end (empty: from this machine), `asked` what led there."""

    path: Path
    url: str = ""
    asked: tuple[str, ...] = ()
    is_downgraded: bool = False
    """Whether the way led from https to http."""


@contextmanager
def _at_hand(place: Place, name: str) -> Iterator[_Got]:
    if not name.lower().startswith(_SCHEMES):
        path = Path(name)
        if not path.is_file():
            raise ConfigError(
                "no-source",
                "{path} is a folder. Name a file in it, or the address of a feed that begins with https://."
                if path.is_dir()
                else "There is no file {path}. Name a file, or the address of a feed that begins with https://.",
                path=name,
            )
        yield _Got(path=path)
        return
    with _from_the_net(place, name) as got:
        yield got


@contextmanager
def _from_the_net(place: Place, url: str) -> Iterator[_Got]:
    """A document at an address, whatever that looks like: what a feed names is never a file of this machine."""
    with scratch_folder() as folder:
        yield _fetched(place, url, folder / "feed.xml")


def _fetched(place: Place, url: str, path: Path) -> _Got:
    with path.open("wb") as file:
        answer = fetch(
            Asked(url=url), guard=open_guard(place.settings), limits=Limits(size_bytes=FEED_LIMIT_BYTES), into=file
        )
    if not answer.is_success:
        template = "It answers {status} instead of a feed."
        raise AnswerRefused("feed-status", template, url=answer.url, status=answer.status)
    asked = tuple(dict.fromkeys((*(hop.url for hop in answer.hops), answer.url)))
    return _Got(path=path, url=answer.url, asked=asked, is_downgraded=answer.is_downgraded)


def _pages(place: Place, box: Box, first: MappedFeed, url: str) -> tuple[list[MappedFeed], list[Problem]]:
    """The further pages of a paged feed (RFC 5005, section 3 and 4), and what is to be said of them."""
    if first.next_url and not url:
        template = "The feed goes on at another address, which a file alone cannot give: import it from its address."
        return [], [_remark("feed-goes-on", template)]
    pages: list[MappedFeed] = []
    seen = {url}
    page = first
    while page.next_url and (following := urljoin(url, page.next_url)) not in seen:
        if len(pages) == MOST_PAGES:
            template = "The feed has more than {most} pages; those after it were not read."
            return pages, [_remark("feed-pages", template, most=MOST_PAGES)]
        seen.add(following)
        try:
            with _from_the_net(place, following) as got:
                page = box.call(map_feed_file, str(got.path), got.url, got.url)
                url = got.url
        except CatalogueError as error:  # the others are worth having; done again, it goes on
            return pages, [_remark("feed-page", "A further page of the feed could not be read. {why}", why=error)]
        pages.append(page)
    return pages, []


def _moved(feed: MappedFeed) -> list[Problem]:
    url = feed.new_feed_url
    told = _remark("feed-moved", "The feed says that it has moved to {url}.", url=url)
    return [told] if url and url != feed.self_url else []
