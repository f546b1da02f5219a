"""What was done in the studio, by whom and when, for who looks after a show."""

from __future__ import annotations

from flask import render_template, request

from catalogue.domain.rights import Right
from catalogue.domain.show import Show
from catalogue.domain.studio_patterns import LOG_OF_ALL, LOG_OF_SHOW
from web.current import site
from web.studio.blueprint import studio
from web.studio.current import desk
from web.studio.current import show as show_of_request
from web.studio.rights import allows

ENTRIES_PER_PAGE = 50


@studio.get(LOG_OF_ALL)
@allows(Right.LOG)
def log_of_all() -> str:
    """Everything that was done."""
    return _page(None)


@studio.get(LOG_OF_SHOW)
@allows(Right.LOG)
def log_of_show(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """What was done to a show."""
    return _page(show_of_request())


def _page(about: Show | None) -> str:
    number = max(request.args.get("page", 1, type=int), 1)
    guids = None if about is None else (about.guid,)
    start = (number - 1) * ENTRIES_PER_PAGE
    found = desk().accounts.log_entries(show_guids=guids, offset=start, limit=ENTRIES_PER_PAGE + 1)
    titles = {one.guid: one for one in site().publication.shows()}
    return render_template(
        "studio/log.html",
        about=about,
        entries=found[:ENTRIES_PER_PAGE],
        has_more=len(found) > ENTRIES_PER_PAGE,
        number=number,
        shows=titles,
    )
