"""One text → one value: the single types that fields of notes and show files have."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from catalogue.errors import CatalogueError
from catalogue.library.notes.moments import read_day, read_duration, read_moment
from catalogue.library.notes.text_shapes import read_text

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def read_scalar(hint: Any, text: str, *, timezone: str, name: str, owner: type) -> object:
    """Read one text as the type `hint`, for the field `name` of the class `owner`.

    Raises CatalogueError whose `{what}` the caller fills in.
    """
    if hint is str:
        return read_text(name, text, kind=owner.__name__)
    if hint is datetime:
        return read_moment(text, timezone)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice(hint, text)
    return _SCALARS[hint](text)


def _choice(kind: type[StrEnum], text: str) -> StrEnum:
    try:
        return kind(text.strip().lower())
    except ValueError as cause:
        template = "{what} is none of its choices: '{text}'. Write {choices}."
        params = {"what": "This", "text": text[:60], "choices": " or ".join(kind)}
        raise CatalogueError("choice", template, **params) from cause


def _yes_no(text: str) -> bool:
    if text.strip().lower() not in _YES_NO:
        raise CatalogueError(
            "yes-no", "{what} is neither yes nor no: '{text}'. Write one of them.", what="This", text=text[:60]
        )
    return _YES_NO[text.strip().lower()]


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", text.strip()):
        template = "{what} is not a whole number: '{text}'. Write digits alone, such as 12."
        raise CatalogueError("whole-number", template, what="This", text=text[:60])
    return int(text)


def _number(text: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,3})?", bare := text.strip().removeprefix("#")):
        template = "{what} is not a number: '{text}'. Write digits, such as 110."
        raise CatalogueError("number", template, what="This", text=text[:60])
    return Decimal(bare)


_SCALARS: dict[Any, Callable[[str], object]] = {
    bool: _yes_no,
    int: _whole,
    Decimal: _number,
    date: read_day,
    timedelta: read_duration,
}
