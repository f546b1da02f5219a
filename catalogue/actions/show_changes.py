"""What changes of what is said of a show, in words: its title, its address, its owner."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum

from catalogue.domain.links import Links
from catalogue.domain.show import Show

# What is told in another way, or follows from what is told.
_PASSED_OVER = frozenset({"slug", "was", "path", "first_seen_at"})
_SHORT = 60


def show_changes(before: Show | None, after: Show) -> tuple[str, ...]:
    """Say what changes from one state of a show to the other; nothing where it is new.

    A short value is told as it was and will be; of a long one only that it changes.
    """
    if before is None:
        return ()
    told = [_moved(before, after)] if before.slug != after.slug else []
    for field in fields(Show):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new and field.name not in _PASSED_OVER:
            told.append(_told(field.name.replace("_", " "), old, new))
    if before.path != after.path:
        told.append(f"now in {after.path or 'the library itself'}")
    return tuple(told)


def _moved(before: Show, after: Show) -> str:
    here = Links("")
    return f"the feed moves to {here.feed(after)}; {here.feed(before)} leads there"


def _told(name: str, old: object, new: object) -> str:
    values = _in_short(old), _in_short(new)
    return name if None in values else f"{name}: {values[0]} → {values[1]}"


def _in_short(value: object) -> str | None:
    """A value as a person would say it; None where it takes more than a line."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int | str) and len(str(value)) <= _SHORT and "\n" not in str(value):
        return str(value)
    return None
