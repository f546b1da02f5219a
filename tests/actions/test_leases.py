"""One indexer a show: who is late leaves word, who died or stood still is taken over and writes nothing more."""

import threading
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from catalogue.actions.claim import claim_episode
from catalogue.actions.index import Wishes, index_library
from catalogue.actions.leases import Terms, are_held, open_lease
from catalogue.actions.owners import this_run
from catalogue.errors import Conflict, LeaseLost, StoreError

TERMS = Terms()
ELSEWHERE = "0123456789abcdef"


@pytest.fixture
def other(shelf):
    """Another run that may hold shows; alive unless the test says otherwise."""
    return Other(shelf, this_run())


class Other:
    def __init__(self, shelf, owner):
        self._shelf, self.owner = shelf, owner

    def hold(self, *shows, **ago):
        """Take shows, the last heartbeat being so long ago."""
        self._take(shows or ["."], lambda _row: False, **ago)

    def take_over(self, *_progress):
        """Take the show from whoever has it, who stands still."""
        self._take(["."], lambda _row: True)

    def let_go(self):
        self._shelf.place.index.give_up_leases(self.owner.text)

    def was_asked(self):
        """The shows that somebody wanted in the meantime."""
        return self._shelf.place.index.release_leases(self.owner.text)

    def _take(self, shows, is_over, **ago):
        moment = self._shelf.now - timedelta(**ago)
        self._shelf.place.index.take_leases(list(shows), owner=self.owner.text, now=moment, is_over=is_over)


def traces(shelf):
    """What a run leaves behind: the ledger, what it read, what it wrote."""
    index = shelf.place.index
    ledger = shelf.ledger() if (shelf.root / "ledger.jsonl").exists() else ""
    return ledger, index.files(), index.problems(), index.revision()


def hold_off(shelf, reports, *_progress):
    """Add a file and index, while another run is going on."""
    if not reports:
        shelf.sound("during.mp3", seed=8)
        reports.append(shelf.index())


def test_a_show_that_is_held_is_put_off_and_asked_for(shelf, other):
    shelf.sound("one.mp3")
    other.hold()
    report = shelf.index()
    assert (report.put_off, report.refused, traces(shelf)) == ({""}, (), ("", {}, (), 0))
    assert [str(problem) for problem in report.problems] == [
        f".: Process {other.owner} has been indexing it since 2026-03-01 12:00:00 UTC and then does so once more; "
        "this run leaves it."
    ]
    assert other.was_asked() == {"."}


def test_who_holds_a_show_indexes_it_once_more_where_somebody_asked(shelf):
    late = []
    shelf.sound("one.mp3")
    report = shelf.index(progress=lambda *_: hold_off(shelf, late))
    assert (late[0].put_off, set(shelf.episodes())) == ({""}, {"one", "during"})
    assert [sorted(one.episode.slug for one in show.episodes) for show in report.shows] == [["one"], ["during"]]
    assert (report.put_off, shelf.place.index.leases()) == (frozenset(), ())


def test_somebodys_word_counts_once_not_for_who_asked_meanwhile():
    wishes = Wishes(claims={"a/one": None}, allow_date_change=True, allow_removals=True)
    plain = wishes.without_word()
    assert (wishes.concerned(["a", "b"]), plain.concerned(["a", "b"])) == (("a", "b"), ())
    assert replace(plain, claims=wishes.claims).concerned(["a", "b", ""]) == ("a", "")


def test_plan_holds_nothing_and_asks_for_nothing(shelf, other):
    shelf.sound("one.mp3")
    other.hold()
    assert [one.episode.slug for show in shelf.plan().shows for one in show.episodes] == ["one"]
    assert other.was_asked() == frozenset()


@pytest.mark.parametrize("word", [{"allow_date_change": True}, {"allow_removals": True}, {"claims": {"one": None}}])
def test_a_run_with_somebodys_word_waits_for_the_show(shelf, other, word):
    shelf.sound("one.mp3")
    other.hold()
    waits = iter([lambda: None, other.let_go])
    report = index_library(shelf.place, Wishes(clock=lambda: shelf.now, wait=lambda _: next(waits)(), **word))
    assert (report.put_off, set(shelf.episodes())) == (frozenset(), {"one"})


def test_a_word_that_waits_too_long_names_the_holder_and_changes_nothing(shelf, other):
    shelf.sound("one.mp3")
    other.hold()
    waited = []
    wishes = Wishes(clock=lambda: shelf.now, wait=waited.append)
    with pytest.raises(Conflict, match=rf"Process {other.owner} has been indexing .* not done after 60 seconds"):
        claim_episode(shelf.place, "one.mp3", old=None, wishes=wishes)
    assert (sum(waited), traces(shelf), other.was_asked()) == (TERMS.patience_seconds, ("", {}, (), 0), frozenset())


@pytest.mark.parametrize("gone", [{"started": "1"}, {"pid": 2**30}])
def test_a_holder_that_died_on_this_machine_delays_nobody(shelf, other, gone):
    shelf.sound("one.mp3")
    other.owner = replace(other.owner, **gone)
    other.hold()
    assert (shelf.index().put_off, set(shelf.episodes())) == (frozenset(), {"one"})


@pytest.mark.parametrize("ago", [{"seconds": 30}, {"days": -1}, {"days": 3650}])
def test_a_holder_without_a_heartbeat_is_taken_over_and_a_future_one_is_none(shelf, other, ago):
    shelf.sound("one.mp3")
    other.hold(**ago)
    assert (shelf.index().put_off, set(shelf.episodes())) == (frozenset(), {"one"})


def test_a_holder_on_another_machine_is_alive_while_its_heart_beats(shelf, other):
    other.owner = replace(other.owner, pid=2**30, machine=ELSEWHERE)
    other.hold(seconds=11)
    assert shelf.index().put_off == {""}


@pytest.mark.parametrize("fast_by", [60, -60])
def test_a_holder_on_a_machine_with_another_clock_is_alive_by_the_clock_they_share(shelf, other, fast_by, monkeypatch):
    shared = shelf.now
    monkeypatch.setattr(type(shelf.place.index), "moment", lambda _self, _now: shared)
    other.owner = replace(other.owner, pid=2**30, machine=ELSEWHERE)
    other.hold()
    shelf.later(seconds=fast_by)
    assert shelf.index().put_off == {""}
    assert are_held(shelf.place.index, [""], now=shelf.now, terms=TERMS)


def test_a_holder_in_doubt_is_waited_for(shelf, other):
    shelf.sound("one.mp3")
    other.hold(seconds=20)
    report = index_library(
        shelf.place, Wishes(clock=lambda: shelf.now, wait=lambda seconds: shelf.later(seconds=seconds))
    )
    assert (report.put_off, set(shelf.episodes())) == (frozenset(), {"one"})


def test_a_run_says_that_it_is_alive(shelf):
    shelf.sound("one.mp3")
    beaten = threading.Event()
    beat = shelf.place.index.beat

    def seen(owner, *, now):
        beat(owner, now=now)
        beaten.set()

    shelf.place.index.beat = seen
    assert shelf.index(terms=Terms(beat_seconds=0.001), progress=lambda *_: beaten.wait(10)).put_off == frozenset()
    assert beaten.is_set()


def test_a_run_that_lost_its_show_before_it_wrote_writes_nothing(shelf, other):
    shelf.sound("one.mp3")
    before = traces(shelf)
    with pytest.raises(LeaseLost, match="stood still for so long that another took over the show"):
        shelf.index(progress=other.take_over)
    assert traces(shelf) == before
    assert [row.owner for row in shelf.place.index.leases()] == [other.owner.text]


def test_a_run_that_lost_its_show_after_reading_leaves_the_ledger_alone(shelf, other):
    shelf.sound("one.mp3")
    with pytest.raises(LeaseLost):
        index_library(shelf.place, Wishes(clock=lambda: shelf.now, chance=lambda: other.take_over() or uuid.uuid4()))
    assert (traces(shelf)[0], shelf.episodes(), shelf.place.index.revision()) == ("", {}, 0)


def test_a_run_that_lost_its_show_after_the_ledger_leaves_the_index_to_who_took_it(shelf, other, monkeypatch):
    shelf.sound("one.mp3")
    replaced = shelf.place.storage.replace

    def lose(*args, **kwargs):
        file = replaced(*args, **kwargs)
        other.take_over()
        return file

    monkeypatch.setattr(shelf.place.storage, "replace", lose)
    with pytest.raises(LeaseLost):
        shelf.index()
    ledger = shelf.ledger()
    assert shelf.episodes() == {}
    other.let_go()
    shelf.index()
    assert (set(shelf.episodes()), shelf.ledger()) == ({"one"}, ledger)


def test_a_run_that_fails_lets_go(shelf, monkeypatch):
    def fail(_files):
        raise StoreError("store-write", "Full.")

    shelf.sound("one.mp3")
    monkeypatch.setattr(shelf.place.index, "save_files", fail)
    with pytest.raises(StoreError, match="Full"):
        shelf.index()
    assert shelf.place.index.leases() == ()


def test_one_show_that_is_held_keeps_no_other_waiting(shelf, other):
    (shelf.root / "show.toml").unlink()
    for seed, name in enumerate(("a", "b")):
        shelf.write(f"{name}/show.toml", f'title = "{name}"\nauthor = "A"\nlanguage = "en"\n')
        shelf.sound(f"{name}/of {name}.mp3", seed=seed)
        shelf.write(f"{name}/broken.mp3", "no audio")
    other.hold("a")
    report = shelf.index()
    assert (report.put_off, set(shelf.episodes())) == ({"a"}, {"of-b"})
    other.let_go()
    shelf.index()
    other.hold("b")
    shelf.index()
    assert set(shelf.episodes()) == {"of-a", "of-b"}
    assert {p.path for p in shelf.place.index.problems()} >= {"a/broken.mp3", "b/broken.mp3"}


@pytest.mark.parametrize("folder", ["x" * 300, "name with\nline end"])
def test_any_folders_name_can_be_held(shelf, other, folder):
    shelf.write("show.toml", "").unlink()
    names = [folder[:200], folder[200:]] if len(folder) > 200 else [folder]
    shelf.write("/".join([*names, "show.toml"]), 'title = "a"\nauthor = "A"\nlanguage = "en"\n')
    late = []
    shelf.sound("/".join([*names, "one.mp3"]))
    shelf.index(progress=lambda *_: late or late.append(shelf.index()))
    assert len(late[0].put_off) == 1


def test_whether_a_show_is_held_can_be_asked(shelf, other):
    def is_held(show):
        return are_held(shelf.place.index, {show}, now=shelf.now, terms=TERMS)

    other.hold(".", "a")
    assert (is_held(""), is_held("a"), is_held("b")) == (True, True, False)
    shelf.later(seconds=31)
    assert not is_held("a")


def test_a_run_that_cannot_give_its_lease_back_is_waited_for_by_nobody_here(shelf, monkeypatch):
    shelf.sound("one.mp3")
    give_up = type(shelf.place.index).give_up_leases

    def full(*_):
        raise StoreError("store-full", "The disk is full.")

    monkeypatch.setattr(type(shelf.place.index), "give_up_leases", full)
    with open_lease(shelf.place, clock=lambda: shelf.now, wait=pytest.fail) as lease:
        lease.insist(["."])
    monkeypatch.setattr(type(shelf.place.index), "give_up_leases", give_up)
    assert [row.name for row in shelf.place.index.leases()] == ["."]
    with open_lease(shelf.place, clock=lambda: shelf.now, wait=pytest.fail) as lease:
        assert lease.insist(["."])
    assert shelf.place.index.leases() == ()
