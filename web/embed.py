"""The small player that other sites show in a frame, and what tells them how (oEmbed 1.0).

Its pages alone may be framed by anybody. They set no cookie, send no referrer and need no script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from flask import Blueprint, Response, abort, current_app, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from catalogue.domain import patterns
from catalogue.domain.cards import CARD_HEIGHT, CARD_WIDTH
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.domain.tongues import primary, said_by, text_for
from catalogue.errors import Moved, NotFound
from web.current import find_episode, find_show, now, site
from web.episode_page import read_episode_page
from web.headers import framed, share
from web.phrases import text_of
from web.player import read_moment
from web.words import languages

embed = Blueprint("embed", __name__)
# In CSS pixels: the player with a title of two lines and a warning; what is longer is scrolled.
WIDTH, HEIGHT = 600, 280
LONGEST_ADDRESS = 2048


@embed.get(patterns.EMBED)
def player(show: str, episode: str) -> str:
    """The small player, at the moment `t` where one is asked for."""
    found = find_show(show)
    about = find_episode(found, episode)
    page = read_episode_page(found, about, text_of(about))
    return render_template("embed.html", page=page, show=found)


@embed.get(patterns.OEMBED)
def oembed(show: str, episode: str) -> Response:
    """How to show the small player of this episode."""
    found = find_show(show)
    return _answer(found, find_episode(found, episode), site().canonical, moment=None)


@embed.get(patterns.OEMBED_BY_ADDRESS)
def oembed_by_address() -> Response:
    """The same for the page whose address is asked for, if it is an episode's on this site."""
    if request.args.get("format", "json") != "json":
        abort(501)  # oEmbed 1.0, 2.3.3: for a form that is not had
    show, episode, moment, language = _read_address(request.args.get("url", ""))
    publication = site().publication
    found = find_show(_slug_today(show, publication.show))
    about = find_episode(found, _slug_today(episode, lambda slug: publication.episode(found, slug, now())))
    public = site().canonical.speaking(language) if language else site().canonical
    return _answer(found, about, public, moment=moment)


@embed.after_request
def _let_frame(response: Response) -> Response:
    """Let other sites show these pages, the page of an error too."""
    return framed(response, g.get("remote_audio"))


def _read_address(address: str) -> tuple[str, str, str | None, str | None]:
    """The slugs of show and episode that an address of ours names, its moment and language; NotFound for any other."""
    none = NotFound("no-embed", "There is no episode of this site at that address.")
    try:
        asked = urlsplit(address[:LONGEST_ADDRESS])
        path = _own_path(asked)
        first = path[1:].partition("/")[0]
        language = first if first in languages() else None
        endpoint, named = current_app.url_map.bind("").match(path.removeprefix(f"/{language}") if language else path)
    except (HTTPException, ValueError) as error:
        raise none from error
    if endpoint not in ("pages.episode", "embed.player"):
        raise none
    return named["show"], named["episode"], parse_qs(asked.query).get("t", [None])[0], language


def _slug_today(slug: str, find: Callable[[str], object]) -> str:
    """The slug that a show or an episode has today: an address that it once had names it still."""
    try:
        find(slug)
    except Moved as moved:
        return moved.to
    return slug


def _own_path(address: SplitResult) -> str:
    """The path below our base URL; empty, so that nothing is at it, for an address elsewhere."""
    ours = urlsplit(site().public.base_url)
    is_ours = address.netloc.lower() == ours.netloc.lower() and address.path.startswith(f"{site().base_path}/")
    return address.path.removeprefix(site().base_path) if is_ours else ""


def _answer(show: Show, episode: Episode, public: Links, *, moment: str | None) -> Response:
    response: Response = jsonify(_described(show, episode, public, moment=moment))
    return share(response)


def _described(show: Show, episode: Episode, public: Links, *, moment: str | None) -> dict[str, Any]:
    spoken = public.tongue.speaking if public.tongue else primary(show.language)
    title = text_for(episode, spoken).title if public.tongue else episode.title
    address = public.embed(show, episode, at=read_moment(moment, episode.duration))
    width, height = _at_most("maxwidth", WIDTH), _at_most("maxheight", HEIGHT)
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": said_by(show, "title", spoken)[0],
        "provider_url": public.home(),
        "author_name": show.author,
        "author_url": public.show(show),
        "title": title,
        "html": f'<iframe src="{escape(address)}" width="{width}" height="{height}" title="{escape(title)}" '
        'loading="lazy" style="border:0;max-width:100%"></iframe>',
        "width": width,
        "height": height,
        "thumbnail_url": public.card(show, episode),
        "thumbnail_width": CARD_WIDTH,
        "thumbnail_height": CARD_HEIGHT,
    }


def _at_most(name: str, usual: int) -> int:
    """The usual size, or what the asker has room for."""
    asked = request.args.get(name, "")
    return min(usual, int(asked)) if re.fullmatch(r"[1-9]\d{0,4}", asked, re.ASCII) else usual
