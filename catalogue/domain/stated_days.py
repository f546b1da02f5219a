"""Days and months as notes state them: `2018-05-03`, `2018-05`, or free words."""

from __future__ import annotations

import re
from datetime import date

_STATED = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)


def is_past(text: str, today: date) -> bool:
    """Whether a stated day or month has passed entirely; free words never have.

    >>> [is_past("2018-05", date(2018, 5, 31)), is_past("2018-05", date(2018, 6, 1))]
    [False, True]
    """
    return bool(_STATED.fullmatch(text)) and text < today.isoformat()[: len(text)]
