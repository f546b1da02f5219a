"""What an answer to something we told means: it was heard, it should be told again, or never again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum

from catalogue.errors import NoAnswer, OutsideError
from catalogue.outside.exchange import Fetched

# RFC 9110, sections 15.5.9 and 15.6; RFC 8470, section 5.2; RFC 6585, section 4: the same may be well later.
PASSING = frozenset((408, 425, 429))
# Who asks for more patience than this is asked again all the same.
LONGEST_WAIT = timedelta(days=1)

# What is wrong with the body of an answer that was a success.
_BODIES = frozenset(("outside-coding", "outside-gzip", "outside-too-large"))


class Outcome(Enum):
    """What to do next."""

    HEARD = "heard"
    AGAIN = "again"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """An outcome; `wait` is how long the other side asks us to (None: it does not say), `why` a sentence for people."""

    outcome: Outcome
    wait: timedelta | None = None
    why: str = ""


def judge(answer: Fetched | OutsideError, *, now: datetime) -> Verdict:
    """Tell what an answer, or what was raised in its place, means for something that we told.

    A hub that is down for a day is asked again; an address that is refused, gone (410) or wrong (4xx) never is. A
    redirect is none we follow with what is posted: somebody has to write the new address.
    """
    if isinstance(answer, OutsideError) and answer.code in _BODIES:  # raised behind a 2xx alone
        return Verdict(outcome=Outcome.HEARD)
    if isinstance(answer, OutsideError):
        # A certificate that ran out is renewed within days.
        may_pass = isinstance(answer, NoAnswer) or answer.code == "outside-certificate"
        return Verdict(outcome=Outcome.AGAIN if may_pass else Outcome.NEVER, why=str(answer))
    if answer.is_success:
        return Verdict(outcome=Outcome.HEARD)
    if answer.status in PASSING or answer.status >= 500:
        wait = _wait(answer.header("retry-after"), now)
        return Verdict(outcome=Outcome.AGAIN, wait=wait, why=f"{answer.url}: It answers {answer.status}.")
    moved = answer.header("location") if 300 <= answer.status < 400 else None
    mend = f" Write its new address: {moved}." if moved else ""
    return Verdict(outcome=Outcome.NEVER, why=f"{answer.url}: It answers {answer.status}.{mend}")


def _wait(stated: str | None, now: datetime) -> timedelta | None:
    """Read Retry-After (RFC 9110, section 10.2.3): seconds or a date; what cannot be read says nothing."""
    if stated is None:
        return None
    if stated.isascii() and stated.isdecimal():
        return min(timedelta(seconds=int(stated[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), LONGEST_WAIT)
