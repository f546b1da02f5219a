"""Rule I14: the HTML in descriptions and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.check.rule import Flaw, Level, rule
from catalogue.feed_reading import Element, FeedDocument, Item

# Apple and PSP-1: what a description may hold.
DESCRIPTION_TAGS = frozenset("p ol ul li a b i strong em br".split())
DANGEROUS_TAGS = frozenset("script style iframe object embed form link meta base".split())
_NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)((?:[\s/][^<>]*+)?)>")
_EVENT = re.compile(r"on[a-z]++\s*+=")
_DANGEROUS_ATTRIBUTE = re.compile(r"[\s/\"']on[a-z]++\s*+=|=\s*+[\"']?\s*+javascript:", re.IGNORECASE)


@rule("I14", Level.WARNING, source="Apple: A Podcaster's Guide to RSS; PSP-1")
def html_is_plain_and_harmless(feed: FeedDocument) -> Iterator[Flaw]:
    """HTML is escaped or in CDATA, descriptions keep to p, ol, ul, li, a, b, i, strong, em, br; nothing in it acts.

    Mend: write the notes in Markdown; scripts, frames, styles and `on…` attributes have no place in a feed.

    Passes: <item><description>&lt;p&gt;All about &lt;b&gt;compost&lt;/b&gt;.&lt;/p&gt;</description></item>
    Fails: <item><description><p>All about <b>compost</b>.</p></description></item>
    """
    for item, element in _texts(feed):
        if element.children:
            yield Flaw(message=f"`{element.name}` holds bare HTML; escape it or use CDATA.", at=element, item=item)
            continue
        names = {name.lower() for name in set(_NAME.findall(element.raw))}
        strange = names - DESCRIPTION_TAGS
        danger = _find_danger(element.raw) if names & DANGEROUS_TAGS or _may_act(element.raw.lower()) else None
        if danger:
            message = f"`{element.name}` holds HTML that acts; remove it."
            yield Flaw(message=message, at=element, value=danger, item=item, level=Level.ERROR)
        elif strange and element.name == "description":
            tags = {name.lower() for name, _ in _TAG.findall(element.raw)} & strange
            if tags:
                message = f"Apps do not show <{min(tags)}> in a description."
                yield Flaw(message=message, at=element, item=item)


def _may_act(html: str) -> bool:
    """Whether HTML in small letters is worth a closer look; a fifth of the time that the look takes."""
    return "javascript:" in html or _EVENT.search(html) is not None


def _find_danger(html: str) -> str | None:
    """The first tag that acts; None where only words look like one."""
    tags = ((name.lower(), rest) for name, rest in _TAG.findall(html))
    return next((f"<{name}{rest}>" for name, rest in tags if _is_dangerous(name, rest)), None)


def _is_dangerous(name: str, attributes: str) -> bool:
    return name in DANGEROUS_TAGS or _DANGEROUS_ATTRIBUTE.search(attributes) is not None


def _texts(feed: FeedDocument) -> Iterator[tuple[Item | None, Element]]:
    for item, parent in feed.places():
        for name in ("description", "content:encoded", "itunes:summary"):
            element = parent.first(name)
            if element is not None:
                yield item, element
