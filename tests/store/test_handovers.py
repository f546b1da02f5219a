"""What was said of drafts that somebody handed over, on every kind of index."""

from datetime import timedelta

from builders import NOON, make_line, make_show
from people import DAY
from rows import by_guid, episode_row, show_row

from catalogue.domain.handovers import Handover, Step
from catalogue.store.index import EpisodeRow

GUID = make_show().guid


def said(step=Step.READY, guid="a", **stated):
    return Handover(**{"show_guid": GUID, "guid": guid, "step": step, "who": "Ana ñ", "at": NOON} | stated)


def steps(found):
    return [(one.guid, one.step) for one in found]


def test_steps_are_kept_in_their_order_with_who_when_and_what(index):
    assert index.add_handover(said(), after=0)
    (ready,) = index.handovers(GUID, "a")
    assert (ready.who, ready.at, ready.note) == ("Ana ñ", NOON, "")
    assert index.add_handover(said(Step.SENT_BACK, note="the end\n\x00"), after=ready.id)
    assert [one.note for one in index.handovers(GUID, "a")] == ["", "the end\n\x00"]
    assert index.handovers(GUID, "b") == index.handovers("other", "a") == ()


def test_who_saw_less_than_was_said_meanwhile_is_not_heard(index):
    index.add_handover(said(), after=0)
    (ready,) = index.handovers(GUID, "a")
    index.add_handover(said(Step.TAKEN_BACK), after=ready.id)
    assert not index.add_handover(said(Step.SENT_BACK, who="Eva"), after=ready.id)
    assert steps(index.handovers(GUID, "a")) == [("a", Step.READY), ("a", Step.TAKEN_BACK)]


def test_the_same_step_once_more_is_kept_once(index):
    assert index.add_handover(said(), after=0) and index.add_handover(said(), after=0)
    assert len(index.handovers(GUID, "a")) == 1


def test_what_goes_on_ends_when_the_draft_is_one_no_more(index):
    rows = [episode_row(guid, guid, draft=True, published_at=None) for guid in ("a", "b", "c", "d", "e")]
    index.save_show(show_row(), episodes=by_guid(*rows))
    for row in rows:
        index.add_handover(said(guid=row.line.guid), after=0)
    unread = EpisodeRow(episode=None, line=make_line(guid="b", slug="b"), version="")
    withdrawn = EpisodeRow(episode=None, line=make_line(guid="e", slug="e", withdrawn_at=NOON), version="")
    still = episode_row("d", "d", draft=True, published_at=None, title="Another title")
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "a"), unread, still, withdrawn), gone=["c"])
    assert steps(index.open_handovers(GUID)) == [("b", Step.READY), ("d", Step.READY)]
    assert [len(index.handovers(GUID, guid)) for guid in "abcde"] == [1] * 5


def test_of_what_is_over_the_old_is_swept(index):
    for guid in ("a", "b"):
        index.add_handover(said(guid=guid), after=0)
    index.add_handover(said(guid="c", at=NOON + DAY), after=0)
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "a"), episode_row("c", "c")))
    index.sweep_handovers(NOON + timedelta(hours=1))
    assert [steps(index.handovers(GUID, guid)) for guid in "abc"] == [[], [("b", Step.READY)], [("c", Step.READY)]]
