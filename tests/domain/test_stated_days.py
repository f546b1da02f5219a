"""When a stated day or month is over."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.domain.stated_days import is_past


@pytest.mark.parametrize(
    ("stated", "late"), [("2018-05", True), ("2021-10", False), ("2021-10-04", True), ("soon", False)]
)
def test_a_month_is_past_when_it_has_passed_whole(stated, late):
    assert is_past(stated, date(2021, 10, 5)) is late
