"""Moving a show out: what to do at the new host, whether its feed has everything, and leading subscribers there."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.errands.asking import ask_for, find_errand
from catalogue.actions.errands.failures import error_of
from catalogue.actions.moving_out import check_new_address, move_back
from catalogue.actions.shows.move_errands import LOOK, MOVE
from catalogue.domain.errands import Errand, ErrandState, ErrandWish
from catalogue.domain.rights import Right
from catalogue.domain.show_work_patterns import MOVE_BACK, MOVE_OUT, MOVE_OUT_STATE
from catalogue.errors import CatalogueError, Conflict, NotFound, StoreError
from web.current import now, site
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place, producer
from web.studio.errands import NEEDS, ONWARD, errand_parts
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.work import wishes

FIELD = "new_feed"
KINDS = (LOOK, MOVE)


@studio.get(MOVE_OUT, endpoint="move_out")
@allows(Right.SETTINGS)
def move_out(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """Say what moving out is, step by step; where the show has moved, where to and how to undo it."""
    return _page()


@studio.post(MOVE_OUT, endpoint="ask_move_out")
@allows(Right.SETTINGS)
def ask_move_out(show: str) -> ResponseReturnValue:  # noqa: ARG001
    """Ask for a look at the new feed, or, after one, for the move itself."""
    try:
        url = _checked(request.form.get(FIELD, "").strip())
    except StoreError:
        raise
    except CatalogueError as error:
        return _page(told=told_error(error, FIELD)), 422
    kind = MOVE if request.form.get("act") == "move" else LOOK
    wish = ErrandWish(kind=kind, show_guid=current.show().guid, parameters={"url": url}, asked_by=producer().shown_name)
    errand = ask_for(place(), wish, now=now())
    if kind == MOVE:
        log("move-begun", show=current.show(), which=url)
    return redirect(_address(errand), 303)


@studio.get(MOVE_OUT_STATE, endpoint="move_out_state")
@allows(Right.SETTINGS)
def move_out_state(show: str, errand: int) -> str:  # noqa: ARG001
    """Show how far a look or a move is, then what came of it."""
    found = find_errand(place(), errand, show_guid=current.show().guid)
    if found.kind not in KINDS:
        raise NotFound("no-errand", "There is no errand {number} any more.", number=errand)
    url = str(found.parameters["url"])
    if found.state is ErrandState.FAILED:
        error = error_of(found)
        return _page(url=url, told=told_error(error) if error is not None else None)
    return render_template(
        "studio/move_out_state.html",
        parts=errand_parts(found) | {"address": _address(found)},
        errand=found,
        url=url,
        found=found.outcome,
        own=site().public.feed(current.show()),
    )


@studio.post(MOVE_BACK, endpoint="move_back")
@allows(Right.SETTINGS)
def move_back_now(show: str) -> ResponseReturnValue:  # noqa: ARG001
    """Serve the feed here again."""
    try:
        move_back(place(), show=current.show().guid, wishes=wishes())
    except StoreError:
        raise
    except CatalogueError as error:
        return _page(told=told_error(error)), 409 if isinstance(error, Conflict) else 422
    log("moved-back", show=current.show())
    return redirect(url_for("studio.move_out", show=current.show().slug, done=1), 303)


def _checked(typed: str) -> str:
    """Give an address as it will be written; raises ContentError, Conflict for the feed that is served here."""
    url = check_new_address(place(), typed, current.show().guid)
    own = site().public.feed(current.show())
    if url.partition("://")[2] == own.partition("://")[2]:
        raise Conflict("moved-to-itself", "{url} is this very feed: it cannot lead to itself.", url=url)
    return url


def _address(errand: Errand) -> str:
    return url_for("studio.move_out_state", show=current.show().slug, errand=errand.id)


def _page(*, url: str = "", told: Told | None = None) -> str:
    return render_template(
        "studio/move_out.html",
        own=site().public.feed(current.show()),
        url=url or request.form.get(FIELD, ""),
        told=told,
        is_done="done" in request.args,
    )


NEEDS.update(dict.fromkeys(KINDS, Right.SETTINGS))
ONWARD.update(dict.fromkeys(KINDS, _address))
