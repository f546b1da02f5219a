"""“Ready for review”: a draft is handed over to who looks after its show, taken back, and answered."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.handing_over import answer, hand_over, take_back
from catalogue.domain.handovers import Step
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_READY, EPISODE_READY_ANSWER, EPISODE_READY_END
from catalogue.errors import ContentError
from catalogue.store.index import EpisodeRow
from web.current import now
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place, producer
from web.studio.episode import REFUSALS, shown, status_of
from web.studio.faults import told_error
from web.studio.rights import allows
from web.studio.work import find_row, name_of

NOTE = "handed_note"


@studio.post(EPISODE_READY, endpoint="hand_over")
@allows(Right.WRITE)
def say_ready(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001  (the guard has found the show)
    """Say that a draft is ready; said twice it is as it should be."""
    row = find_row(episode)
    try:
        is_new = hand_over(place(), name_of(row), who=producer().shown_name, now=now())
    except REFUSALS as error:
        return shown(row, reason=told_error(error)), status_of(error)
    return _done(row, Step.READY, is_new=is_new)


@studio.post(EPISODE_READY_END, endpoint="take_handover_back")
@allows(Right.WRITE)
def say_not_ready(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take it back; what waits no more is as it should be."""
    row = find_row(episode)
    try:
        is_new = take_back(place(), name_of(row), who=producer().shown_name, now=now())
    except REFUSALS as error:
        return shown(row, reason=told_error(error)), status_of(error)
    return _done(row, Step.TAKEN_BACK, is_new=is_new)


@studio.post(EPISODE_READY_ANSWER, endpoint="answer_handover")
@allows(Right.REVIEW)
def say_answer(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Say that it was looked at, or send it back with a word; what lacks is told at its field."""
    row, note = find_row(episode), request.form.get(NOTE, "")
    step = Step.LOOKED_AT if request.form.get("act") == Step.LOOKED_AT.value else Step.SENT_BACK
    try:
        answer(place(), name_of(row), step, note=note, who=producer().shown_name, now=now())
    except REFUSALS as error:
        told = told_error(error, NOTE if isinstance(error, ContentError) else "")
        return shown(row, told_handed=told, typed_note=note), status_of(error)
    return _done(row, step, is_new=True)


def _done(row: EpisodeRow, step: Step, *, is_new: bool) -> ResponseReturnValue:
    slug, show = row.line.slug, current.show()
    if is_new:
        log(f"handover-{step.value}", show=show, which=slug)
    return redirect(url_for("studio.episode", show=show.slug, episode=slug, done=step.value), 303)
