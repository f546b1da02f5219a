"""What is to be told of a change: what is new, once, at its moment, and nothing old."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, make_episode, make_ledger_show, make_line, make_show

from catalogue.actions.announce import PING_AFTER, STILL_NEWS, VISIBLE_AFTER, ShowChange, announcements
from catalogue.actions.followed_index import LOOK_EVERY_SECONDS
from catalogue.actions.planning import KnownShow
from catalogue.actions.telling import Teller
from catalogue.actions.worker import tell_what_is_due
from catalogue.domain.telling import WHOLE_FEED, Kind
from catalogue.outside.exchange import Fetched
from catalogue.store.index import EpisodeRow, JobState, ShowRow

DAY = timedelta(days=1)
NOW = NOON + 30 * DAY
ALL = tuple(Kind)
FEED_KINDS = [("", Kind.WEBSUB), ("", Kind.PODPING)]


def row_of(episode):
    return EpisodeRow(episode=episode, line=make_line(guid=episode.guid), version="1")


def told(after, before=(), *, is_known=True, show=None, kinds=ALL, is_everything_new=False, changed_at=NOW - DAY):
    """What is told of episodes as they are after a change of a show that had those before it, with when."""
    show = show or make_show()
    row = ShowRow(show=show, line=make_ledger_show(), changed_at=changed_at, version="1") if is_known else None
    known = KnownShow(row=row, episodes={one.guid: row_of(one) for one in before})
    rows = {one.guid: row_of(one) for one in after}
    change = ShowChange(show=show, known=known, rows=rows, is_everything_new=is_everything_new)
    return {(one.guid, one.kind): one.due_at for one in announcements(change, kinds, now=NOW)}


def episode(**stated):
    return make_episode(guid="g", **{"published_at": NOW, **stated})


def test_five_seconds_after_every_process_has_seen_it():
    assert timedelta(seconds=LOOK_EVERY_SECONDS) == VISIBLE_AFTER
    assert timedelta(seconds=5) == PING_AFTER - VISIBLE_AFTER


def test_of_a_new_episode_the_feed_is_told_to_some_and_the_episode_to_others():
    assert told([episode()]) == dict.fromkeys([*FEED_KINDS, ("g", Kind.WEBHOOK)], NOW + PING_AFTER)


def test_nobody_is_told_who_was_not_asked_for():
    assert told([episode()], kinds=()) == {}
    assert list(told([episode()], kinds=[Kind.WEBHOOK])) == [("g", Kind.WEBHOOK)]


def test_of_many_new_episodes_the_feed_is_told_once():
    many = [make_episode(guid=str(number), published_at=NOW) for number in range(20)]
    assert sum(guid == WHOLE_FEED for guid, _ in told(many)) == 2


def test_a_scheduled_episode_is_told_at_its_moment_and_its_feed_not_before():
    moment = NOW + 3 * DAY
    assert told([episode(published_at=moment)]) == {("g", kind): moment + PING_AFTER for kind in ALL}


def test_a_database_made_anew_tells_what_is_to_come_and_nothing_old():
    old, to_come = make_episode(guid="old", published_at=NOW - timedelta(seconds=1)), episode(published_at=NOW + DAY)
    found = told([old, to_come], is_known=False, is_everything_new=True)
    assert found == {("g", kind): NOW + DAY + PING_AFTER for kind in ALL}


@pytest.mark.parametrize(("age", "is_told"), [(STILL_NEWS + DAY, False), (STILL_NEWS, True)])
def test_an_archive_that_comes_late_is_no_news_but_this_morning_is(age, is_told):
    found = told([episode(published_at=NOW - age)], changed_at=NOW - timedelta(hours=1))
    assert (("g", Kind.WEBHOOK) in found) is is_told
    assert set(FEED_KINDS) <= set(found)


def test_an_episode_that_changes_is_no_new_one():
    before = episode(published_at=NOON)
    assert list(told([replace(before, title="Other")], [before])) == FEED_KINDS


def test_a_draft_that_is_published_is_news():
    assert ("g", Kind.WEBHOOK) in told([episode()], [episode(draft=True)])


def test_one_that_leaves_the_feed_is_told_of_as_a_feed_that_changed():
    before = episode(published_at=NOON)
    assert list(told([replace(before, draft=True)], [before])) == FEED_KINDS
    assert list(told([replace(before, withdrawn_at=NOW)], [before])) == FEED_KINDS


@pytest.mark.parametrize(
    "stated",
    [{"draft": True}, {"renditions": ()}, {"published_at": None}, {"withdrawn_at": NOON}, {"audience": "members"}],
)
def test_what_nobody_will_see_is_told_to_nobody(stated):
    assert told([episode(**stated)]) == {}


def test_a_show_that_changes_is_told_though_no_episode_does():
    assert list(told([], is_everything_new=True)) == FEED_KINDS


def test_a_show_that_is_in_no_list_is_not_told_to_the_world():
    found = told([episode()], show=make_show(block=True))
    assert set(found) == {("", Kind.WEBSUB), ("g", Kind.WEBHOOK)}


@pytest.fixture
def telling_shelf(shelf):
    """A show with one episode, indexed, whose hub and webhook are set."""
    shelf.place = replace(
        shelf.place,
        settings=shelf.place.settings.model_copy(
            update={
                "base_url": "https://example.org",
                "websub_hub": "https://hub.example/",
                "webhook_url": "https://hook.example/",
                "webhook_secret": "A" * 32,
            }
        ),
    )
    shelf.sound("one.mp3")
    shelf.index()
    return shelf


def jobs(shelf):
    return {(job.guid, job.kind): job.due_at for job in shelf.place.index.jobs([JobState.WAITING])}


def test_a_first_index_asks_for_nothing_and_the_next_for_what_it_found(telling_shelf):
    assert jobs(telling_shelf) == {}
    telling_shelf.later(minutes=5)
    telling_shelf.sound("two.mp3", seed=2)
    telling_shelf.index()
    due_at = telling_shelf.now + PING_AFTER
    assert jobs(telling_shelf) == {
        ("", Kind.WEBSUB): due_at,
        (telling_shelf.episodes()["two"].guid, Kind.WEBHOOK): due_at,
    }


def test_an_index_in_which_nothing_changed_asks_for_nothing(telling_shelf):
    telling_shelf.later(minutes=5)
    telling_shelf.index()
    assert jobs(telling_shelf) == {}


def test_what_only_the_quick_way_looks_at_is_told_too(telling_shelf):
    telling_shelf.index()
    telling_shelf.write("one.md", "A note of its own.")
    telling_shelf.index()
    before = jobs(telling_shelf)[WHOLE_FEED, Kind.WEBSUB]
    telling_shelf.later(minutes=5)
    telling_shelf.write("one.md", "Another note, which is longer.")
    telling_shelf.index()
    assert jobs(telling_shelf)[WHOLE_FEED, Kind.WEBSUB] - before == timedelta(minutes=5)


def test_a_plan_asks_for_nothing(telling_shelf):
    telling_shelf.sound("two.mp3", seed=2)
    telling_shelf.plan()
    assert jobs(telling_shelf) == {}


def test_a_deleted_database_that_is_made_again_tells_what_is_to_come_alone(telling_shelf, reopened):
    telling_shelf.write("later.md", "---\npublished: 2099-01-01\n---\n")
    telling_shelf.sound("later.mp3", seed=3)
    telling_shelf.index()
    reopened.place = replace(reopened.place, settings=telling_shelf.place.settings)
    reopened.index()
    later = reopened.episodes()["later"]
    due_at = later.published_at + PING_AFTER
    assert jobs(reopened) == {(later.guid, Kind.WEBSUB): due_at, (later.guid, Kind.WEBHOOK): due_at}


def test_without_a_public_address_there_is_nothing_to_tell(telling_shelf):
    settings = telling_shelf.place.settings.model_copy(update={"base_url": None})
    telling_shelf.place = replace(telling_shelf.place, settings=settings)
    telling_shelf.sound("two.mp3", seed=2)
    telling_shelf.index()
    assert jobs(telling_shelf) == {}


def test_a_scheduled_episode_is_told_once_at_its_moment_and_nothing_before(telling_shelf):
    heard = []

    def ask(asked, *, guard, limits):
        heard.append(asked.url)
        return Fetched(url=asked.url, status=204, headers=(), body=b"", size_bytes=0)

    teller = Teller(telling_shelf.place, clock=lambda: telling_shelf.now, ask=ask)
    telling_shelf.write("later.md", "---\npublished: 2026-03-02T12:00:00Z\n---\n")
    telling_shelf.sound("later.mp3", seed=3)
    telling_shelf.index()
    for wait in (timedelta(), DAY, PING_AFTER - timedelta(microseconds=1)):
        telling_shelf.now += wait
        assert tell_what_is_due(teller, on_told=lambda _: None) == 0
    telling_shelf.now += timedelta(microseconds=1)
    assert tell_what_is_due(teller, on_told=lambda _: None) == 2
    telling_shelf.later(days=1)
    telling_shelf.index()
    assert tell_what_is_due(teller, on_told=lambda _: None) == 0
    assert sorted(heard) == ["https://hook.example/", "https://hub.example/"]
