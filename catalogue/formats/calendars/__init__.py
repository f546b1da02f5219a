"""Calendars: which days a rule gives, and iCalendar files (RFC 5545) read and written.

`reading.py` is called in the box. dateutil reckons the days, icalendar knows the format.
"""

from catalogue.formats.calendars.days import coming_days, days_of, first_day
from catalogue.formats.calendars.writing import render_calendar

__all__ = ["coming_days", "days_of", "first_day", "render_calendar"]
