"""Tell other machines what is to be told: take a job, ask, and judge what the answer means.

A process may end between the answer and the note that it came, so a job is told at least once. What is told carries
the same key each time (`channels.Occasion.key`).
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from catalogue.actions.announce import PING_AFTER
from catalogue.actions.channels import Occasion, ask_about, has_secret_address
from catalogue.actions.open import Place, base_url_of
from catalogue.actions.owners import this_run
from catalogue.domain.links import Links
from catalogue.domain.telling import MOST_TRIES, WHOLE_FEED, Kind, is_over, wait_after
from catalogue.errors import ConfigError, OutsideError
from catalogue.feed.assembly import public_from
from catalogue.outside.exchange import Asked, Fetched
from catalogue.outside.fetch import fetch
from catalogue.outside.guard import Guard, open_guard
from catalogue.outside.limits import Limits
from catalogue.outside.verdicts import Outcome, Verdict, judge
from catalogue.store.index import Job

LOG = logging.getLogger("castalogue")
# Hubs answer with a line or two.
LIMITS = Limits(
    size_bytes=1024 * 1024, connect=timedelta(seconds=10), read=timedelta(seconds=20), whole=timedelta(seconds=30)
)
# Thrice as long as telling may take: then whoever took a job is dead, or stood still.
LEASE = timedelta(seconds=90)


class Fate(StrEnum):
    """What became of a job."""

    HEARD = "heard"
    AGAIN = "again"
    GIVEN_UP = "given-up"
    POSTPONED = "postponed"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A job that was taken: what it is about, what became of it, why, and when it is tried again."""

    job: Job
    fate: Fate
    about: str = ""
    why: str = ""
    again_at: datetime | None = None


class Ask(Protocol):
    """As `fetch`: raises an OutsideError where there is no answer."""

    def __call__(self, asked: Asked, *, guard: Guard, limits: Limits) -> Fetched: ...


class Teller:
    """Tells, one job at a time; several of them, in several processes too, share the work."""

    def __init__(
        self,
        place: Place,
        *,
        clock: Callable[[], datetime],
        chance: Callable[[], float] = random.random,
        ask: Ask = fetch,
    ) -> None:
        """Raises ConfigError where `allow_outside` cannot be read."""
        self._place, self._index, self._settings = place, place.index, place.settings
        self._clock, self._chance, self._ask = clock, chance, ask
        self._guard = open_guard(place.settings)

    def tell_next(self) -> Told | None:
        """Tell what is due longest; None where nothing is due. Raises StoreError."""
        now = self._now()
        if not self._index.is_job_due(now):
            return None
        job = self._index.take_job(owner=this_run().text, now=now, until=now + LEASE)
        return None if job is None else self._tell(job, now)

    def _tell(self, job: Job, now: datetime) -> Told:
        if job.tries > MOST_TRIES:
            return self._given_up(job, "Whoever tries it ends before it is done.")
        try:
            occasion = self._find_occasion(job, now)
        except ConfigError as error:
            return self._retried(job, Verdict(outcome=Outcome.AGAIN, why=str(error)))
        if occasion is None:
            self._index.drop_job(job)
            return Told(job=job, fate=Fate.DROPPED, why="There is nothing to tell any more.")
        moment = public_from(occasion.episode)
        if moment is not None and moment > now:
            self._index.postpone_job(job, due_at=moment + PING_AFTER)
            return Told(job=job, fate=Fate.POSTPONED, again_at=moment + PING_AFTER)
        return replace(self._settled(job, self._verdict(occasion), now), about=occasion.title)

    def _find_occasion(self, job: Job, now: datetime) -> Occasion | None:
        """What a job is about, as the index has it now; None where its show is no more, or its episode hidden."""
        row = next((row for row in self._index.shows() if row.show.guid == job.show_guid), None)
        if row is None:
            return None
        found = None if job.guid == WHOLE_FEED else self._index.episode(job.show_guid, job.guid)
        episode = found.episode if found is not None else None
        if job.guid != WHOLE_FEED and public_from(episode) is None:
            return None
        if job.kind is Kind.PODPING and row.show.block:
            return None
        base_url = base_url_of(self._place)
        if base_url is None:
            raise ConfigError(
                "no-base-url", "Nobody has said under which address the site is. Set CASTALOGUE_BASE_URL."
            )
        return Occasion(job=job, show=row.show, episode=episode, links=Links(base_url), now=now)

    def _verdict(self, occasion: Occasion) -> Verdict:
        """Ask, and judge; whatever goes wrong, the job is tried again."""
        answer: Fetched | OutsideError
        try:
            answer = self._ask(ask_about(occasion, self._settings), guard=self._guard, limits=LIMITS)
        except ConfigError as error:
            return Verdict(outcome=Outcome.AGAIN, why=str(error))
        except OutsideError as error:
            answer = error
        except Exception as error:  # or one job would end the telling of all others
            LOG.exception("Telling failed as nobody foresaw; it is tried again.")
            return Verdict(outcome=Outcome.AGAIN, why=f"{type(error).__name__}. The log says more.")
        return judge(_anonymous(answer) if has_secret_address(occasion.job.kind) else answer, now=self._now())

    def _settled(self, job: Job, verdict: Verdict, now: datetime) -> Told:
        if verdict.outcome is Outcome.HEARD:
            self._index.finish_job(job, heard_at=now)
            return Told(job=job, fate=Fate.HEARD)
        if verdict.outcome is Outcome.NEVER:
            return self._given_up(job, verdict.why)
        return self._retried(job, verdict)

    def _retried(self, job: Job, verdict: Verdict) -> Told:
        now = self._now()
        again_at = now + wait_after(job.tries, chance=self._chance(), stated=verdict.wait)
        if is_over(job.tries, since=job.tried_at or now, again_at=again_at):
            return self._given_up(job, f"{verdict.why} It was tried {job.tries} times.")
        self._index.retry_job(job, due_at=again_at, reason=verdict.why)
        return Told(job=job, fate=Fate.AGAIN, why=verdict.why, again_at=again_at)

    def _given_up(self, job: Job, why: str) -> Told:
        self._index.give_up_job(job, reason=why)
        return Told(job=job, fate=Fate.GIVEN_UP, why=why)

    def _now(self) -> datetime:
        return self._index.moment(self._clock())


def _anonymous(answer: Fetched | OutsideError) -> Fetched | OutsideError:
    """The same answer, of which no sentence tells more of the address than its machine."""
    machine = urlsplit(answer.url).netloc.rpartition("@")[2] or "The webhook"
    if isinstance(answer, OutsideError):
        return type(answer)(answer.code, answer.template, url=machine, **answer.params)
    headers = tuple((name, value) for name, value in answer.headers if name != "location")
    return replace(answer, url=machine, headers=headers)
