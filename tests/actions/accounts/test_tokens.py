"""Tokens open what they are for, as long as they hold, and no more than their producer may."""

from datetime import timedelta

import pytest
from builders import NOON
from people import DAY, add

from catalogue.actions.accounts.limits import TOKEN_TRIES, TOKENS_AT_ONCE, TRIES_WINDOW
from catalogue.actions.accounts.tokens import TokenWish, end_token, find_caller, find_problems, make_token
from catalogue.domain.rights import ALL_SHOWS, Grant, Right, Role
from catalogue.domain.tokens import SCOPES, Scope
from catalogue.errors import Conflict, NotFound, TokenRefused, TooManyTries

HERE = "192.0.2.7"


def wish(**stated):
    return TokenWish(**{"name": "laptop", "scopes": (Scope.READ,), **stated})


@pytest.fixture
def ana(desk):
    return add(desk.accounts)


def made(desk, producer, **stated):
    return make_token(desk, producer, wish(**stated), by=producer, now=NOON)


def test_a_token_says_in_whose_name_and_is_nowhere_kept(desk, ana):
    new = made(desk, ana)
    caller = find_caller(desk, new.secret, address=HERE, now=NOON)
    assert (caller.producer, caller.token.name, new.secret.startswith("cst_")) == (ana, "laptop", True)
    assert new.secret not in repr(desk.accounts.tokens())
    assert desk.accounts.tokens()[0].used_on == NOON.date()
    assert desk.accounts.log_entries(show_guids=None, offset=0, limit=1)[0].what == "token-made"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda desk, new: end_token(desk, new.token.id, of=None, by=None, now=NOON), "revoked-token"),
        (lambda desk, new: desk.accounts.disable_producer(new.token.producer_id, NOON), "unknown-token"),
        (lambda desk, new: None, "expired-token"),
    ],
)
def test_a_token_that_is_over_opens_nothing(desk, ana, change, code):
    add(desk.accounts, "eva")
    new = made(desk, ana)
    change(desk, new)
    with pytest.raises(TokenRefused) as refused:
        find_caller(desk, new.secret, address=HERE, now=NOON + 90 * DAY)
    assert refused.value.code == code


def test_one_of_somebody_else_is_not_there_to_be_ended(desk, ana):
    eva, new = add(desk.accounts, "eva"), made(desk, ana)
    with pytest.raises(NotFound):
        end_token(desk, new.token.id, of=eva, by=eva, now=NOON)
    assert find_caller(desk, new.secret, address=HERE, now=NOON).producer == ana


def test_guesses_are_limited_by_network_and_keep_no_token_out(desk, ana):
    new = made(desk, ana)
    for number in range(TOKEN_TRIES):
        with pytest.raises(TokenRefused):
            find_caller(desk, f"cst_{number}", address=HERE, now=NOON)
    with pytest.raises(TooManyTries):
        find_caller(desk, "cst_x", address=HERE, now=NOON)
    with pytest.raises(TokenRefused):
        find_caller(desk, "cst_x", address="198.51.100.1", now=NOON)
    assert find_caller(desk, new.secret, address=HERE, now=NOON).producer == ana
    with pytest.raises(TokenRefused):
        find_caller(desk, "cst_x", address=HERE, now=NOON + TRIES_WINDOW + timedelta(seconds=1))


def test_a_token_may_what_it_is_for_where_it_is_for_as_its_producer_may(desk):
    eva = add(desk.accounts, "eva", role=Role.EDITOR, show="a")
    caller = find_caller(desk, made(desk, eva, scopes=(Scope.READ, Scope.WRITE)).secret, address=HERE, now=NOON)
    assert caller.may(Scope.WRITE, Right.WRITE, "a")
    assert not caller.may(Scope.WRITE, Right.WRITE, "b"), "its producer may not"
    assert not caller.may(Scope.PUBLISH, Right.PUBLISH, "a"), "it is not for that"
    assert not caller.may(Scope.READ, Right.WRITE, "a"), "reading brings no writing"


def test_a_token_for_some_shows_is_for_no_other_and_nothing_of_all(desk, ana):
    scopes = (Scope.READ, Scope.INDEX)
    caller = find_caller(desk, made(desk, ana, scopes=scopes, show_guids=("a",)).secret, address=HERE, now=NOON)
    assert [caller.may(Scope.READ, Right.SEE, guid) for guid in ("a", "b", None)] == [True, False, False]
    assert not caller.may(Scope.INDEX, Right.PUBLISH, None)


def test_a_role_that_is_taken_away_is_taken_from_tokens_too(desk, ana):
    eva = add(desk.accounts, "eva", role=Role.EDITOR)
    new = made(desk, eva, scopes=tuple(Scope))
    desk.accounts.grant(eva.id, Grant(show_guid=ALL_SHOWS, role=Role.REVIEWER), now=NOON)
    assert not find_caller(desk, new.secret, address=HERE, now=NOON).may(Scope.WRITE, Right.WRITE, "a")


def test_all_that_is_wrong_with_a_wish_is_told_at_once(desk):
    eva = add(desk.accounts, "eva", role=Role.EDITOR, show="a")
    found = find_problems(eva, wish(name=" ", scopes=(), show_guids=("b",), lasts=timedelta(days=366)))
    assert sorted(found) == ["days", "name", "scopes", "shows"]
    assert find_problems(eva, wish(show_guids=("a",))) == {}


def test_nobody_has_more_tokens_than_can_be_looked_through(desk, ana):
    for _ in range(TOKENS_AT_ONCE):
        made(desk, ana)
    with pytest.raises(Conflict):
        made(desk, ana)
    end_token(desk, 1, of=ana, by=ana, now=NOON)
    assert made(desk, ana).token.id == TOKENS_AT_ONCE + 1


def test_every_scope_is_for_something():
    assert set(SCOPES) == set(Scope)
    assert all(SCOPES.values())
