"""What was done in the studio, by whom and when, for who looks after a show."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import render_template, request

from catalogue.domain.producers import LogEntry
from catalogue.domain.rights import Right, Role
from catalogue.domain.studio_patterns import LOG_OF_ALL, LOG_OF_SHOW
from web import figures
from web.current import site
from web.studio.blueprint import studio
from web.studio.current import desk
from web.studio.current import show as show_of_request
from web.studio.rights import allows
from web.studio.words import studio_words

ENTRIES_PER_PAGE = 50
# A page beyond this is nobody's to read.
LAST_PAGE = 10_000


@studio.get(LOG_OF_ALL)
@studio.get(LOG_OF_SHOW)
@allows(Right.LOG)
def log_page(show: str | None = None) -> str:
    """What was done, the newest first: to a show, or at all."""
    about = show_of_request() if show else None
    number = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    found = desk().accounts.log_entries(
        show_guids=(about.guid,) if about else None,
        offset=(number - 1) * ENTRIES_PER_PAGE,
        limit=ENTRIES_PER_PAGE + 1,
    )
    zone = about.timezone if about else "UTC"
    return render_template(
        "studio/log.html",
        about_show=about,
        entries=[(one, said(one), said_at(one.at, zone)) for one in found[:ENTRIES_PER_PAGE]],
        has_more=len(found) > ENTRIES_PER_PAGE,
        number=number,
        shows={one.guid: one for one in site().publication.shows()},
    )


def said(entry: LogEntry) -> str:
    """Say what an entry is about; a word that nobody wrote a sentence for stands for itself."""
    words = studio_words()
    key = f"deed_{entry.what}"
    return words(key, which=_spoken(entry.which)) if key in words else " ".join(filter(None, (entry.what, entry.which)))


def said_at(moment: datetime, zone: str) -> str:
    """Say a day and a time of day, as clocks in a zone show it."""
    clock = moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
    return f"{figures.day(moment, zone, studio_words())}, {clock}" + (" UTC" if zone == "UTC" else "")


def _spoken(which: str) -> str:
    """The thing of an entry, with the roles in it in the language of the page."""
    words = studio_words()
    before, separator, role = which.rpartition(": ")
    known = role in {one.value for one in Role}
    return f"{before}{separator}{words(f'role_of_{role}')}" if known else which
