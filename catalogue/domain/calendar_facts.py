"""What the calendar of the library was found to hold.

Apart from what other files hold: every worker that reads a file loads that, and few ever read a calendar.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.domain.events import Calendar
from catalogue.domain.plan import Problem


@dataclass(frozen=True, kw_only=True)
class CalendarFacts:
    """The events of a calendar, and what is wrong with those that are left out."""

    calendar: Calendar
    problems: tuple[Problem, ...] = ()
