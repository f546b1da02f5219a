"""Before a show is written: what would be wrong in the feed is held or refused, and named."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, make_episode, make_ledger_show, make_line, make_show

from catalogue.actions.gate import Candidate, pass_gate
from catalogue.actions.guard import Losses
from catalogue.actions.planning import KnownShow, PlannedShow
from catalogue.domain.episode import Audience
from catalogue.domain.identity import Ledger
from catalogue.domain.plan import Change, EpisodePlan, ShowPlan
from catalogue.errors import NotPublishable
from catalogue.feed import fragment
from catalogue.feed.fragment import ItemRenderer
from catalogue.feed.rss import render_item
from catalogue.library.folder import ShowFiles
from catalogue.store.index import EpisodeRow, ShowRow

FILES = ShowFiles(path="", show_file=None, ledger=None, artwork=None, episodes=())
ONE, TWO, THREE = (make_episode(guid=name, slug=name, path=name) for name in ("one", "two", "three"))


def row_of(episode, **line):
    stated = {"guid": episode.guid, "slug": episode.slug, "path": episode.path}
    return EpisodeRow(episode=episode, line=make_line(**stated | line), version="1")


def candidate(known, rows, *, newcomers=(), show=None, is_everything_new=False, **stated):
    """A show that has the episodes `known`, and would have `rows` too."""
    show, known_rows = show or make_show(), {one.guid: row_of(one) for one in known}
    merged = {**known_rows, **rows}
    plan = ShowPlan(
        show=show,
        ledger=Ledger(show=make_ledger_show(), episodes=tuple(row.line for row in merged.values())),
        is_new=False,
        show_changed=False,
        ledger_changed=True,
        episodes=tuple(EpisodePlan(change=Change.CHANGED, episode=row.episode) for row in rows.values() if row.episode),
    )
    planned = PlannedShow(
        plan=plan, version="2", ledger_version="", rows=rows, newcomers=frozenset(newcomers), losses=Losses()
    )
    show_row = ShowRow(show=make_show(), line=make_ledger_show(), changed_at=NOON, version="1")
    return Candidate(
        files=FILES,
        planned=planned,
        known=KnownShow(row=show_row, episodes=known_rows),
        now=NOON,
        base_url=None,
        is_everything_new=is_everything_new,
        **stated,
    )


def passed(*stated, keys=None, **more):
    return pass_gate(candidate(*stated, **more), lambda: keys or {})


@pytest.fixture
def break_item(monkeypatch):
    """Let the renderer fail for one GUID: `break_item("one", raising)`."""

    def breaks(guid, wrong):
        def render(show, episode, links, content=None):
            xml = render_item(show, episode, links)
            return wrong(xml) if episode.guid == guid else xml

        monkeypatch.setattr(fragment, "render_item", render)

    return breaks


def raising(_):
    raise RuntimeError("broken")


def mangling(xml):
    return xml.replace(b"</guid>", b"!</guid>")


def unclosed(xml):
    return xml.replace(b"</item>", b"")


WRONGS = pytest.mark.parametrize("wrong", [raising, mangling, unclosed])


def test_what_is_right_passes_with_its_rendered_items():
    rows = {"two": row_of(TWO), "three": row_of(THREE)}
    found = passed([ONE], rows)
    assert (found.problems, dict(found.planned.rows)) == ((), rows)
    assert {guid: item.key for guid, item in found.fragments.items()} == {
        one.guid: ItemRenderer(make_show()).key(one) for one in (TWO, THREE)
    }


@WRONGS
def test_a_new_episode_with_a_bad_item_waits_and_the_others_go_out(break_item, wrong):
    break_item("two", wrong)
    found = passed([ONE], {"two": row_of(TWO), "three": row_of(THREE)}, newcomers=["two", "three"])
    assert (found.planned.rows.keys(), found.fragments.keys()) == ({"three"}, {"three"})
    assert [line.guid for line in found.planned.plan.ledger.episodes] == ["one", "three"]
    assert found.planned.newcomers == {"three"}
    (problem,) = found.problems
    assert (problem.code, problem.path) == ("held-item", "two")


@WRONGS
def test_a_changed_episode_with_a_bad_item_stays_as_it_was(break_item, wrong):
    break_item("one", wrong)
    changed = row_of(replace(ONE, title="New"), slug="new")
    found = passed([ONE, TWO], {"one": changed, "two": row_of(replace(TWO, title="New"))})
    assert found.planned.rows.keys() == found.fragments.keys() == {"two"}
    assert [line.slug for line in found.planned.plan.ledger.episodes] == ["one", "two"]
    assert [one.change for one in found.planned.plan.episodes] == [Change.HELD, Change.CHANGED]


def test_what_the_ledger_alone_knew_and_is_bad_keeps_its_addresses(break_item):
    break_item("two", raising)
    found = passed([ONE], {"two": row_of(TWO)})
    assert found.planned.rows["two"] == EpisodeRow(episode=None, line=row_of(TWO).line, version="")


def test_a_guid_that_a_feed_cannot_carry_is_held_not_changed():
    odd = replace(TWO, guid="two\x01")
    found = passed([ONE], {odd.guid: row_of(odd)}, newcomers=[odd.guid])
    assert (dict(found.planned.rows), [one.code for one in found.problems]) == ({}, ["held-item"])


@pytest.mark.parametrize("key", ["title", "slug"])
def test_drafts_are_not_rendered_and_lose_what_was(key):
    drafted = replace(ONE, draft=True, **{key: "new"})
    found = passed([ONE], {"one": row_of(drafted)})
    assert dict(found.fragments) == {"one": None}


def test_what_is_scheduled_is_rendered_in_advance():
    coming = replace(TWO, published_at=NOON + timedelta(days=3))
    assert passed([ONE], {"two": row_of(coming)}).fragments["two"] is not None


def test_a_show_that_changed_renders_again_only_what_items_say_otherwise():
    same = {one.guid: ItemRenderer(make_show()).key(one) for one in (ONE, TWO)}
    renamed = make_show(title="New")
    assert passed([ONE, TWO], {}, keys=same, show=renamed, is_everything_new=True).fragments == {}
    explicit = make_show(explicit=True)
    found = passed([ONE, TWO], {}, keys=same, show=explicit, is_everything_new=True)
    assert found.fragments.keys() == {"one", "two"}


GONE = {"no audio": {"renditions": ()}, "no date": {"published_at": None}}


@pytest.mark.parametrize("stated", GONE.values(), ids=GONE)
def test_an_episode_that_would_leave_without_a_word_stays_as_it_was_and_the_others_go_out(stated):
    found = passed([ONE, TWO], {"one": row_of(replace(ONE, **stated), slug="new"), "three": row_of(THREE)})
    assert [(problem.code, problem.path) for problem in found.problems] == [("held-leaving", "one")]
    assert found.planned.rows.keys() == found.fragments.keys() == {"three"}
    assert [line.slug for line in found.planned.plan.ledger.episodes] == ["one", "two", "three"]


def test_an_episode_that_the_index_forgot_stays_as_it_was():
    found = passed([ONE], {"one": EpisodeRow(episode=None, line=row_of(ONE).line, version="")})
    assert ([problem.code for problem in found.problems], dict(found.fragments)) == (["held-leaving"], {})


def test_what_stays_as_it_was_is_rendered_anew_with_its_show():
    rows, show = {"one": row_of(replace(ONE, renditions=()))}, make_show(explicit=True)
    found = passed([ONE, TWO], rows, show=show, is_everything_new=True)
    assert found.fragments["one"].key == ItemRenderer(show).key(ONE)


def test_what_somebody_wrote_by_hand_into_the_line_of_a_held_episode_stays(break_item):
    break_item("one", raising)
    by_hand = replace(row_of(ONE).line, was=("by-hand",))
    changed = candidate([ONE, TWO], {"one": row_of(replace(ONE, title="New"), was=("by-hand",), slug="new")})
    ledger = replace(changed.planned.plan.ledger, episodes=(by_hand, row_of(TWO).line))
    planned = pass_gate(replace(changed, planned=replace(changed.planned, ledger_read=ledger)), dict).planned
    assert (planned.plan.ledger.episodes[0], planned.plan.ledger_changed) == (by_hand, False)


MEANT = {"draft": {"draft": True}, "members": {"audience": Audience.MEMBERS}}


@pytest.mark.parametrize("stated", MEANT.values(), ids=MEANT)
def test_what_the_note_takes_out_of_the_feed_may_leave(stated):
    assert passed([ONE, TWO], {"one": row_of(replace(ONE, **stated))}).problems == ()


def test_what_was_withdrawn_may_leave():
    withdrawn = row_of(replace(ONE, withdrawn_at=NOON), withdrawn_at=NOON)
    assert passed([ONE, TWO], {"one": withdrawn}).problems == ()


def test_a_date_may_move_into_the_future_only_if_dates_may_change():
    moved = {"one": row_of(replace(ONE, published_at=NOON + timedelta(days=1)))}
    assert passed([ONE, TWO], moved, allow_date_change=True).problems == ()
    assert [problem.code for problem in passed([ONE, TWO], moved).problems] == ["held-leaving"]


def test_what_is_missing_stays_an_item():
    assert passed([ONE], {"one": row_of(replace(ONE, missing_since=NOON))}).problems == ()


@pytest.mark.parametrize("rows", [{"one": row_of(TWO)}, {"two": row_of(replace(TWO, guid="2"), guid="two")}])
def test_a_guid_under_another_s_name_keeps_the_whole_show_as_it_is(rows):
    with pytest.raises(NotPublishable, match="changed"):
        passed([ONE], rows)


def test_a_head_that_cannot_be_read_keeps_the_whole_show_as_it_is(monkeypatch):
    monkeypatch.setattr("catalogue.actions.gate.render_head", lambda *_, **__: b"<rss><channel>")
    with pytest.raises(NotPublishable, match="head cannot be read"):
        passed([ONE], {"two": row_of(TWO)})


def test_two_episodes_of_one_slug_keep_the_whole_show_as_it_is():
    with pytest.raises(NotPublishable, match="slug one"):
        passed([ONE], {"two": row_of(replace(TWO, slug="one"))}, newcomers=["two"])
