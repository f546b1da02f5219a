"""The library is watched: every change leads to one index, and a fault ends nothing."""

import threading
from datetime import UTC, datetime

import pytest

from catalogue.actions import watch
from catalogue.actions.facts import problems_of
from catalogue.actions.index import Report, index_library
from catalogue.actions.owners import this_run
from catalogue.domain.plan import Problem, Severity
from catalogue.errors import ConfigError, StoreError


class Looks(threading.Event):
    """A stop signal whose waiting is the test's turn: each look may change the library first."""

    def __init__(self, *turns):
        super().__init__()
        self._turns = list(turns)

    def wait(self, timeout=None):
        if timeout and self._turns:
            self._turns.pop(0)()
        elif timeout:
            self.set()
        return self.is_set()


class CountedRuns:
    """In place of indexing: raises the fault the test gives, reports the problem, or lists and does what it says."""

    def __init__(self, *then):
        self._then = list(then)

    def __call__(self, place, _wishes):
        then = self._then.pop(0) if self._then else nothing
        if isinstance(then, Exception):
            raise then
        files = tuple(place.storage.list())
        if isinstance(then, Problem):
            return Report(shows=(), problems=(then,), files=files)
        then()
        return Report(shows=(), problems=(), files=files)


@pytest.fixture
def watched(shelf, monkeypatch):
    """Watch while the given turns are taken, counting runs instead of indexing; gives what was told."""

    def run(*turns, runs=()):
        monkeypatch.setattr(watch, "index_library", CountedRuns(*runs))
        told = []
        since = Report(shows=(), problems=(), files=tuple(shelf.place.storage.list()))
        looks = Looks(*turns)
        watch.watch_library(shelf.place, looks, since=since, on_report=told.append, on_error=told.append)
        return told

    return run


def nothing():
    """A look at which nothing has changed."""


def test_nothing_changed_means_nothing_indexed(watched):
    assert watched(nothing, nothing) == []


def test_a_change_leads_to_one_index(watched, shelf):
    told = watched(lambda: shelf.write("one.md", "x"), nothing, nothing)
    assert [type(one) for one in told] == [Report]


def test_a_picture_that_was_taken_away_leads_to_an_index(watched, shelf):
    told = watched(nothing, next(shelf.place.derived.iterdir()).unlink, nothing)
    assert [type(one) for one in told] == [Report]


def test_each_change_leads_to_an_index(watched, shelf):
    path = shelf.root / "one.md"
    told = watched(lambda: path.write_text("x"), lambda: path.write_text("xy"), path.unlink, nothing)
    assert len(told) == 3


def test_the_ledger_that_indexing_writes_is_no_change(watched, shelf):
    assert watched(lambda: shelf.write("ledger.jsonl", "{}"), nothing) == []


def test_a_run_that_fails_is_told_once_and_tried_at_the_next_change(watched, shelf):
    turns = (lambda: shelf.write("one.md", "x"), nothing, lambda: shelf.write("two.md", "x"), nothing)
    told = watched(*turns, runs=[StoreError("store-write", "Locked.")])
    assert [type(one) for one in told] == [StoreError, Report]


def test_a_run_that_fails_is_tried_every_minute_and_told_once(watched, shelf):
    locked = StoreError("store-write", "Locked.")
    turns = (lambda: shelf.write("one.md", "x"), *[nothing] * 125)
    told = watched(*turns, runs=[locked, locked])
    assert [type(one) for one in told] == [StoreError, Report]


def test_a_run_that_was_refused_is_tried_every_minute(watched, shelf):
    refusal = Problem(severity=Severity.ERROR, code="removals", path=".", message="Is its disk mounted?")
    told = watched(lambda: shelf.write("one.md", "x"), *[nothing] * 125, runs=[refusal, refusal])
    assert [one.problems for one in told] == [(refusal,), (refusal,), ()]


def test_a_library_that_was_away_at_the_start_is_not_told_again(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    shelf.root.rename(shelf.root.with_name("unplugged"))
    with pytest.raises(ConfigError) as gone:
        shelf.index()
    since, told = Report(shows=(), problems=problems_of(gone.value, ".")), []
    turns = Looks(*[nothing] * 70)
    watch.watch_library(shelf.place, turns, since=since, on_report=told.append, on_error=told.append)
    assert told == []


def test_a_change_during_the_run_leads_to_another(watched, shelf):
    turns = (lambda: shelf.write("one.md", "x"), nothing, nothing)
    told = watched(*turns, runs=[lambda: shelf.write("during.md", "x")])
    assert len(told) == 2


def test_files_still_copied_at_the_first_index_are_looked_at_again(shelf):
    from catalogue.actions.index import Wishes, index_library

    settings = shelf.place.settings.model_copy(update={"settle_seconds": 3600.0})
    object.__setattr__(shelf.place, "settings", settings)
    path = shelf.sound("one.mp3")
    whole = path.read_bytes()
    path.write_bytes(whole[:5000])
    first = index_library(shelf.place, Wishes(wait=lambda _: path.write_bytes(whole) and None))
    assert (first.waiting, shelf.episodes()) == (("one.mp3",), {})
    object.__setattr__(shelf.place, "settings", settings.model_copy(update={"settle_seconds": 0.0}))
    reports = []
    watch.watch_library(shelf.place, Looks(nothing), since=first, on_report=reports.append, on_error=reports.append)
    assert (len(reports), set(shelf.episodes())) == (1, {"one"})


def test_a_library_that_goes_away_is_told_once_and_taken_up_when_it_is_back(watched, shelf):
    aside = shelf.root.with_name("unplugged")
    shelf.sound("one.mp3")
    turns = (lambda: shelf.root.rename(aside), nothing, nothing, lambda: aside.rename(shelf.root), nothing)
    gone = ConfigError("library-gone", "The library cannot be read.")
    assert [type(one) for one in watched(*turns, runs=[gone])] == [ConfigError, Report]


def test_a_run_ends_in_the_middle_when_it_is_to_stop(shelf, monkeypatch):
    since = shelf.index()
    for number in range(3):
        shelf.sound(f"{number}.mp3", seed=number)
    looks = Looks(nothing)
    run, read = shelf.place.box.run, []

    def stop_after_the_first(function, calls):
        for answer in run(function, calls):
            read.append(answer)
            looks.set()
            yield answer

    monkeypatch.setattr(shelf.place.box, "run", stop_after_the_first)
    watch.watch_library(shelf.place, looks, since=since, on_report=pytest.fail, on_error=pytest.fail)
    assert len(read) == 1


def test_what_another_process_indexes_is_looked_at_again_when_that_is_done(shelf):
    shelf.sound("one.mp3")
    other = this_run().text
    shelf.place.index.take_leases(["."], owner=other, now=datetime.now(UTC), is_over=lambda _: False)
    first = index_library(shelf.place)
    reports = []
    looks = Looks(nothing, lambda: shelf.place.index.give_up_leases(other), nothing)
    watch.watch_library(shelf.place, looks, since=first, on_report=reports.append, on_error=pytest.fail)
    assert (first.put_off, len(reports), set(shelf.episodes())) == ({""}, 1, {"one"})


def test_what_was_asked_of_a_process_that_failed_is_indexed_once(shelf):
    shelf.sound("one.mp3")
    index, failing, late = shelf.place.index, this_run().text, this_run().text
    since = index_library(shelf.place)
    for owner in (failing, late):
        index.take_leases([".", "away"], owner=owner, now=datetime.now(UTC), is_over=lambda _: False)
    reports = []
    looks = Looks(nothing, lambda: index.give_up_leases(failing), nothing, nothing)
    watch.watch_library(shelf.place, looks, since=since, on_report=reports.append, on_error=pytest.fail)
    assert (len(reports), index.wishes()) == (1, {"away"})
