"""What was public once: which addresses lead elsewhere today, and which are gone for good."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from catalogue.actions.former import Former
from catalogue.domain.tongues import Tongue
from web.export.crawl import Crawled
from web.export.found_links import HTML
from web.export.rendering import REDIRECTS, Renderer
from web.words import languages

_MEDIA, _PLAYERS = "/media/", re.compile(r"/embed/[^/]+/")
HOME = "/"


@dataclass(kw_only=True)
class Ways:
    """Paths below the base URL; what they lead to is such a path, or a URL.

    `moved` and `gone` are of paths that end in `/`, and hold for all below them: where the new path ends in `/`, what
    is below moved along. `gone` names the page that says so, None where there is none.
    """

    redirects: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str | None] = field(default_factory=dict)


def find_ways(crawled: Crawled, former: Iterable[Former], renderer: Renderer) -> Ways:
    """Ask the site what it says today at every address that once was, in each language of its pages."""
    ways = Ways()
    for one in former:
        if one.path.startswith(_MEDIA):
            _tell(ways, one.path, one.to)
            continue
        if _PLAYERS.fullmatch(one.path) and one.to is not None:  # no page is there to be asked, only below it
            _tell_below(ways, one.path, one.to, crawled)
            continue
        for path in (one.path, *(f"/{language}{one.path}" for language in languages())):
            _ask(ways, path, crawled, renderer)
    found = {path: one.to for path, one in sorted(crawled.rendered.items()) if one.status in REDIRECTS and one.to}
    ways.redirects = {path: to for path, to in found.items() if path not in ways.moved}
    return ways


def led_pages(crawled: Crawled, ways: Ways) -> dict[str, str]:
    """The old path of each page and file that there is today, and its path today.

    For hosts without rules: an old slug of a show has all that is below the show, the pages of earlier episodes too. Of
    a language that is not offered there is the home page alone, as nobody knows whether it was ever offered.
    """
    today = {path: path for path, one in crawled.rendered.items() if one.status == 200 and not path.startswith(_MEDIA)}
    led = {path: today.get(to, to) for path, to in ways.redirects.items() if not path.startswith(_MEDIA)}
    for old, new in ways.moved.items():
        if not old.startswith(_MEDIA):
            every = today | led if new != HOME else {HOME: HOME}
            below = {path: to for path, to in every.items() if path.startswith(new)}
            led |= {old + path[len(new) :]: to for path, to in below.items()}
    return {path: to for path, to in sorted(led.items()) if path not in today}


def lead_home(ways: Ways, tongue: Tongue) -> None:
    """Let pages in languages that the site offers no longer lead to those without one; what else moved goes first."""
    ways.moved |= {f"/{language}/": HOME for language in tongue.written if language not in tongue.offered}


def is_page(crawled: Crawled, path: str) -> bool:
    """Whether a page for people is there."""
    found = crawled.rendered.get(path)
    return path.endswith("/") and (found is None or found.media_type == HTML)


def _ask(ways: Ways, path: str, crawled: Crawled, renderer: Renderer) -> None:
    answer = crawled.rendered[path] = crawled.rendered.get(path) or renderer.render_all([path])[0]
    if answer.status in REDIRECTS and answer.to is not None:
        ways.moved[path] = answer.to
    elif answer.status == 410:
        ways.gone[path] = next((placed.name for placed in answer.placed), None)


def _tell(ways: Ways, path: str, to: str | None) -> None:
    if to is None:
        ways.gone[path] = None
    else:
        ways.moved[path] = to


def _tell_below(ways: Ways, path: str, to: str, crawled: Crawled) -> None:
    for before in ("", *(f"/{language}" for language in languages())):
        if any(there.startswith(before + to) for there in crawled.rendered):
            ways.moved[before + path] = before + to


def with_base(base_path: str, path: str) -> str:
    """A path as the host has it; a URL stays as it is."""
    return f"{base_path}{path}" if path.startswith("/") else path


def under_base(ways: Ways, base_path: str) -> Iterator[tuple[str, str, str]]:
    """Every redirect as (`one` or `all`, from, to), as the host has them."""
    for path, to in ways.redirects.items():
        yield "one", with_base(base_path, path), with_base(base_path, to)
    for path, to in ways.moved.items():
        yield "all", with_base(base_path, path), with_base(base_path, to)
