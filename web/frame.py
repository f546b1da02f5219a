"""What stands around every page: the languages it can be read in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request

from web.current import site, tongue


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A page in one language: a path for people (with what they asked), the absolute URL for machines."""

    language: str
    path: str
    url: str
    is_this: bool


def tongues_of_page() -> tuple[Spoken, ...]:
    """List this page in every language it can be read in, its own first; empty for one that is not there."""
    spoken = tongue()
    if spoken is None or request.blueprint != "pages":
        return ()
    own = spoken.own(g.show.language) if "show" in g else spoken.home
    query = request.query_string.decode("latin-1")
    asked = f"?{query}" if query else ""
    found = []
    for language in (own, *(other for other in spoken.offered if other != own)):
        path = ("" if language == own else f"/{language}") + request.path
        found.append(
            Spoken(
                language=language,
                path=site().base_path + path + asked,
                url=site().public.base_url + path,
                is_this=language == spoken.speaking,
            )
        )
    return tuple(found)
