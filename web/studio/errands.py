"""Long work behind the pages: how far it is, what came of it, and cancelling it."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.errands.asking import cancel, find_errand
from catalogue.actions.errands.failures import error_of, where_of
from catalogue.domain.errands import Errand, ErrandState
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import ERRAND, ERRAND_CANCEL, ERRAND_CANCEL_OF_ALL, ERRAND_OF_ALL
from catalogue.errors import Forbidden
from web.current import now
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import can, log, place
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.words import studio_words


def _episode_address(errand: Errand) -> str:
    """The page of the episode that an errand was about; nothing where it is gone."""
    row = place().index.episode(errand.show_guid, errand.guid)
    return "" if row is None else url_for("studio.episode", show=current.show().slug, episode=row.line.slug)


# Where to go on from an errand that is done, by its kind: a function of it that gives an address.
ONWARD: dict[str, Callable[[Errand], str]] = {
    "loudness": _episode_address,
}

# What somebody must be allowed to, beside being here, who looks at an errand of a show or cancels it, by its kind.
NEEDS: dict[str, Right] = {}


@studio.get(ERRAND, endpoint="errand")
@allows(Right.UPLOAD)
def errand(show: str, errand: int) -> str:  # noqa: ARG001  (the guard has found it)
    """Show how far an errand of a show is; a script looks again by itself."""
    return _page(_of_show(errand))


@studio.post(ERRAND_CANCEL, endpoint="cancel_errand")
@allows(Right.UPLOAD)
def cancel_errand(show: str, errand: int) -> ResponseReturnValue:  # noqa: ARG001
    """Cancel an errand of a show."""
    found = _of_show(errand)
    if cancel(place(), found.id, now=now()):
        log("errand-cancelled", show=current.show(), which=found.kind)
    return redirect(errand_address(found), 303)


@studio.get(ERRAND_OF_ALL, endpoint="errand_of_all")
@allows(Right.BEGIN_SHOW)
def errand_of_all(errand: int) -> str:
    """Show how far an errand is that is for no show that is there."""
    return _page(find_errand(place(), errand, show_guid=""))


@studio.post(ERRAND_CANCEL_OF_ALL, endpoint="cancel_errand_of_all")
@allows(Right.BEGIN_SHOW)
def cancel_errand_of_all(errand: int) -> ResponseReturnValue:
    """Cancel an errand that is for no show that is there."""
    found = find_errand(place(), errand, show_guid="")
    if cancel(place(), found.id, now=now()):
        log("errand-cancelled", which=found.kind)
    return redirect(errand_address(found), 303)


def errand_address(errand: Errand) -> str:
    """The page of an errand: in the show of the request, or of none."""
    if errand.show_guid:
        return url_for("studio.errand", show=current.show().slug, errand=errand.id)
    return url_for("studio.errand_of_all", errand=errand.id)


def cancel_address(errand: Errand) -> str:
    """Where the form that cancels it is sent to."""
    if errand.show_guid:
        return url_for("studio.cancel_errand", show=current.show().slug, errand=errand.id)
    return url_for("studio.cancel_errand_of_all", errand=errand.id)


def kind_title(errand: Errand) -> str:
    """What an errand is, in the words of the page."""
    words = studio_words()
    key = f"errand_{errand.kind}"
    return words(key) if key in words else words("errand_any")


def step_sentence(errand: Errand) -> str:
    """What is being done just now, or what came of it."""
    words = studio_words()
    key = f"errand_{errand.kind}_{errand.said}"
    is_named = errand.state is ErrandState.RUNNING and errand.said and key in words
    return words(key) if is_named else words(f"errand_state_{errand.state.value}")


def far_sentence(errand: Errand) -> str:
    """How far that is, in what its kind counts; empty where nobody knows."""
    words = studio_words()
    key = f"errand_{errand.kind}_far"
    return words(key if key in words else "errand_far", done=errand.done, total=errand.total) if errand.total else ""


def failure_of(errand: Errand) -> Told | None:
    """Why it failed, in the words of the page where it has any; None where it did not."""
    error = error_of(errand)
    if error is None:
        return None
    told, where = told_error(error), where_of(errand)
    return Told(sentence=f"{where}: {told.sentence}", language=told.language) if where else told


def errand_parts(errand: Errand) -> dict[str, object]:
    """What the macro of `_errand.html` needs, for any page that shows an errand."""
    onward = ONWARD.get(errand.kind)
    return {
        "errand": errand,
        "kind_title": kind_title(errand),
        "step": step_sentence(errand),
        "far": far_sentence(errand),
        "failed": failure_of(errand),
        "address": errand_address(errand),
        "cancel_address": cancel_address(errand),
        "onward": onward(errand) if onward is not None and errand.state.value == "done" else "",
    }


def _of_show(number: int) -> Errand:
    """An errand of the show of the address; raises NotFound, and Forbidden where another role may ask for such."""
    found = find_errand(place(), number, show_guid=current.show().guid)
    if not can(NEEDS.get(found.kind, Right.UPLOAD), current.show()):
        raise Forbidden("no-right", "Your role does not allow this.")
    return found


def _page(errand: Errand) -> str:
    row = place().index.episode(errand.show_guid, errand.guid) if errand.guid else None
    return render_template("studio/errand.html", parts=errand_parts(errand), row=row)
