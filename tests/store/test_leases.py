"""Leases in the database: one holder a name, and no wish that is lost between two transactions."""

import threading
from datetime import timedelta

import pytest
from builders import NOON

from catalogue.errors import LeaseLost
from catalogue.store.index import open_index
from catalogue.store.rows import FileRow


def never(_row):
    return False


def always(_row):
    return True


def take(index, *names, owner="one", is_over=never, now=NOON):
    return index.take_leases(names, owner=owner, now=now, is_over=is_over)


def owners(index):
    return {row.name: row.owner for row in index.leases()}


def test_what_is_free_is_taken_and_what_is_held_is_told(index):
    assert take(index, "a") == {}
    held = take(index, "a", "b", owner="two")
    assert [vars(row) for row in held.values()] == [
        {"name": "a", "owner": "one", "taken_at": NOON, "heartbeat_at": NOON},
    ]
    assert owners(index) == {"a": "one", "b": "two"}


def test_one_that_is_over_is_taken_over(index):
    take(index, "a")
    assert take(index, "a", owner="two", is_over=always) == {}
    assert owners(index) == {"a": "two"}


def test_its_own_is_kept_since_when_it_was_taken(index):
    take(index, "a")
    take(index, "a", now=NOON + timedelta(hours=1), is_over=always)
    assert [row.taken_at for row in index.leases()] == [NOON]


def test_together_is_all_or_nothing_and_asks_for_nothing(index):
    take(index, "b")
    held = index.take_leases_together(["a", "b"], owner="two", now=NOON, is_over=never)
    assert (set(held), owners(index), index.release_leases("one")) == ({"b"}, {"b": "one"}, frozenset())
    assert index.take_leases_together(["a", "b"], owner="two", now=NOON, is_over=never) == {}
    assert owners(index) == {"a": "two", "b": "two"}


def test_a_heartbeat_moves_the_owners_leases_and_no_others(index):
    take(index, "a")
    take(index, "b", owner="two")
    index.beat("one", now=NOON + timedelta(seconds=5))
    assert [row.heartbeat_at - NOON for row in index.leases()] == [timedelta(seconds=5), timedelta(0)]


def test_what_somebody_asked_for_is_not_let_go(index):
    take(index, "a", "b")
    take(index, "a", owner="two")
    assert index.release_leases("one") == {"a"}
    assert owners(index) == {"a": "one"}
    assert index.release_leases("one") == {"a"}  # a wish is answered by word, not by looking
    index.answer_wishes({"a"})
    assert (index.release_leases("one"), owners(index)) == (frozenset(), {})


def test_who_takes_a_lease_answers_what_was_asked_before(index):
    take(index, "a")
    take(index, "a", owner="two")
    index.give_up_leases("one")
    take(index, "a", owner="three")
    assert index.release_leases("three") == frozenset()


def test_what_somebody_asked_for_stays_asked_for_until_it_is_answered(index):
    take(index, "a")
    take(index, "a", owner="two")
    index.give_up_leases("one")
    assert index.wishes() == {"a"}
    take(index, "a", owner="three")
    assert index.wishes() == frozenset()


def test_on_one_machine_its_clock_counts(sqlite_index):
    assert sqlite_index.moment(NOON) == NOON


@pytest.mark.postgres
def test_several_machines_go_by_the_clock_of_their_database(emptied_postgres_url):
    index = open_index(emptied_postgres_url)
    slow, fast = index.moment(NOON), index.moment(NOON + timedelta(days=9000))
    index.close()
    assert timedelta(0) <= fast - slow < timedelta(minutes=1)
    assert slow.utcoffset() == timedelta(0)


def test_a_wish_for_one_show_keeps_no_other(index):
    take(index, "a")
    take(index, "b", owner="two")
    take(index, "b", owner="one")
    assert (index.release_leases("one"), index.release_leases("two")) == (frozenset(), {"b"})


def test_a_fenced_write_is_made_while_the_lease_is_there(index):
    seen = []
    take(index, "a")
    index.fenced("one", seen.append).announce()
    assert (index.revision(), seen) == (1, [frozenset({"a"})])


def test_a_fenced_write_of_one_who_lost_its_lease_is_undone(index):
    def check(names):
        if not names:
            raise LeaseLost("lease-lost", "Lost.")

    take(index, "a")
    take(index, "a", owner="two", is_over=always)
    fenced = index.fenced("one", check)
    for write in (fenced.announce, lambda: fenced.save_files([FileRow(path="a", version="1", kind="audio-1")])):
        with pytest.raises(LeaseLost):
            write()
    assert (index.revision(), index.files(), fenced.revision()) == (0, {}, 0)


def test_of_many_at_once_one_gets_it_and_no_wish_is_lost(index):
    """Each thread takes the lease or asks; whoever has it counts rounds until nobody asked in the meantime."""
    runs, served = 8, []

    def run(owner):
        asked.wait()
        if not take(index, "a", owner=owner):
            served.append(owner)
            while index.release_leases(owner):
                index.answer_wishes({"a"})
                served.append(owner)

    asked = threading.Barrier(runs)
    threads = [threading.Thread(target=run, args=(f"run {number}",)) for number in range(runs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (owners(index), take(index, "a", owner="last"), index.release_leases("last")) == ({}, {}, frozenset())
    assert 1 <= len(served) <= 2 * runs
