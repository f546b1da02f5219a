"""What a page is about, in the words of schema.org, for search engines and apps: JSON-LD in the page's head.

A block of data, which no browser runs, so that the policy without inline scripts stays whole. Addresses are the
canonical ones. `lastReviewed` and `reviewedBy` belong to the page, in schema.org's terms, the rest to the episode.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from babel.core import get_global
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from catalogue.domain.cards import CARD_HEIGHT, CARD_WIDTH
from catalogue.domain.episode import Review, Season
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.domain.written_page import PageKind
from web.episode_page import EpisodePage
from web.spoken_show import title_of
from web.structured_events import event_data
from web.structured_parts import (
    Node,
    episode_id,
    episode_node,
    season_node,
    series_id,
    series_node,
    whole_series_node,
)
from web.topic_page import TopicPage

_DUMPS = partial(json.dumps, separators=(",", ":"))


def data_block(nodes: Iterable[Node]) -> Markup:
    """Write things as the JSON-LD of a page, safe between its tags; what is None or empty is left out."""
    graph = {"@context": "https://schema.org", "@graph": [_stated(node) for node in nodes]}
    written = htmlsafe_json_dumps(graph, dumps=_DUMPS)
    return Markup('<script type="application/ld+json">{}</script>').format(written)


def home_data(title: str, shows: Sequence[Show], public: Links) -> tuple[Node, ...]:
    """The site: what it is called, how it is searched, which shows it has."""
    public = _plain(public)
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{public.search()}?q={{q}}"},
        "query-input": "required name=q",
    }
    return (
        {
            "@type": "WebSite",
            "@id": _site_id(public),
            "name": title,
            "url": public.home(),
            "potentialAction": search,
            "hasPart": [{"@id": series_id(show, public)} for show in shows],
        },
        *(series_node(show, public) for show in shows),
    )


def show_data(show: Show, public: Links, *, seasons: Sequence[Season] = (), is_alone: bool) -> tuple[Node, ...]:
    """A show as a podcast series, with its seasons and the way to it; where it is alone, the site, too."""
    way = _way((title_of(show), public.show(show)))
    public = _plain(public)
    series = whole_series_node(show, public) | {
        "containsSeason": [season_node(season) for season in seasons],
        "isPartOf": {"@id": _site_id(public)},
    }
    return (
        series,
        way,
        *(home_data(title_of(show), (show,), public)[:1] if is_alone else ()),
    )


def episode_data(show: Show, page: EpisodePage, public: Links, *, address: str, summary: str) -> tuple[Node, ...]:
    """An episode, the page it is on (`address`), its show, and the way to it."""
    episode, plain = page.episode, _plain(public)
    return (
        {
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "name": page.title,
            "inLanguage": page.language,
            "mainEntity": {"@id": episode_id(show, episode, plain)},
            **_reviewed(episode.review),
        },
        episode_node(show, page, plain, summary=summary),
        series_node(show, plain),
        _way((title_of(show), public.show(show)), (page.title, address)),
    )


def topic_data(topic: TopicPage, public: Links, *, address: str) -> tuple[Node, ...]:
    """A page that somebody wrote, at `address`, with the episodes it gathers, and the way to it.

    It is medical where it is about a topic and a disclaimer stands beside it.
    """
    page, plain = topic.page, _plain(public)
    is_medical = page.kind is PageKind.TOPIC and bool(topic.disclaimer)
    gathered = [(one.show, one.episode) for one in topic.gathered]
    node: Node = {
        "@type": "MedicalWebPage" if is_medical else "WebPage",
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.summary,
        "inLanguage": topic.language,
        "mentions": [
            {"@type": "PodcastEpisode", "@id": episode_id(*one, plain), "url": plain.episode(*one)} for one in gathered
        ],
        "citation": [source.url or source.title for source in page.sources],
        **_reviewed(page.review),
    }
    return node, _way((page.title, address))


def _reviewed(review: Review | None) -> Node:
    """Who has last read the words of a page, and when."""
    if review is None:
        return {}
    by = {"@type": "Person", "name": review.by} if review.by else None
    return {"lastReviewed": _reviewed_on(review.last_on), "reviewedBy": by}


def _way(*steps: tuple[str, str]) -> Node:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": address}
            for place, (name, address) in enumerate(steps, 1)
        ],
    }


def _reviewed_on(text: str | None) -> str | None:
    """A day or month as stated, both dates in ISO 8601; of free words none.

    >>> _reviewed_on("2018-05"), _reviewed_on("2018-05-03"), _reviewed_on("in spring")
    ('2018-05', '2018-05-03', None)
    """
    return text if text and re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text) else None


def locale_of(tag: str) -> str:
    """A language as Open Graph names it, with the country where most speak it if it states none.

    >>> locale_of("es"), locale_of("pt-BR"), locale_of("x-own")
    ('es_ES', 'pt_BR', 'x_own')
    """
    parts = tag.replace("_", "-").split("-")
    country = next((part.upper() for part in parts[1:] if len(part) == 2), None)
    likely = get_global("likely_subtags").get(parts[0].lower())
    if likely is None:
        return tag.replace("-", "_")
    return f"{parts[0].lower()}_{country or likely.rpartition('_')[2]}"


def _plain(public: Links) -> Links:
    """The addresses that name things, whatever the page about them speaks."""
    return replace(public, tongue=None)


def _site_id(public: Links) -> str:
    return f"{public.home()}#site"


def _stated(node: Node) -> Node:
    """The same without what is None or empty, at any depth; numbers and truths are always something."""
    kept = ((name, _filled(value)) for name, value in node.items())
    return {name: value for name, value in kept if value or isinstance(value, int)}


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return _stated(value)
    return [_filled(one) for one in value] if isinstance(value, list) else value


STRUCTURED = {
    "CARD_SIZE": (CARD_WIDTH, CARD_HEIGHT),
    "locale_of": locale_of,
    "data_block": data_block,
    "event_data": event_data,
    "episode_data": episode_data,
    "home_data": home_data,
    "show_data": show_data,
    "topic_data": topic_data,
}
