"""Where a feed was before its show came here: on a domain that came with it, its old address leads to the new one."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from flask import Response, request

from catalogue.errors import StoreError
from web.current import MOVED_CACHE, site
from web.headers import share


def find_old_feed() -> Response | None:
    """The redirect for a request that found nothing, where that is the old address of a show's feed; else None."""
    host = urlsplit(site().public.base_url).hostname
    asked = site().base_path + request.path
    try:
        shows = site().publication.shows()
    except StoreError:  # then nobody can say
        return None
    for show in shows:
        for address in map(urlsplit, show.moved_from):
            query = request.query_string.decode("latin-1")
            if (address.hostname, unquote(address.path), address.query) == (host, asked, query):
                to = {"Location": site().pages.feed(show), "Cache-Control": MOVED_CACHE}
                return share(Response(status=301, headers=to))
    return None
