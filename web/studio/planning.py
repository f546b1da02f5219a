"""What an index would change of a show, said before it does; and the word that lets go on what waits for one."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.index import index_library
from catalogue.actions.runs import Report
from catalogue.actions.show_plan import (
    Foresight,
    accept_removals,
    changed_fields,
    foresee_index,
    is_refused,
    settle_claim,
)
from catalogue.domain.plan import Claim, EpisodePlan
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import SHOW_PLAN
from catalogue.errors import CatalogueError, Conflict, StoreError
from catalogue.store.index import EpisodeRow
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place
from web.studio.faults import Told, told_error, told_held, told_problems
from web.studio.rights import allows
from web.studio.words import studio_words
from web.studio.work import may_open, shelf, wishes

# More of one kind are counted, not named.
MOST_NAMED = 50
# Of more than so many episodes that some files may be, one is chosen from a list.
MOST_PRESSED = 4
LONGEST_WORD = 40
LONGEST_PATH = 4096


@studio.get(SHOW_PLAN, endpoint="plan")
@allows(Right.SEE)
def plan(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """Say what would change; looking changes nothing."""
    return _page()


@studio.post(SHOW_PLAN, endpoint="carry_out")
@allows(Right.PUBLISH)
def carry_out(show: str) -> ResponseReturnValue:
    """Index now, or say the word that something waits for."""
    act = request.form.get("act", "")
    if act == "gone" and not _has_word():
        words = studio_words()
        told = Told(sentence=words("fault_plan-word"), language=words.language, field="word", label=words("field_word"))
        return _page(told=told), 422
    try:
        report = ACTS.get(act, _index)()
    except StoreError:
        raise
    except CatalogueError as error:
        return _page(told=told_error(error)), 409 if isinstance(error, Conflict) else 422
    log(f"plan-{act if act in ACTS else 'index'}", show=current.show())
    done = "part" if is_refused(report, current.show()) else "all"
    return redirect(url_for("studio.plan", show=show, done=done), 303)


def _index() -> Report:
    return index_library(place(), wishes())


def _claim() -> Report:
    new, old = (request.form.get(name, "")[:LONGEST_PATH] for name in ("new", "old"))
    return settle_claim(place(), current.show(), Claim(new=new, old=old or None), wishes())


def _gone() -> Report:
    return accept_removals(place(), current.show(), wishes())


ACTS: dict[str, Callable[[], Report]] = {"index": _index, "claim": _claim, "gone": _gone}


def _has_word() -> bool:
    said = request.form.get("word", "")[:LONGEST_WORD].strip().casefold()
    return said == studio_words()("plan_gone_word")


def _page(*, told: Told | None = None) -> str:
    foresight: Foresight | None = None
    try:
        foresight = foresee_index(place(), current.show(), wishes())
    except StoreError:
        raise
    except CatalogueError as error:
        told = told or told_error(error)
    done = request.args.get("done", "")
    return render_template(
        "studio/plan.html",
        foresight=foresight,
        held=[(one, told_held(one)) for one in foresight.held] if foresight else (),
        removals=told_problems((foresight.removals,)) if foresight and foresight.removals else (),
        others=told_problems(foresight.others) if foresight else (),
        told=told,
        done=done if done in ("all", "part") else "",
        most=MOST_NAMED,
        most_pressed=MOST_PRESSED,
        row_of=_row,
        may_open=may_open,
        changed=_changed,
    )


def _row(one: EpisodePlan) -> EpisodeRow | None:
    """The episode as it is indexed; None where it is new."""
    return shelf().by_guid.get(one.episode.guid)


def _changed(one: EpisodePlan) -> str:
    """What of an episode becomes other, in the words of the page."""
    words = studio_words()
    return ", ".join(words(f"changed_{name}") for name in changed_fields(one))
