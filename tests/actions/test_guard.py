"""Many files that are gone at once are a disk that is not there, until somebody says otherwise."""

import shutil
from datetime import timedelta

import pytest
from builders import NOON, make_episode, make_line

from catalogue.actions.guard import Losses, check_removals, count_losses
from catalogue.domain.plan import Change
from catalogue.errors import PlanRefused
from catalogue.store.index import EpisodeRow

DAY = timedelta(days=1)


def refused(gone, of, *, before="8:1", now="8:1", in_doubt=0):
    """The code of the guard's refusal; None where it lets a show pass."""
    losses = Losses(gone=tuple(f"{number}" for number in range(gone)), of=of, in_doubt=in_doubt)
    try:
        check_removals(losses, show_path="show", device_before=before, device_now=now)
    except PlanRefused as error:
        return error.code
    return None


@pytest.mark.parametrize(("gone", "of"), [(0, 3), (1, 1), (1, 3), (2, 10), (5, 100), (5, 25), (3, 15)])
def test_a_few_episodes_may_lose_their_files(gone, of):
    assert refused(gone, of) is None


@pytest.mark.parametrize(("gone", "of"), [(2, 2), (2, 3), (2, 9), (4, 15), (6, 100), (20, 100), (100, 100)])
def test_more_than_five_or_a_fifth_are_refused(gone, of):
    assert refused(gone, of) == "removals"


@pytest.mark.parametrize(("gone", "code"), [(0, None), (1, "other-disk")])
def test_another_disk_refuses_where_it_would_take_anything(gone, code):
    assert refused(gone, 100, now="8:2") == code


@pytest.mark.parametrize("device", [{"before": None}, {"now": None}])
def test_a_disk_that_is_not_known_is_no_other(device):
    assert refused(1, 100, **device) is None


def test_what_may_only_have_been_renamed_is_held_and_not_refused():
    assert refused(20, 100, in_doubt=20) is None
    assert refused(20, 100, in_doubt=1) == "removals"


def test_the_sentence_names_the_first_three_and_the_mend():
    losses = Losses(gone=("a", "b", "c", "d", "e", "f"), of=10)
    with pytest.raises(PlanRefused) as refusal:
        check_removals(losses, show_path="show", device_before=None, device_now=None)
    said = str(refusal.value)
    assert "6 of 10 published episodes" in said
    assert "(show/a, show/b, show/c and 3 more)" in said
    assert "is its disk mounted?" in said
    assert "castalogue index --allow-removals" in said


@pytest.mark.parametrize(
    "left",
    [{"draft": True}, {"missing_since": NOON}, {"published_at": NOON + DAY}, {"published_at": None}],
    ids=["a draft", "missing before", "scheduled", "without a date"],
)
def test_only_what_was_published_and_there_is_counted(left):
    line = make_line()
    row = EpisodeRow(episode=make_episode(guid=line.guid, **left), line=line, version="1")
    assert count_losses([line], {line.guid: row}, gone={line.guid}, in_doubt=0, now=NOON) == Losses()


@pytest.mark.parametrize("left", [{"draft": True}, {"missing_since": NOON}, {"withdrawn_at": NOON}])
def test_without_an_index_the_ledger_says_what_was_there(left):
    there, gone = make_line(guid="there"), make_line(guid="gone", **left)
    losses = count_losses([there, gone], {}, gone={"there", "gone"}, in_doubt=0, now=NOON)
    assert (losses.of, len(losses.gone)) == (1, 1)


# In a library.


@pytest.fixture
def ten(shelf):
    """A show of ten episodes, indexed."""
    for number in range(10):
        shelf.sound(f"{number}/audio.mp3", seed=number)
    shelf.index()
    return shelf


def state(shelf):
    """All that a refusal must leave as it was: feed, ledger, index with the files it knows."""
    index = shelf.place.index
    return shelf.feed(), shelf.ledger(), index.shows(), shelf.episodes(), index.file_kinds(), index.revision()


def take(shelf, *names):
    for name in names:
        shutil.rmtree(shelf.root / name)


def codes(report):
    return {problem.code for problem in report.refused}


def test_a_refused_show_is_left_as_it_was_with_all_that_is_new_in_it(ten):
    before = state(ten)
    take(ten, *"12367")
    ten.write("4/episode.md", "---\ntitle: Another\n---\n")
    ten.sound("new/audio.mp3", seed=99)
    ten.write("5/episode.md", "---\ndraft: true\n---\n")
    report = ten.index()
    assert ("removals" in codes(report), report.shows) == (True, ())
    assert [part for part, old in zip(state(ten), before, strict=True) if part != old] == [state(ten)[4]]
    assert before[4].items() <= state(ten)[4].items()


def test_plan_says_what_index_would_refuse(ten):
    take(ten, "1", "2", "3")
    assert codes(ten.plan()) == {"removals"}


def test_two_of_ten_are_missing_and_named(ten):
    take(ten, "1", "2")
    report = ten.index()
    assert (report.refused, report.counts["missing"]) == ((), 2)
    assert {problem.path for problem in report.problems if problem.code == "missing"} == {"1", "2"}


def test_what_was_missing_before_does_not_count_again(ten):
    take(ten, "1", "2")
    ten.index()
    take(ten, "3")
    assert ten.index().refused == ()


def test_when_the_files_are_said_to_be_gone_items_and_pages_stay(ten):
    feed = ten.feed()
    take(ten, *"123456")
    report = ten.index(allow_removals=True)
    assert (report.refused, report.counts["missing"]) == ((), 6)
    assert ten.ledger().count('"missing_since"') == 6
    assert ten.feed() == feed
    assert ten.index().refused == ()


def test_what_comes_back_is_itself_again(ten, tmp_path):
    episodes, ledger, feed = ten.episodes(), ten.ledger(), ten.feed()
    for name in "123456":
        (ten.root / name).rename(tmp_path / name)
    ten.index(allow_removals=True)
    for name in "123456":
        (tmp_path / name).rename(ten.root / name)
    assert ten.index().counts["returned"] == 6
    assert (ten.episodes(), ten.ledger(), ten.feed()) == (episodes, ledger, feed)


def test_drafts_and_withdrawn_episodes_leave_by_somebodys_word(ten):
    for name in "123456":
        ten.write(f"{name}/episode.md", "---\ndraft: true\n---\n")
    report = ten.index()
    assert (report.refused, report.counts["drafted"]) == ((), 6)
    take(ten, *"123456")
    assert ten.index().refused == ()


def test_withdrawn_episodes_are_named_and_their_files_may_go(ten):
    head, *lines = ten.ledger().splitlines()
    withdrawn = [line[:-1] + ',"withdrawn_at":"2026-02-01T00:00:00Z"}' for line in lines[:6]]
    ten.write("ledger.jsonl", "\n".join((head, *withdrawn, *lines[6:])) + "\n")
    take(ten, *"012345")
    report = ten.plan()
    assert (report.refused, report.counts["withdrawn"]) == ((), 6)
    assert (ten.index().refused, ten.feed().count(b"<item>")) == ((), 4)


def test_audio_that_is_gone_from_beside_its_notes_counts_too(shelf):
    for number in range(3):
        shelf.sound(f"{number}/audio.mp3", seed=number)
        shelf.write(f"{number}/episode.md", "Notes.\n")
    shelf.index()
    for number in range(2):
        (shelf.root / f"{number}/audio.mp3").unlink()
    assert codes(shelf.index()) == {"removals"}
    report = shelf.index(allow_removals=True)
    assert sorted(problem.code for problem in report.problems if "missing" in problem.code) == ["missing", "missing"]


def test_a_new_index_counts_by_the_ledger(ten, reopened):
    take(ten, "1", "2", "3", "4", "5")
    ledger = ten.ledger()
    assert codes(reopened.index()) == {"removals"}
    assert (reopened.ledger(), reopened.place.index.shows()) == (ledger, ())


def test_another_disk_is_refused_where_an_episode_would_go(ten, monkeypatch):
    before = state(ten)
    monkeypatch.setattr(type(ten.place.storage), "device", lambda *_: "another")
    take(ten, "1")
    assert codes(ten.index()) == {"other-disk"}
    assert state(ten) == before


def test_a_disk_whose_number_changed_is_the_same_disk(ten, monkeypatch):
    before = state(ten)
    monkeypatch.setattr(type(ten.place.storage), "device", lambda *_: "another")
    assert ten.index().refused == ()
    (row,) = ten.place.index.shows()
    assert (row.device, state(ten)[0], state(ten)[5]) == ("another", before[0], before[5])


def test_the_ones_renamed_and_encoded_anew_are_held_not_refused(ten):
    for name in "123":
        take(ten, name)
        ten.sound(f"new {name}/audio.mp3", seed=50 + int(name))
    assert codes(ten.index()) == {"held-several"}
    assert {change.change for show in ten.index().shows for change in show.episodes} <= {Change.SAME, Change.MISSING}
