"""Taking everything along: a show as one file, packed behind the page and kept for a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.errands.asking import ask_for, errands_like, find_errand
from catalogue.actions.shows.archive_errand import ARCHIVE, archive_path, sweep_archives
from catalogue.domain.errands import Errand, ErrandState, ErrandWish
from catalogue.domain.rights import Right
from catalogue.domain.show_work_patterns import ARCHIVE as ARCHIVE_PAGE
from catalogue.domain.show_work_patterns import ARCHIVE_FILE
from catalogue.errors import NotFound
from web.current import now
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place, producer
from web.studio.errands import NEEDS, ONWARD, errand_parts
from web.studio.faults import told_reason
from web.studio.rights import allows

NEEDS[ARCHIVE] = Right.SETTINGS
ONWARD[ARCHIVE] = lambda _errand: url_for("studio.archive", show=current.show().slug)


@studio.get(ARCHIVE_PAGE, endpoint="archive")
@allows(Right.SETTINGS)
def archive(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """Say what an archive is; how far the last one is, or where to fetch it."""
    sweep_archives(place(), now())
    found = next(reversed(errands_like(place(), ARCHIVE, show_guid=current.show().guid)), None)
    parts = errand_parts(found) | {"address": url_for("studio.archive", show=current.show().slug)} if found else None
    is_there = found is not None and _is_there(found)
    kept = found.outcome["left_out"] if found is not None and is_there else ()
    left_out = [(path, told_reason(why)) for path, why in cast("Sequence[tuple[str, str]]", kept)]
    return render_template("studio/archive.html", errand=found, parts=parts, is_there=is_there, left_out=left_out)


@studio.post(ARCHIVE_PAGE, endpoint="ask_archive")
@allows(Right.SETTINGS)
def ask_archive(show: str) -> ResponseReturnValue:  # noqa: ARG001
    """Ask for an archive of the show as it is now."""
    wish = ErrandWish(kind=ARCHIVE, show_guid=current.show().guid, parameters={}, asked_by=producer().shown_name)
    ask_for(place(), wish, now=now())
    log("archive", show=current.show())
    return redirect(url_for("studio.archive", show=current.show().slug), 303)


@studio.get(ARCHIVE_FILE, endpoint="archive_file")
@allows(Right.SETTINGS)
def archive_file(show: str, errand: int) -> Response:  # noqa: ARG001
    """The archive itself, streamed; raises NotFound once it is gone."""
    found = find_errand(place(), errand, show_guid=current.show().guid)
    if found.kind != ARCHIVE or not _is_there(found):
        raise NotFound("no-archive", "This archive is not kept any more. Ask for another.")
    name = f"{current.show().slug}.zip"
    path = archive_path(place(), found).resolve()
    return send_file(path, mimetype="application/zip", as_attachment=True, download_name=name)


def _is_there(errand: Errand) -> bool:
    return errand.state is ErrandState.DONE and archive_path(place(), errand).is_file()
