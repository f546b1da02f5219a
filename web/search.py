"""The search page: what somebody asks for, the sentences found, and the description that browsers read of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask import Response, g, make_response, render_template, request

from catalogue.domain import patterns
from catalogue.domain.search import Asked, Choice, Choices
from catalogue.domain.tongues import said_by
from catalogue.domain.written_page import PageKind
from web import figures
from web.current import now, site, words
from web.headers import POLICY
from web.search_hits import set_hit
from web.service import service
from web.site import pages
from web.spoken_show import title_of
from web.tongue import read_tongue
from web.words import words_for

# Of what somebody typed more is not even looked at; an address of ours is never as long.
MOST_CHARACTERS = 10_000
# What a title or a sentence repeats of it.
SHOWN_CHARACTERS = 80
# Nobody in between keeps an answer; the reader's own browser asks again each time.
PRIVATE = "private, no-cache"
# The page asks itself again while somebody types (search.js).
ASKING_POLICY = f"{POLICY.format(media='')}; connect-src 'self'"
DESCRIPTION_CACHE = "public, max-age=3600"
# OpenSearch 1.1: longer names are not valid.
SHORT_NAME, LONG_NAME = 16, 48
# Their names in addresses, and the words for each and for none of it.
FILTERS = (
    ("show", "search_show", "search_any_show"),
    ("person", "search_person", "search_any_person"),
    ("topic", "search_topic", "search_any_topic"),
    ("year", "search_year", "search_any_year"),
    ("language", "search_language", "search_any_language"),
)
_SIGNS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A way to narrow the search: its name in the address, what it offers, and what is chosen (empty: nothing).

    `label` and `everything` are keys of words.
    """

    name: str
    label: str
    everything: str
    choices: tuple[Choice, ...]
    chosen: str

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to choose, or to take back."""
        return len(self.choices) > 1 or bool(self.chosen)


@pages.get(patterns.SEARCH)
def search() -> Response:
    """What was said and written about some words; without words, how to search."""
    asked = read_asked()
    answer = site().publication.search(asked, now())
    shows = site().publication.shows()
    g.is_one_of_many = len(shows) > 1
    filters = read_filters(asked, site().publication.search_choices(now()))
    html = render_template(
        "search.html",
        asked=asked,
        asked_words=_shown(asked.words),
        answer=answer,
        hits=tuple(set_hit(hit) for hit in answer.hits),
        filters=tuple(one for one in filters if one.is_offered),
        narrowed=tuple((one.name, one.chosen) for one in filters if one.chosen),
        show=shows[0] if len(shows) == 1 else None,
    )
    response = make_response(html)
    response.headers["Cache-Control"] = PRIVATE
    response.headers["Content-Security-Policy"] = ASKING_POLICY
    return response


@service.get(patterns.OPENSEARCH)
def opensearch() -> Response:
    """The search as browsers read it, to offer it beside others (OpenSearch 1.1)."""
    catalogue, shows = site().publication.catalogue(), site().publication.shows()
    home = read_tongue(catalogue, shows, asked=None).home
    title = catalogue.title or next((said_by(show, "title", home)[0] for show in shows), "Castalogue")
    spoken = words_for(home)
    xml = render_template(
        "opensearch.xml",
        short_name=_at_most(title, SHORT_NAME),
        long_name=_at_most(title, LONG_NAME),
        description=spoken("search_in", title=title),
        icon=site().public.base_url + site().assets.address("favicon.svg").removeprefix(site().base_path),
    )
    response = Response(xml, content_type="application/opensearchdescription+xml; charset=utf-8")
    response.headers["Cache-Control"] = DESCRIPTION_CACHE
    return response


def read_asked() -> Asked:
    """Read what the address asks for; what cannot be read is not asked."""
    year = _stated("year")
    page = _stated("page")
    return Asked(
        words=_stated("q"),
        spoken=words().language,
        show=_stated("show") or None,
        person=_stated("person") or None,
        topic=_stated("topic") or None,
        year=int(year) if _YEAR.fullmatch(year) else None,
        language=_stated("language") or None,
        page=max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
    )


def read_filters(asked: Asked, offered: Choices) -> tuple[Filter, ...]:
    """List the filters with what is chosen in them; a choice nobody offers is listed as it was asked."""
    languages = tuple(replace(one, label=figures.language_name(one.value)) for one in offered.languages)
    topics = tuple(replace(one, label=_topic(one)) for one in offered.topics)
    titles = {show.slug: title_of(show) for show in site().publication.shows()}
    shows = tuple(replace(one, label=titles.get(one.value, one.label)) for one in offered.shows)
    offers = (shows, offered.people, topics, offered.years, languages)
    stated = (asked.show, asked.person, asked.topic, asked.year, asked.language)
    found = []
    for (name, label, everything), choices, value in zip(FILTERS, offers, stated, strict=True):
        chosen = str(value or "")
        with_it = _with(choices, chosen)
        found.append(Filter(name=name, label=label, everything=everything, choices=with_it, chosen=chosen))
    return tuple(found)


def _topic(choice: Choice) -> str:
    """A topic page is called as it calls itself in the language of this page, a tag as it is written."""
    page = site().publication.pages().find(PageKind.TOPIC, choice.value)
    return page.said_in(words().language).title if page else choice.label


def _stated(name: str) -> str:
    return _SIGNS.sub(" ", request.args.get(name, "")[:MOST_CHARACTERS]).strip()


def _with(choices: tuple[Choice, ...], chosen: str) -> tuple[Choice, ...]:
    if not chosen or any(one.value == chosen for one in choices):
        return choices
    return (*choices, Choice(value=chosen, label=_shown(chosen), count=0))


def _at_most(name: str, most: int) -> str:
    """As many whole words of a name as there is room for."""
    return name if len(name) <= most else name[: most + 1].rpartition(" ")[0].rstrip() or name[:most]


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS].rstrip()} …"
