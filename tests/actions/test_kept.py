"""What is kept as long as it is true."""

from datetime import UTC, datetime, timedelta

from catalogue.actions.kept import Kept

NOON, HOUR = datetime(2021, 10, 5, 12, tzinfo=UTC), timedelta(hours=1)


def made(until=None):
    """Something to be made, which counts how often it was."""
    count = iter(range(9))
    return lambda: (next(count), until)


def test_it_is_made_once_for_each_state():
    kept, make, state = Kept[int](), made(), object()
    assert [kept.of(state, NOON, make), kept.of(state, NOON + HOUR, make)] == [0, 0]
    assert kept.of(object(), NOON, make) == 1


def test_it_is_made_again_once_its_time_is_over_or_the_clock_was_put_back():
    kept, make, state = Kept[int](), made(NOON + HOUR), object()
    assert [kept.of(state, NOON, make), kept.of(state, NOON + HOUR - timedelta(seconds=1), make)] == [0, 0]
    assert kept.of(state, NOON + HOUR, make) == 1
    assert kept.of(state, NOON, make) == 2
