"""One page of every kind of the served sample, in every language, found by walking its links.

A kind is a pattern of `catalogue.domain.patterns`: what is built later is looked at without a change here.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from serving import SHOW, Served
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule

from catalogue.domain.patterns import EPISODE, LANGUAGE_CODES, PATTERNS, SEARCH

LED_TO = re.compile('(?:href|src)="([^"]+)"')
MISSING = "/<show>/never-was/"
# What no link leads to: a search with hits, one without, an address that never was.
ASKED = {
    "/search/?q=bone+pain": SEARCH,
    "/search/?q=zzzz": f"{SEARCH} without a hit",
    f"/{SHOW}/never-was/": MISSING,
    f"/{SHOW}/110-meet-the-husbands/": f"{EPISODE} with a warning",
    f"/es/{SHOW}/110-meet-the-husbands/": f"{EPISODE} with a warning",
    "/es/search/?q=dolor": SEARCH,
    "/es/search/?q=zzzz": f"{SEARCH} without a hit",
    f"/es/{SHOW}/never-was/": MISSING,
}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The longest page of its kind in its language; `name` is fit for a file."""

    pattern: str
    language: str
    path: str
    body: str

    @property
    def name(self) -> str:
        words = re.sub(r"<(?:\w+:)?(\w+)>", r"\1", self.pattern).strip("/") or "home"
        return f"{words.replace('/', '-').replace(' ', '-').replace('--', '-')}.{self.language}"


def find_kinds(served: Served) -> tuple[Kind, ...]:
    """Walk all pages from the first; give the longest of each pattern and language, in order of their names."""
    found: dict[tuple[str, str], Kind] = {}
    waiting, seen = ["/", "/es/", *ASKED], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = served.ask(path)
        if not answer.headers.get("content-type", "").startswith("text/html") or answer.status not in (200, 404):
            continue
        language, pattern = _told_apart(path)
        if answer.status == 200 or path in ASKED:
            kind = Kind(pattern=pattern, language=language, path=path, body=answer.text)
            found[pattern, language] = max(found.get((pattern, language), kind), kind, key=lambda one: len(one.body))
        waiting += _onward(answer.text, served.url)
    return tuple(sorted(found.values(), key=lambda kind: kind.name))


def _onward(body: str, url: str) -> list[str]:
    """The paths a page leads to, those in code for other people's pages with them; no query but our own."""
    led = (urldefrag(href)[0].removeprefix(url) for href in LED_TO.findall(html.unescape(body)))
    return [href for href in led if href.startswith("/") and href.endswith("/") and not urlsplit(href).query]


def _told_apart(path: str) -> tuple[str, str]:
    """The language that an address asks for (a page's own: `en`) and its pattern."""
    first, _, rest = path[1:].partition("/")
    language, plain = (first, f"/{rest}") if first in LANGUAGE_CODES else ("en", path)
    if path in ASKED:
        return language, ASKED[path]
    try:
        rule, _ = _RULES.match(urlsplit(plain).path, return_rule=True)
    except NotFound:
        return language, plain
    return language, rule.rule


_RULES = Map([Rule(pattern, endpoint=pattern) for pattern in PATTERNS]).bind("")
