"""Fetch a large file piece by piece: what came stays, the rest is asked for, whoever is busy is left in peace.

Never a byte of two versions in one file: the rest is asked for with If-Range and a strong ETag; whatever else is
answered begins anew (RFC 9110, sections 13.1.5 and 14).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from catalogue.errors import AnswerRefused, NoAnswer
from catalogue.outside.exchange import Asked, Fetched
from catalogue.outside.fetch import fetch
from catalogue.outside.guard import Guard
from catalogue.outside.limits import Limits
from catalogue.outside.part_file import PartFile
from catalogue.outside.verdicts import Outcome, judge

# The largest file that is taken, and the longest that one answer may last.
LIMITS = Limits(size_bytes=8 * 1024**3, read=timedelta(seconds=30), whole=timedelta(hours=1))
# How often in a row nothing new may come; a server that cuts every answer short gets as many as it needs.
IDLE_TRIES, MOST_TRIES = 4, 100_000
# What a server may ask us to wait, and how long we wait of our own.
LONGEST_WAIT = timedelta(seconds=120)
FIRST_WAIT = timedelta(seconds=1)
_RANGE_NOT_SATISFIABLE = 416
# A name that nobody knows is looked up once more, and not for long.
_WEIGHTS = {"outside-unknown": 2}


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How to wait (in seconds), and when to stop: `is_over` is asked between pieces, `took` is told their sizes."""

    wait: Callable[[float], None]
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    is_over: Callable[[], bool] = field(default=lambda: False)
    took: Callable[[int], None] = field(default=lambda _: None)


def download(url: str, part: PartFile, *, guard: Guard, patience: Patience, limits: Limits = LIMITS) -> None:
    """Fetch a file whole into `part`, from wherever an earlier try ended.

    Raises AddressRefused, AnswerRefused (what it answers is no such file), NoAnswer (too little came too often, or
    `patience` is over); what came stays in `part` for another time.
    """
    if part.known.etag and part.is_whole:  # only what was to be done with it is lacking
        return
    idle = 0
    for _ in range(MOST_TRIES):
        before = part.size_bytes
        error = _try(url, part, guard=guard, patience=patience, limits=limits)
        if error is None:
            return
        idle = 0 if part.size_bytes > before else idle + _WEIGHTS.get(error[0].code, 1)
        if idle >= IDLE_TRIES or patience.is_over():
            raise error[0]
        wait = error[1] or (FIRST_WAIT * 2 ** (idle - 1) if idle else timedelta())
        _rest(min(wait, LONGEST_WAIT), patience)
    raise NoAnswer("outside-endless", "It never comes to its end. Try again later.", url=url)


def _rest(wait: timedelta, patience: Patience) -> None:
    """Wait a second at a time, so that who stops need not wait for the end."""
    left = wait.total_seconds()
    while left > 0 and not patience.is_over():
        patience.wait(min(left, 1.0))
        left -= 1.0


def _try(
    url: str, part: PartFile, *, guard: Guard, patience: Patience, limits: Limits
) -> tuple[NoAnswer, timedelta | None] | None:
    """Ask once; None: it is whole. Else what was wrong, and how long the server asks us to wait."""
    try:
        with part.open() as file:
            answer = fetch(
                Asked(url=url, headers=part.headers()),
                guard=guard,
                limits=limits,
                into=_Told(file, patience, url),
                begin=lambda head: part.begin(head, file),
            )
    except NoAnswer as error:
        return error, None
    if answer.is_success:
        return None if _is_whole(part) else (_cut_off(url), None)
    if answer.status == _RANGE_NOT_SATISFIABLE:
        part.forget()
        return _cut_off(url), None
    return _status(answer, patience)


def _is_whole(part: PartFile) -> bool:
    return part.known.size_bytes is None or part.is_whole


def _cut_off(url: str) -> NoAnswer:
    return NoAnswer("outside-truncated", "It breaks off in the middle. Try again later.", url=url)


def _status(answer: Fetched, patience: Patience) -> tuple[NoAnswer, timedelta | None]:
    verdict = judge(answer, now=patience.clock())
    if verdict.outcome is not Outcome.AGAIN:
        raise AnswerRefused("outside-status", "It answers {status} and no file.", url=answer.url, status=answer.status)
    template = "It answers {status}: it is busy, or broken. Try again later."
    return NoAnswer("outside-busy", template, url=answer.url, status=answer.status), verdict.wait


class _Told:
    """A file that says how much was written, and stops when nobody wants any more."""

    def __init__(self, file: BinaryIO, patience: Patience, url: str) -> None:
        self._file, self._patience, self._url = file, patience, url

    def write(self, piece: bytes, /) -> int:
        """Write a piece; raises NoAnswer when the patience is over."""
        if self._patience.is_over():
            raise NoAnswer("outside-stopped", "It was stopped. What came is kept.", url=self._url)
        self._patience.took(len(piece))
        return self._file.write(piece)
