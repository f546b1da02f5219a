"""Jobs in the database: each asked for once, done by one at a time, kept for the next where its taker died."""

import threading
from datetime import timedelta

import pytest
from builders import NOON, make_show
from rows import show_row
from test_contract import LONG_PATH, TEXTS

from catalogue.domain.telling import WHOLE_FEED, Announcement, Kind
from catalogue.errors import LeaseLost
from catalogue.store.index import JobState, open_index
from catalogue.store.schema import METADATA

GUID = make_show().guid
MINUTE = timedelta(minutes=1)
ALL = tuple(JobState)


def asked(guid=WHOLE_FEED, kind=Kind.WEBSUB, *, show=GUID, at=NOON, due=NOON):
    return Announcement(show_guid=show, guid=guid, kind=kind, asked_at=at, due_at=due)


def ask(index, *announcements):
    index.save_show(show_row(), episodes={}, asked=announcements or (asked(),))


def take(index, owner="one", *, now=NOON):
    return index.take_job(owner=owner, now=now, until=now + MINUTE)


def states(index):
    return {(job.guid, job.kind): job.state for job in index.jobs(ALL)}


def test_what_is_asked_for_waits_with_all_that_was_said_of_it(index):
    ask(index, asked("one", Kind.WEBHOOK, due=NOON + MINUTE))
    (job,) = index.jobs([JobState.WAITING])
    assert (job.show_guid, job.guid, job.kind, job.asked_at, job.due_at) == (
        GUID, "one", Kind.WEBHOOK, NOON, NOON + MINUTE,
    )  # fmt: skip
    assert (job.tries, job.tried_at, job.owner, job.leased_until, job.reason) == (0, None, None, None, "")
    assert index.jobs([JobState.DONE, JobState.GIVEN_UP]) == ()


def test_asked_for_twice_it_is_there_once_and_due_as_said_last(index):
    ask(index)
    ask(index, asked(at=NOON + MINUTE, due=NOON + 2 * MINUTE), asked("one"))
    assert [(job.guid, job.due_at - NOON) for job in index.jobs(ALL)] == [("one", 0 * MINUTE), ("", 2 * MINUTE)]


def test_what_waits_as_it_is_asked_for_stays_as_it_is(index):
    ask(index)
    before = index.jobs(ALL)
    ask(index, asked(at=NOON + MINUTE))
    assert index.jobs(ALL) == before


def test_a_change_that_is_undone_asks_for_nothing(index):
    def check(names):
        raise LeaseLost("lease-lost", "Lost.")

    with pytest.raises(LeaseLost):
        ask(index.fenced("one", check))
    assert index.jobs(ALL) == ()


@pytest.mark.parametrize("text", [*TEXTS.values(), LONG_PATH], ids=[*TEXTS, "long"])
def test_a_job_of_any_guid_is_asked_for_taken_and_done(index, text):
    ask(index, asked(text, show=text), asked(text + "x", show=text))
    ask(index, asked(text, show=text))
    job = take(index)
    index.finish_job(job, heard_at=NOON - MINUTE)
    assert states(index) == {
        (text, Kind.WEBSUB): JobState.DONE if job.guid == text else JobState.WAITING,
        (text + "x", Kind.WEBSUB): JobState.WAITING if job.guid == text else JobState.DONE,
    }


def test_what_is_not_due_yet_is_not_taken(index):
    ask(index, asked(due=NOON + MINUTE))
    assert (index.is_job_due(NOON), take(index)) == (False, None)
    assert index.is_job_due(NOON + MINUTE)
    assert take(index, now=NOON + MINUTE).tries == 1


def test_what_is_due_longest_is_taken_first_and_by_nobody_else(index):
    ask(index, asked("later", due=NOON), asked("first", due=NOON - MINUTE))
    assert [take(index, owner).guid for owner in ("one", "two")] == ["first", "later"]
    assert (take(index, "three"), index.is_job_due(NOON)) == (None, False)


def test_the_job_of_one_who_died_is_taken_when_its_lease_is_over(index):
    ask(index)
    take(index)
    assert take(index, "two", now=NOON + MINUTE - timedelta(microseconds=1)) is None
    job = take(index, "two", now=NOON + MINUTE)
    assert (job.owner, job.tries, job.tried_at) == ("two", 2, NOON)


@pytest.mark.parametrize(
    "settle",
    [
        lambda index, job: index.finish_job(job, heard_at=NOON),
        lambda index, job: index.retry_job(job, due_at=NOON, reason="down"),
        lambda index, job: index.give_up_job(job, reason="gone"),
        lambda index, job: index.postpone_job(job, due_at=NOON),
        lambda index, job: index.drop_job(job),
    ],
    ids=["done", "retried", "given up", "postponed", "dropped"],
)
def test_who_is_late_settles_nothing_of_anothers_job(index, settle):
    ask(index)
    late, now = take(index), take(index, "two", now=NOON + MINUTE)
    settle(index, late)
    assert index.jobs(ALL) == (now,)


def test_a_job_in_vain_waits_with_its_reason_until_it_is_due_again(index):
    ask(index)
    index.retry_job(take(index), due_at=NOON + MINUTE, reason="The hub is down.")
    (job,) = index.jobs([JobState.WAITING])
    assert (job.tries, job.reason, job.owner, job.tried_at) == (1, "The hub is down.", None, NOON)
    assert (take(index), take(index, now=NOON + MINUTE).tries) == (None, 2)


def test_what_was_given_up_stays_with_its_reason_until_it_is_revived(index):
    ask(index, asked("one"), asked("two"))
    for _ in range(2):
        index.give_up_job(take(index), reason="It answers 404.")
    assert {job.reason for job in index.jobs([JobState.GIVEN_UP])} == {"It answers 404."}
    assert take(index) is None
    assert index.revive_jobs(now=NOON + MINUTE) == 2
    assert (take(index, now=NOON + MINUTE).tries, index.revive_jobs(now=NOON)) == (1, 0)


def test_what_was_too_early_counts_as_never_tried(index):
    ask(index)
    index.postpone_job(take(index), due_at=NOON + MINUTE)
    (job,) = index.jobs(ALL)
    assert (job.due_at, job.tries, job.tried_at, job.state) == (NOON + MINUTE, 0, None, JobState.WAITING)


def test_what_is_dropped_is_not_there_any_more(index):
    ask(index, asked("one"), asked("two", due=NOON + MINUTE))
    index.drop_job(take(index))
    assert states(index) == {("two", Kind.WEBSUB): JobState.WAITING}


def test_a_feed_that_was_told_is_told_again_when_it_changes(index):
    ask(index)
    index.finish_job(take(index), heard_at=NOON)
    assert (states(index), take(index)) == ({("", Kind.WEBSUB): JobState.DONE}, None)
    ask(index, asked(at=NOON + MINUTE, due=NOON + MINUTE))
    job = take(index, now=NOON + MINUTE)
    assert (job.tries, job.tried_at, job.asked_at) == (1, NOON + MINUTE, NOON + MINUTE)


def test_an_episode_that_was_told_is_never_told_again(index):
    ask(index, asked("one", Kind.WEBHOOK))
    index.finish_job(take(index), heard_at=NOON)
    ask(index, asked("one", Kind.WEBHOOK, due=NOON + MINUTE))
    assert take(index, now=NOON + MINUTE) is None


def test_an_episode_that_is_being_told_is_not_asked_for_twice(index):
    ask(index, asked("one", Kind.WEBHOOK))
    job = take(index)
    ask(index, asked("one", Kind.WEBHOOK))
    index.finish_job(job, heard_at=NOON)
    assert states(index) == {("one", Kind.WEBHOOK): JobState.DONE}


@pytest.mark.parametrize("drop", [False, True], ids=["done", "dropped"])
def test_a_feed_that_changes_while_it_is_told_is_told_once_more(index, drop):
    ask(index)
    job = take(index)
    ask(index, asked(at=NOON + MINUTE, due=NOON + MINUTE))
    assert take(index, "two", now=NOON) is None
    if drop:
        index.drop_job(job)
    else:
        index.finish_job(job, heard_at=NOON)
    (left,) = index.jobs([JobState.WAITING])
    assert (left.due_at, left.tries, left.owner) == (NOON + MINUTE, 0, None)


def test_a_feed_that_was_told_once_was_told_all_that_was_due_of_it_to_the_same(index):
    other = "another show"
    due = [asked(), asked("scheduled"), asked("one", Kind.PODPING), asked("one", Kind.WEBHOOK), asked(show=other)]
    ask(index, *due, asked("later", due=NOON + MINUTE))
    index.finish_job(take(index), heard_at=NOON)
    left = {(job.show_guid, job.guid, job.kind) for job in index.jobs([JobState.WAITING])}
    assert left == {
        (GUID, "later", Kind.WEBSUB),
        (GUID, "one", Kind.PODPING),
        (GUID, "one", Kind.WEBHOOK),
        (other, "", Kind.WEBSUB),
    }


def test_a_webhook_that_was_told_one_episode_is_still_to_be_told_the_others(index):
    ask(index, asked("one", Kind.WEBHOOK), asked("two", Kind.WEBHOOK))
    index.finish_job(take(index), heard_at=NOON)
    assert take(index).guid == "two"


def test_many_at_once_do_each_job_once(index):
    count, taken = 40, []
    ask(index, *(asked(f"guid {number}") for number in range(count)))

    def work(owner):
        start.wait()
        tries = 0
        while (job := take(index, f"{owner} {tries}")) is not None:
            tries += 1
            taken.append(job.guid)

    start = threading.Barrier(4)
    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(taken), len(set(taken))) == (count, count)


@pytest.mark.postgres
def test_with_a_server_a_job_is_taken_and_done_while_an_index_is_written(emptied_postgres_url):
    index, other = open_index(emptied_postgres_url), open_index(emptied_postgres_url, patience_ms=300)
    ask(index)
    with index.writing():
        other.finish_job(take(other), heard_at=NOON)
    assert index.jobs([JobState.WAITING]) == ()
    index.close()
    other.close()


@pytest.mark.postgres
def test_with_a_server_a_job_that_is_locked_is_passed_over_and_not_waited_for(emptied_postgres_url):
    index, other = open_index(emptied_postgres_url), open_index(emptied_postgres_url, patience_ms=300)
    ask(index, asked("one", due=NOON - MINUTE), asked("two"))
    jobs = METADATA.tables["jobs"]
    with index.queueing() as connection:
        connection.execute(jobs.select().where(jobs.c.guid == "one").with_for_update())
        assert take(other).guid == "two"
    index.close()
    other.close()
