"""Choose episodes by a condition: which keys there are, and how what an episode says compares with what was typed.

Keys are those of notes, and what `castalogue list` shows. A value means what it means in a note: `published=2026-01-05`
is that day where the show is, `explicit=no` a word for false. Where a note leaves it to the show, `explicit` and
`author` are those of the show; `explicit=""` still asks what the note says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from catalogue.actions.open import Place
from catalogue.domain.condition import Comparison, Condition, comparisons_of, holds
from catalogue.domain.episode import Episode, Season
from catalogue.domain.episode_status import status_of
from catalogue.domain.show import Show
from catalogue.errors import CatalogueError, ConditionError
from catalogue.library.notes.episode_note import NOTE_KEYS
from catalogue.library.notes.key_names import nearest_key
from catalogue.library.notes.moments import read_day
from catalogue.library.notes.scalars import read_scalar
from catalogue.library.notes.typed_text import hint_of
from catalogue.store.index import EpisodeRow, ShowRow

_DAY = re.compile(r"\s*\d{4}-\d{2}-\d{2}\s*")


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """An episode that a condition holds for, with its show."""

    show: ShowRow
    row: EpisodeRow
    episode: Episode


@dataclass(frozen=True)
class _Asked:
    """An episode that is asked about, at a moment."""

    show: Show
    episode: Episode
    now: datetime


# What `list` and `show` say beside the keys of notes → its type, and how to ask for it.
_LISTED: Mapping[str, tuple[Any, Callable[[_Asked], object]]] = {
    "show": (str, lambda one: one.show.slug),
    "path": (str, lambda one: one.episode.path),
    "status": (str, lambda one: status_of(one.episode, one.now)),
    "audio": (str, lambda one: one.episode.audio.path if one.episode.audio else None),
    "duration": (timedelta, lambda one: one.episode.duration),
    "notes": (str, lambda one: one.episode.notes or None),
}
KEYS = (*NOTE_KEYS, *_LISTED)


def choose_episodes(place: Place, condition: Condition, *, now: datetime) -> Iterator[Chosen]:
    """Give the episodes for which a condition holds, show by show; none that was withdrawn or was never indexed.

    Raises ConditionError for keys that there are not, and values that they cannot have, before anything is given.
    """
    for test in comparisons_of(condition):
        _check(test)
    return _chosen(place, condition, now)


def _chosen(place: Place, condition: Condition, now: datetime) -> Iterator[Chosen]:
    for show in place.index.shows():
        for row in place.index.episodes(show.show.guid):
            if row.episode is None or row.line.withdrawn_at is not None:
                continue
            asked = _Asked(show.show, row.episode, now)
            if holds(condition, lambda test, asked=asked: _is_met(test, asked)):  # type: ignore[misc]
                yield Chosen(show=show, row=row, episode=row.episode)


def _check(test: Comparison) -> None:
    """Raise ConditionError where nothing could ever meet a comparison."""
    if test.key not in KEYS:
        near = nearest_key(test.key, KEYS)
        mend = "Did you mean `{nearest}`?" if near else "There are: {known}."
        raise ConditionError(
            "condition-key",
            "At character {position}: there is no key `{key}`. " + mend,
            position=test.position,
            key=test.key[:60],
            nearest=near,
            known=", ".join(KEYS),
        )
    try:
        wanted = _wanted(_hint(test.key), test.text, "UTC")
    except CatalogueError as error:
        params = {**error.params, "what": f"`{test.key}`", "position": test.text_position}
        raise ConditionError(error.code, "At character {position}: " + error.template, **params) from error
    if test.operator in _ORDERS and isinstance(wanted, (str, bool)):
        raise ConditionError(
            "condition-order",
            "At character {position}: `{key}` has no order, so {operator} says nothing. Write = or ~.",
            position=test.position,
            key=test.key,
            operator=test.operator,
        )


def _is_met(test: Comparison, asked: _Asked) -> bool:
    stated = list(_plain(_stated(test.key, asked)))
    if test.text == "" and test.operator in ("=", "!="):
        return (not stated) is (test.operator == "=")
    stated = stated or list(_plain(_left_to_show(test.key, asked.show)))
    if test.operator == "~":
        return any(_folded(test.text) in _folded(str(one)) for one in stated)
    wanted = _wanted(_hint(test.key), test.text, asked.show.timezone)
    values = [_comparable(one, wanted, asked.show.timezone) for one in stated]
    if test.operator in ("=", "!="):
        return (wanted in values) is (test.operator == "=")
    return any(_ORDERS[test.operator](one, wanted) for one in values)


_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lambda one, other: one < other,
    ">": lambda one, other: one > other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
}


def _stated(key: str, asked: _Asked) -> object:
    if key in _LISTED:
        return _LISTED[key][1](asked)
    value: object = asked.episode
    for name in NOTE_KEYS[key].split("."):
        value = getattr(value, name, None)
    return value


def _left_to_show(key: str, show: Show) -> object:
    """What counts for an episode whose note says nothing of a key, as its feed does."""
    return getattr(show, key) if key in ("author", "explicit") else None


def _plain(value: object) -> Iterator[object]:
    """What is stated, one by one: of a table the first of its fields, which names it."""
    if value is None:
        return
    if isinstance(value, tuple):
        for one in value:
            yield from _plain(one)
    elif is_dataclass(value):
        yield from _plain(getattr(value, fields(value)[0].name))
    else:
        yield value


@cache
def _hint(key: str) -> Any:
    hint = _LISTED[key][0] if key in _LISTED else hint_of(key)
    if hint is Season:
        return int
    is_single = hint in _SINGLE or (isinstance(hint, type) and issubclass(hint, StrEnum))
    return hint if is_single else str


_SINGLE: Iterable[Any] = (bool, int, Decimal, date, datetime, timedelta)


def _wanted(hint: Any, text: str, timezone: str) -> object:
    """What was typed beside a key, as the key's values are; a day alone stays one, though the key has moments."""
    if hint is str or text == "":
        return _folded(text)
    if hint is datetime and _DAY.fullmatch(text):
        return read_day(text)
    return read_scalar(hint, text, timezone=timezone, name="", owner=Episode)


def _comparable(stated: object, wanted: object, timezone: str) -> object:
    if isinstance(stated, datetime) and not isinstance(wanted, datetime):
        return stated.astimezone(ZoneInfo(timezone)).date()
    if isinstance(wanted, str) and not isinstance(wanted, StrEnum):
        return _folded(str(stated))
    return stated


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
