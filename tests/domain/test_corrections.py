"""A feed tells a correction for so many days; the end is a moment like any other."""

from datetime import UTC, date, datetime, timedelta

import pytest
from builders import make_episode

from catalogue.domain.corrections import last_untold, newest_corrections, told_in_feed, told_until
from catalogue.domain.episode import Correction

OLD = Correction(on=date(2026, 1, 10), text="old")
NEW = Correction(on=date(2026, 2, 1), text="new")
EPISODE = make_episode(corrections=(OLD, NEW))
OLD_END = datetime(2026, 2, 9, tzinfo=UTC)
NEW_END = datetime(2026, 3, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def told(now, *, days=30, episode=EPISODE):
    return [one.text for one in told_in_feed(episode, days=days, now=now).corrections]


def test_corrections_are_told_newest_first_until_the_end_of_their_days():
    assert told(OLD_END - SECOND) == ["new", "old"]
    assert told(OLD_END) == ["new"]
    assert told(NEW_END) == []


def test_the_next_and_the_last_moment_of_change_are_known():
    for now, before, after in (
        (OLD_END - SECOND, None, OLD_END),
        (OLD_END, OLD_END, NEW_END),
        (NEW_END, NEW_END, None),
    ):
        assert last_untold(EPISODE, days=30, now=now) == before
        assert told_until(EPISODE, days=30, now=now) == after


def test_without_days_the_feed_tells_none_and_nothing_changes_by_itself():
    moment = datetime(2026, 2, 1, tzinfo=UTC)
    assert told(moment, days=0) == []
    assert (told_until(EPISODE, days=0, now=moment), last_untold(EPISODE, days=0, now=moment)) == (None, None)


def test_an_episode_without_corrections_is_the_same_object():
    plain = make_episode()
    assert told_in_feed(plain, days=30, now=OLD_END) is plain


@pytest.mark.parametrize("days", [30, 10**15 - 1])
def test_a_day_beyond_all_calendars_is_told_for_ever(days):
    last = make_episode(corrections=(Correction(on=date(9999, 12, 31), text="late"),))
    assert told(NEW_END, days=days, episode=last) == ["late"]
    assert told_until(last, days=days, now=NEW_END) is None


def test_of_one_day_the_correction_written_last_comes_first():
    again = Correction(on=NEW.on, text="again")
    assert newest_corrections((OLD, NEW, again)) == (again, NEW, OLD)
