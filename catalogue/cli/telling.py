"""Commands of what is done in the background: worker, jobs."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.ending import end_on_signals
from catalogue.cli.options import common_options, json_option, opened, settings_of
from catalogue.cli.printing import how_many, print_json, tell

if TYPE_CHECKING:
    from catalogue.actions.open import Place
    from catalogue.actions.telling import Told
    from catalogue.actions.told_jobs import OpenJob


@click.command()
@click.option("--once", is_flag=True, help="Tell what is due by now, then end.")
@common_options
def worker(once: bool, **options: Any) -> None:
    """Tell hub, Podping and webhook of changes, as they are due, and do errands; several workers share the work."""
    from catalogue.actions.announce import channels_of
    from catalogue.actions.told_jobs import told_of

    end_on_signals()
    with suppress(KeyboardInterrupt), opened(settings_of(**options)) as place:
        kinds = channels_of(place.settings)
        if once:
            _work_once(place)
        else:
            told = f"tells {', '.join(told_of(kind, place) for kind in kinds)}" if kinds else "tells nobody of changes"
            tell(f"Does errands, and {told}. Ctrl-C ends it.")
            _work_until_ended(place)
    tell("Ended.")


def _work_once(place: Place) -> None:
    from catalogue.actions.announce import channels_of
    from catalogue.actions.errands.background import run_what_waits
    from catalogue.actions.errands.kinds import KINDS
    from catalogue.actions.errands.running import Runner
    from catalogue.cli.errands import say_ended

    count = _tell_what_is_due(place) if channels_of(place.settings) else 0
    tell(f"{how_many(count, 'job')} done or tried.")
    done = run_what_waits(Runner(place, KINDS, clock=_now), say_ended)
    tell(f"{how_many(done, 'errand')} done or tried.")


def _tell_what_is_due(place: Place) -> int:
    from catalogue.actions.telling import Teller
    from catalogue.actions.worker import tell_what_is_due

    return tell_what_is_due(Teller(place, clock=_now), on_told=say_told)


def _work_until_ended(place: Place) -> None:
    from catalogue.actions.errands.background import errands_running
    from catalogue.actions.worker import telling
    from catalogue.cli.errands import say_ended

    with suppress(SystemExit), telling(place, on_told=say_told), errands_running(place, on_ended=say_ended):
        threading.Event().wait()


@click.command()
@click.option("--again", is_flag=True, help="Try again now what was given up.")
@json_option
@common_options
def jobs(again: bool, as_json: bool, **options: Any) -> None:
    """List what waits to be told, what fails, and what was given up, with the reason."""
    from catalogue.actions.told_jobs import open_jobs, revive

    with opened(settings_of(**options)) as place:
        revived = revive(place, now=_now()) if again else 0
        found, now = open_jobs(place), place.index.moment(_now())
    if as_json:
        print_json([_document(one, now) for one in found])
        return
    if again:
        tell(f"{how_many(revived, 'job')} will be tried again.")
    for one in found:
        click.echo(_line(one, now))
    tell(f"{how_many(len(found), 'job')} not done." if found else "Nothing waits to be told.")


def say_told(told: Told) -> None:
    """Say what became of a job; what waits for its time is nothing to tell."""
    what = f"{told.job.kind.value}, {told.about}"
    sentences = {
        "heard": f"Told: {what}.",
        "again": f"! Not heard: {what}. {told.why} It is tried again at {_clock(told.again_at)}.",
        "given-up": f"✗ Given up: {what}. {told.why} castalogue jobs --again tries it again.",
    }
    if told.fate.value in sentences:
        tell(sentences[told.fate.value])


def _line(one: OpenJob, now: datetime) -> str:
    job = one.job
    subject = f"{one.show}: {one.episode}" if one.episode else one.show
    tries = f", tried {how_many(job.tries, 'time')}" if job.tries else ""
    reason = f": {job.reason}" if job.reason else ""
    unset = "" if one.is_configured else " (not set for this process)"
    return f"{_state(one, now)}{tries}  {job.kind.value}{unset}  {subject}{reason}"


def _state(one: OpenJob, now: datetime) -> str:
    if one.is_given_up:
        return "given up"
    if one.is_told(now):
        return "being told"
    return f"due {_clock(one.job.due_at)}" if one.job.due_at > now else "due now"


def _document(one: OpenJob, now: datetime) -> dict[str, Any]:
    job = one.job
    return {
        "kind": job.kind.value,
        "show": one.show,
        "episode": one.episode or None,
        "guid": job.guid or None,
        "state": "telling" if one.is_told(now) else "failing" if one.is_failing else job.state.value,
        "asked_at": job.asked_at.isoformat(),
        "due_at": job.due_at.isoformat(),
        "tries": job.tries,
        "reason": job.reason,
        "configured": one.is_configured,
    }


def _clock(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else ""


def _now() -> datetime:
    return datetime.now(UTC)
