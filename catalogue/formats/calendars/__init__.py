"""Calendars: which days a rule gives, and iCalendar files (RFC 5545) read and written.

dateutil reckons the days (`days.py`), icalendar knows the format; `reading.py` is called in the box. Both take a while
to be imported, so nothing is here.
"""
