"""Tokens and kept answers, on every kind of index."""

from datetime import date, timedelta

from builders import NOON
from people import DAY, add, make_link, make_token

from catalogue.domain.producers import LinkKind
from catalogue.domain.rights import Role
from catalogue.domain.tokens import KeptAnswer, Scope
from catalogue.store.kept_answers import MOST_KEPT

HOUR = timedelta(hours=1)
# Longer than an index of PostgreSQL's takes, with what no database takes.
LONG = "guid\0" + "x" * 4000


def begin(index, key="key", *, token=1, asked="asked", owner="me", now=NOON):
    window = {"kept_from": now - DAY, "begun_from": now - HOUR}
    return index.begin_answer(token, key, asked=asked, owner=owner, now=now, **window)


def test_a_token_is_given_back_with_whose_it_is_and_all_that_was_said(index):
    ana = add(index)
    made = index.add_token(make_token(ana, show_guids=(LONG, "b")))
    assert index.token("one") == (made, ana)
    assert (made.scopes, made.show_guids, made.expires_at) == ((Scope.READ, Scope.WRITE), (LONG, "b"), NOON + DAY)
    assert (made.used_on, made.revoked_at, index.token("two")) == (None, None, None)
    assert index.add_token(make_token(ana)) == made, "the same again makes no second"


def test_everybody_has_their_own_tokens(index):
    ana, eva = add(index, "ana"), add(index, "eva")
    mine = [index.add_token(make_token(ana, token_hash=name)) for name in ("a", "b")]
    theirs = index.add_token(make_token(eva, token_hash="c"))
    assert (index.tokens_of(ana.id), index.tokens()) == (tuple(mine), (*mine, theirs))


def test_a_token_is_seen_and_revoked_once(index):
    made = index.add_token(make_token(add(index)))
    index.see_token(made.id, date(2026, 3, 1))
    assert index.revoke_token(made.id, NOON)
    assert not index.revoke_token(made.id, NOON + DAY)
    found, _ = index.token("one")
    assert (found.used_on, found.revoked_at) == (date(2026, 3, 1), NOON)


def test_closing_an_account_ends_its_tokens_for_good(index):
    ana, eva = add(index, "ana"), add(index, "eva", role=Role.EDITOR)
    index.add_token(make_token(ana, token_hash="a"))
    index.add_token(make_token(eva, token_hash="e"))
    index.disable_producer(eva.id, NOON)
    assert index.token("e") is None
    index.enable_producer(eva.id)
    assert index.token("e")[0].revoked_at == NOON
    assert index.token("a")[0].revoked_at is None


def test_a_lost_password_ends_tokens_too(index):
    ana = add(index)
    index.add_token(make_token(ana))
    index.save_link(make_link(LinkKind.RESET, token_hash="reset", producer_id=ana.id))
    index.reset_password("hash", link_hash="reset", now=NOON)
    assert index.token("one")[0].revoked_at == NOON


def test_an_answer_that_was_kept_is_given_again(index):
    answer = KeptAnswer(asked="asked", status=201, headers=(("Location", "/x"),), body=b'{"a": "\xc3\xb1"}')
    assert begin(index) is None
    index.keep_answer(1, "key", owner="me", answer=answer)
    assert begin(index, owner="other") == answer == index.kept_answer(1, "key")
    assert begin(index, token=2) is None, "another token's keys are its own"


def test_who_asks_while_it_is_being_answered_is_told_so(index):
    assert begin(index) is None
    assert begin(index) is None, "once more after a lost connection"
    assert begin(index, owner="other", asked="more") == KeptAnswer(asked="asked")


def test_what_came_to_nothing_may_be_asked_again(index):
    begin(index)
    index.drop_answer(1, "key", owner="other")
    assert begin(index, owner="other") is not None
    index.drop_answer(1, "key", owner="me")
    assert begin(index, owner="other") is None


def test_an_answer_is_forgotten_after_a_day_and_a_dead_one_earlier(index):
    begin(index, "dead")
    begin(index, "kept")
    index.keep_answer(1, "kept", owner="me", answer=KeptAnswer(asked="asked", status=200))
    assert begin(index, "dead", owner="other", now=NOON + 2 * HOUR) is None
    assert begin(index, "kept", owner="other", now=NOON + 2 * HOUR) is not None
    assert begin(index, "kept", owner="other", now=NOON + DAY + HOUR) is None


def test_who_was_taken_for_dead_keeps_nothing(index):
    begin(index)
    begin(index, owner="other", now=NOON + 2 * HOUR)
    index.keep_answer(1, "key", owner="me", answer=KeptAnswer(asked="asked", status=200))
    assert index.kept_answer(1, "key").status is None


def test_a_token_keeps_so_many_answers_and_no_more(index, monkeypatch):
    for module in ("catalogue.store.kept_answers", "fake_tokens"):
        monkeypatch.setattr(f"{module}.MOST_KEPT", 3)
    assert MOST_KEPT == 1000
    for number in range(5):
        begin(index, f"key {number}")
    assert [index.kept_answer(1, f"key {n}") is not None for n in range(5)] == [False, False, True, True, True]


def test_a_token_keeps_so_many_bytes_and_always_what_came_last(index, monkeypatch):
    for module in ("catalogue.store.kept_answers", "fake_tokens"):
        monkeypatch.setattr(f"{module}.MOST_KEPT_BYTES", 10)
    begin(index, "being done", owner="other")
    begin(index, "another's", token=2)
    for key, size in (("one", 4), ("two", 6), ("three", 4), ("four", 11)):
        begin(index, key)
        index.keep_answer(1, key, owner="me", answer=KeptAnswer(asked="asked", status=200, body=b"x" * size))
        kept = [one for one in ("one", "two", "three", "four") if index.kept_answer(1, one)]
        assert kept == {"one": ["one"], "two": ["one", "two"], "three": ["two", "three"], "four": ["four"]}[key]
    assert index.kept_answer(1, "being done") and index.kept_answer(2, "another's")


def test_tokens_that_opened_nothing_before_a_moment_are_swept(index):
    ana = add(index, "ana")
    stated = {"old": NOON, "revoked": NOON + DAY * 9, "good": NOON + DAY * 9}
    made = {name: index.add_token(make_token(ana, token_hash=name, expires_at=at)) for name, at in stated.items()}
    index.revoke_token(made["revoked"].id, NOON)
    index.sweep_tokens(NOON)
    assert len(index.tokens()) == 3
    index.sweep_tokens(NOON + HOUR)
    assert [one.token_hash for one in index.tokens()] == ["good"]
