"""How long to wait where nobody hears, and when to tell no more."""

from datetime import timedelta

import pytest
from builders import NOON

from catalogue.domain.telling import LONGEST_WAIT, MOST_TRIES, PATIENCE, is_over, wait_after


@pytest.mark.parametrize("tries", [1, 2, 3, 8, 50, MOST_TRIES])
def test_chance_takes_away_half_of_a_wait_at_most(tries):
    most = wait_after(tries, chance=1)
    assert wait_after(tries, chance=0) == most / 2
    assert most <= LONGEST_WAIT


def test_no_wait_is_shorter_than_the_one_before():
    waits = [wait_after(tries, chance=1) for tries in range(1, MOST_TRIES)]
    assert waits == sorted(waits)


def test_who_states_a_longer_wait_gets_it_and_a_shorter_one_shortens_nothing():
    assert wait_after(1, chance=1, stated=timedelta(hours=5)) == timedelta(hours=5)
    assert wait_after(1, chance=1, stated=timedelta(seconds=1)) == timedelta(seconds=30)


@pytest.mark.parametrize("chance", [0, 0.5, 1])
def test_the_time_to_try_is_over_before_the_tries_are(chance):
    tries, again_at = 0, NOON
    while not is_over(tries, since=NOON, again_at=again_at):
        tries += 1
        again_at += wait_after(tries, chance=chance)
    assert tries < MOST_TRIES
    assert PATIENCE < again_at - NOON <= PATIENCE + LONGEST_WAIT


def test_it_is_over_after_the_most_tries_however_quick():
    assert is_over(MOST_TRIES, since=NOON, again_at=NOON)
    assert not is_over(MOST_TRIES - 1, since=NOON, again_at=NOON + PATIENCE)
