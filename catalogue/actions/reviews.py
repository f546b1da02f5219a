"""Which episodes and pages are to be read again by somebody who knows: overdue, or soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from catalogue.actions.open import Place
from catalogue.actions.written_pages import PAGES
from catalogue.check.health_rules import is_old
from catalogue.domain.episode import Review
from catalogue.domain.stated_days import is_past


class Urgency(StrEnum):
    """How urgent a review is."""

    OVERDUE = "overdue"
    SOON = "soon"
    UNDATED = "undated"
    """The last one is long ago, and nothing says when the next will be."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """A review that is due: of what (`path` in the library), when it was to be, and who read it last."""

    urgency: Urgency
    path: str
    title: str
    on: str
    """The day or month as stated: of the next review, or of the last where none is stated."""
    by: str | None


def due_reviews(place: Place, *, today: date, days: int) -> tuple[Due, ...]:
    """Give reviews that are overdue, or will be within so many days; the longest due first, undated ones last.

    Drafts count, too; what was withdrawn does not. A review that is `under way` is not due.
    """
    found = [
        due
        for path, title, review in _reviewed(place)
        if (due := _due(path, title, review, today=today, days=days)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.urgency is Urgency.UNDATED, one.on, one.path)))


def _reviewed(place: Place) -> Iterator[tuple[str, str, Review]]:
    for show in place.index.shows():
        for row in place.index.episodes(show.show.guid):
            episode = row.episode
            if episode is not None and episode.review is not None and row.line.withdrawn_at is None:
                yield f"{show.show.path}/{episode.path}".lstrip("/"), episode.title, episode.review
    for page in PAGES.held(place.index).pages:
        if page.review is not None:
            yield page.path, page.title, page.review


def _due(path: str, title: str, review: Review, *, today: date, days: int) -> Due | None:
    urgency, on = None, review.next_on or review.last_on
    if review.next_on is not None and is_past(review.next_on, today):
        urgency = Urgency.OVERDUE
    elif review.next_on is not None and is_past(review.next_on, today + timedelta(days=days)):
        urgency = Urgency.SOON
    elif review.next_on is None and review.last_on is not None and is_old(review.last_on, today):
        urgency = Urgency.UNDATED
    return Due(urgency=urgency, path=path, title=title, on=on, by=review.by) if urgency and on else None
