"""Errands in the database: asked for once, done by one at a time, begun anew where whoever did it died."""

import threading
from datetime import timedelta

import pytest
from builders import NOON
from test_contract import LONG_PATH, TEXTS

from catalogue.domain.errands import ErrandState, ErrandWish
from catalogue.store.index import open_index

MINUTE = timedelta(minutes=1)


def ask(index, guid="one", *, kind="measure", by="Ana", **parameters):
    wish = ErrandWish(kind=kind, show_guid="show", guid=guid, parameters=parameters, asked_by=by)
    return index.ask_for_errand(wish, now=NOON)


def take(index, owner="me", *, kind="measure", now=NOON):
    return index.take_errand(kind, owner=owner, now=now, until=now + MINUTE)


def test_what_is_asked_for_waits_with_all_that_was_said_of_it(index):
    found = ask(index, source="a/b", whole=True)
    assert index.errand(found.id) == found
    assert (found.kind, found.show_guid, found.guid, found.asked_by) == ("measure", "show", "one", "Ana")
    assert (found.parameters, found.outcome, found.asked_at) == ({"source": "a/b", "whole": True}, {}, NOON)
    assert (found.state, found.tries, found.owner, found.ended_at) == (ErrandState.WAITING, 0, None, None)
    assert index.errand(found.id + 1) is None


def test_the_same_is_there_once_as_long_as_it_is_open(index):
    first = ask(index)
    assert ask(index, by="Eve") == first
    other = ask(index, whole=True)
    assert other.id != first.id
    index.end_errand(take(index), state=ErrandState.DONE, outcome={}, now=NOON)
    assert ask(index).id not in (first.id, other.id)


@pytest.mark.parametrize("text", [*TEXTS.values(), LONG_PATH], ids=[*TEXTS, "long"])
def test_any_text_can_be_in_it(index, text):
    found = ask(index, text, by=text, source=text)
    taken = take(index)
    index.keep_errand(taken, said=text, done=1, total=2, until=NOON + MINUTE)
    index.end_errand(taken, state=ErrandState.DONE, outcome={"text": text}, now=NOON)
    ended = index.errand(found.id)
    assert (ended.guid, ended.asked_by, ended.said, ended.parameters["source"]) == (text, text, text, text)
    assert ended.outcome == {"text": text}


def test_the_first_asked_of_a_kind_is_taken_and_by_nobody_else(index):
    first, second, other = ask(index, "z"), ask(index, "a"), ask(index, kind="import")
    assert index.errand_kinds_waiting(NOON) == {"measure", "import"}
    assert [take(index, owner).id for owner in ("one", "two")] == [first.id, second.id]
    assert take(index, "three") is None
    assert index.errand_kinds_waiting(NOON) == {"import"}
    assert take(index, kind="import").id == other.id


def test_that_of_one_who_died_is_begun_anew_when_its_lease_is_over(index):
    ask(index)
    index.keep_errand(take(index), said="reading", done=3, total=9, until=NOON + 2 * MINUTE)
    assert take(index, "two", now=NOON + MINUTE) is None
    assert index.errand_kinds_waiting(NOON + 2 * MINUTE) == {"measure"}
    again = take(index, "two", now=NOON + 2 * MINUTE)
    assert (again.owner, again.tries, again.said, again.done, again.total) == ("two", 2, "", 0, 0)


def test_who_is_late_settles_nothing_of_anothers(index):
    ask(index)
    late, now = take(index), take(index, "two", now=NOON + MINUTE)
    assert not index.keep_errand(late, said="late", done=1, total=1, until=NOON + 3 * MINUTE)
    assert not index.end_errand(late, state=ErrandState.FAILED, outcome={}, now=NOON)
    index.release_errand(late, tries=0)
    assert index.errand(now.id) == now


def test_what_is_cancelled_is_no_more_its_doers(index):
    taken = (ask(index), take(index))[1]
    assert index.cancel_errand(taken.id, now=NOON)
    assert not index.keep_errand(taken, said="", done=0, total=0, until=NOON + MINUTE)
    assert not index.cancel_errand(taken.id, now=NOON + MINUTE)
    assert (index.errand(taken.id).state, index.errand(taken.id).ended_at) == (ErrandState.CANCELLED, NOON)
    assert take(index, now=NOON + 2 * MINUTE) is None


def test_what_was_let_go_of_is_anybodys_at_once(index):
    ask(index)
    index.release_errand(take(index), tries=0)
    assert (take(index, "two").tries, take(index)) == (1, None)


def test_a_number_that_no_database_holds_is_no_errand(index):
    assert index.errand(10**22) is None
    assert not index.cancel_errand(10**22, now=NOON)


def test_those_that_ended_long_ago_are_swept_away(index):
    old, new, open_one = ask(index, "a"), ask(index, "b"), ask(index, "c")
    for errand, ended in ((old, NOON), (new, NOON + MINUTE)):
        assert index.end_errand(take(index), state=ErrandState.DONE, outcome={}, now=ended), errand
    index.sweep_errands(NOON + MINUTE)
    assert [one.id for one in index.errands(states=tuple(ErrandState))] == [new.id, open_one.id]
    assert index.errands(states=[ErrandState.WAITING], kind="other") == ()


def test_what_ended_can_be_said_otherwise_and_what_is_open_not(index):
    ask(index, source="a?key")
    other = ask(index, "two", source="b?key")
    ended = take(index)
    index.end_errand(ended, state=ErrandState.DONE, outcome={"from": "a?key"}, now=NOON)
    for one in (ended, other):
        index.rewrite_errand(one.id, parameters={"source": "a"}, outcome={"from": "a"})
    found = index.errand(ended.id)
    assert (found.parameters, found.outcome, found.ended_at) == ({"source": "a"}, {"from": "a"}, NOON)
    assert index.errand(other.id) == other


def test_two_processes_never_take_the_same(sqlite_index, sqlite_url):
    for number in range(20):
        ask(sqlite_index, str(number))
    taken = []

    def take_all(owner):
        other = open_index(sqlite_url)
        while (one := take(other, owner)) is not None:
            taken.append(one.id)
        other.close()

    threads = [threading.Thread(target=take_all, args=(str(owner),)) for owner in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(taken) == sorted({*taken})
    assert len(taken) == 20
