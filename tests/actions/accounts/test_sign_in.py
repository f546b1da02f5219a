"""Guesses are few, wherever they come from, and keep nobody out who was in before."""

from datetime import timedelta

import pytest
from builders import NOON
from people import add

from catalogue.actions.accounts import sign_in
from catalogue.actions.accounts.limits import NAME_MOST, TRIES_FROM_NETWORK, TRIES_OF_NETWORK, TRIES_ON_ACCOUNT
from catalogue.actions.accounts.passwords import hash_password
from catalogue.actions.accounts.sign_in import Asker, check_password, known_mark
from catalogue.domain.producers import fold_name
from catalogue.errors import TooManyTries

PASSWORD = "quiet rooms by the sea"


@pytest.fixture
def ana(desk):
    made = add(desk.accounts, "ana")
    desk.accounts.set_password(made.id, hash_password(PASSWORD))
    return desk.accounts.producer(made.id)


def guess(desk, name="ana", password="wrong", *, address="192.0.2.1", known="", now=NOON):
    """True: in; False: wrong; None: not looked at."""
    try:
        return check_password(desk, name, password, Asker(address=address, known=known), now=now) is not None
    except TooManyTries:
        return None


def guesses(desk, addresses, **stated):
    return [guess(desk, address=address, **stated) for address in addresses]


def test_from_one_network_there_are_ten(desk, ana):
    tried = guesses(desk, [f"192.0.2.{number}" for number in range(50)])
    assert [one for one in tried if one is not None] == [False] * TRIES_FROM_NETWORK
    assert guess(desk, password=PASSWORD) is None
    assert guess(desk, password=PASSWORD, address="203.0.113.1") is True


def test_from_everywhere_together_there_are_a_hundred_in_an_hour(desk, ana):
    tried = guesses(desk, [f"10.0.{number}.1" for number in range(200)])
    assert [one for one in tried if one is not None] == [False] * TRIES_ON_ACCOUNT
    assert guess(desk, password=PASSWORD, address="203.0.113.1") is None
    assert guess(desk, password=PASSWORD, address="203.0.113.1", known=known_mark(desk, ana)) is True
    assert guess(desk, password=PASSWORD, address="203.0.113.1", now=NOON + timedelta(hours=1)) is True


def test_one_network_tries_few_passwords_on_many_names(desk):
    tried = [guess(desk, name=f"name {number}") for number in range(60)]
    assert [one for one in tried if one is not None] == [False] * TRIES_OF_NETWORK


def test_a_name_that_nobody_has_is_limited_like_any_other(desk):
    assert guesses(desk, ["192.0.2.1"] * 12, name="nobody").count(False) == TRIES_FROM_NETWORK


def test_the_right_password_begins_the_count_anew(desk, ana):
    for _ in range(3):
        assert guesses(desk, ["192.0.2.1"] * 9) == [False] * 9
        assert guess(desk, password=PASSWORD) is True


@pytest.mark.parametrize(
    "forge", [lambda mark: mark[:-1] + "x", lambda mark: "2" + mark[1:], lambda mark: "é", str.upper]
)
def test_a_mark_that_nobody_gave_is_no_mark(desk, ana, forge):
    mark = forge(known_mark(desk, ana))
    assert guesses(desk, ["192.0.2.1"] * 12, known=mark).count(False) == TRIES_FROM_NETWORK
    assert guess(desk, known=mark) is None


def test_a_mark_ends_with_the_password_it_was_given_for(desk, ana):
    mark = known_mark(desk, ana)
    desk.accounts.set_password(ana.id, hash_password("another of them"))
    assert guesses(desk, ["192.0.2.1"] * 12, known=mark).count(False) == TRIES_FROM_NETWORK


def test_what_is_kept_of_tries_names_nobody(desk, ana):
    guess(desk, name="Ana's secret typed here", address="192.0.2.77")
    kept = repr(desk.accounts._tables.accounts.attempts)
    assert "ana" not in kept and "192.0.2" not in kept


def test_it_is_said_how_long_to_wait(desk, ana):
    guesses(desk, ["192.0.2.1"] * 10)
    with pytest.raises(TooManyTries, match="Wait 60 minutes"):
        check_password(desk, "ana", "x", Asker(address="192.0.2.1"), now=NOON)


def test_a_name_that_is_too_long_to_be_one_is_not_even_folded(desk, ana, monkeypatch):
    folded = []
    monkeypatch.setattr(sign_in, "fold_name", lambda name: folded.append(name) or fold_name(name))
    for letters in (4 * NAME_MOST, 4 * NAME_MOST + 1):
        assert check_password(desk, "x" * letters, PASSWORD, Asker(address="192.0.2.1"), now=NOON) is None
    assert [len(name) for name in folded] == [4 * NAME_MOST]
