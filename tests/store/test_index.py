"""What goes into the index comes out again, and a failed step leaves nothing behind."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from builders import make_episode, make_ledger_show, make_line, make_show
from rows import by_guid, episode_row, show_row

from catalogue.domain.plan import Problem, Severity
from catalogue.errors import StoreError
from catalogue.store.index import EpisodeRow, FileRow, LastRun

GUID = make_show().guid
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def file_row(path, version="1", **stated):
    return FileRow(path=path, version=version, kind="audio-1", **stated)


def slugs(index):
    return {row.line.guid: row.line.slug for row in index.episodes(GUID)}


def test_an_empty_index_has_nothing_and_no_change_yet(index):
    assert (index.revision(), index.shows(), index.episodes(GUID), index.files(), index.problems()) == (
        0,
        (),
        (),
        {},
        (),
    )
    assert index.file("audio.mp3") is None


def test_a_show_and_its_episodes_come_back_as_they_were(index):
    row, one = show_row(), episode_row("a", "one")
    index.save_show(row, episodes=by_guid(one))
    assert index.shows() == (row,)
    assert index.episodes(GUID) == (one,)


def test_shows_come_in_the_order_of_the_library(index):
    for position, name in ((1, "second"), (0, "first")):
        show = make_show(guid=name, slug=name)
        index.save_show(show_row(show=show, position=position), episodes={})
    assert [row.show.slug for row in index.shows()] == ["first", "second"]


def test_an_episode_that_only_the_ledger_knows_has_a_row(index):
    row = EpisodeRow(episode=None, line=make_line(guid="a", slug="one"), version="")
    index.save_show(show_row(), episodes=by_guid(row))
    assert index.episodes(GUID) == (row,)


def test_what_is_not_named_in_a_save_stays(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one"), episode_row("b", "two")))
    index.save_show(show_row(), episodes=by_guid(episode_row("b", "two", title="New")))
    titles = {row.line.guid: row.episode.title for row in index.episodes(GUID)}
    assert titles == {"a": make_episode().title, "b": "New"}


def test_rows_that_are_gone_leave(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one"), episode_row("b", "two")))
    index.save_show(show_row(), episodes={}, gone=["a"])
    assert slugs(index) == {"b": "two"}


def test_slugs_change_hands_within_one_save(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one"), episode_row("b", "two")))
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "two"), episode_row("b", "one")))
    assert slugs(index) == {"a": "two", "b": "one"}


def test_a_slug_that_another_episode_keeps_undoes_the_whole_save(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one")))
    changed = show_row(show=make_show(title="Never seen"))
    with pytest.raises(StoreError, match="This step was undone") as caught:
        index.save_show(changed, episodes=by_guid(episode_row("b", "one")))
    assert caught.value.code == "store-write"
    assert (index.revision(), slugs(index), index.shows()[0].show.title) == (1, {"a": "one"}, make_show().title)


def test_two_shows_may_each_have_an_episode_of_one_slug(index):
    for name in ("first", "second"):
        row = show_row(show=make_show(guid=name, slug=name), line=make_ledger_show(guid=name, slug=name))
        index.save_show(row, episodes=by_guid(episode_row("a", "one")))
    assert [len(index.episodes(name)) for name in ("first", "second")] == [1, 1]


def test_every_save_of_a_show_is_a_change_and_nothing_else_is(index):
    index.save_files([file_row("audio.mp3")])
    index.save_problems([])
    assert index.revision() == 0
    for expected in (1, 2):
        index.save_show(show_row(), episodes={})
        assert index.revision() == expected


def test_more_episodes_than_a_statement_takes_are_saved_in_one_step(index):
    many = [episode_row(f"guid-{number}", f"slug-{number}") for number in range(1200)]
    index.save_show(show_row(), episodes=by_guid(*many))
    index.save_show(show_row(), episodes=by_guid(*many))
    assert (len(index.episodes(GUID)), index.revision()) == (1200, 2)


def test_some_files_are_fetched_together(index):
    paths = [f"{number}.mp3" for number in range(700)]
    index.save_files([file_row(path) for path in paths])
    assert list(index.files_at(["none.mp3", "7.mp3"])) == ["7.mp3"]
    assert sorted(index.files_at(paths[:650])) == sorted(paths[:650])


def test_files_are_replaced_by_path_and_forgotten(index):
    index.save_files([file_row("a.mp3", document="{}"), file_row("b.mp3", error="{}")])
    index.save_files([file_row("a.mp3", "2")])
    assert index.files() == {"a.mp3": file_row("a.mp3", "2"), "b.mp3": file_row("b.mp3", error="{}")}
    assert index.file("a.mp3") == file_row("a.mp3", "2")
    assert index.file_versions() == {"a.mp3": "2", "b.mp3": "1"}
    index.forget_files(["a.mp3"])
    assert list(index.files()) == ["b.mp3"]


def test_only_the_problems_of_the_last_run_are_kept_in_their_order(index):
    problems = [
        Problem(severity=Severity.ERROR, code="notes", path="2/episode.md", line=3, message="Broken."),
        Problem(severity=Severity.NOTICE, code="skipped", path="1/x.part", message="Left out."),
    ]
    index.save_problems([replace(problems[0], path="old")])
    index.save_problems(problems)
    assert list(index.problems()) == problems


def test_threads_share_one_index(index):
    def work(name):
        index.save_files([file_row(name)])
        index.files()

    threads = [threading.Thread(target=work, args=(f"{number}.mp3",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(index.files()) == 8


def test_the_last_run_is_one_or_none(index):
    first = LastRun(digest="a" * 64, revision=3, ended_at=NOON)
    assert index.last_run() is None
    index.save_last_run(first)
    assert index.last_run() == first
    index.save_last_run(replace(first, holds_until=NOON))
    assert index.last_run() == replace(first, holds_until=NOON)
    index.save_last_run(None)
    assert index.last_run() is None


def test_a_show_takes_the_place_of_itself_under_another_identity(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one")))
    before, other = index.revision(), "80f8f007-fbae-57e1-9fe0-5467e05a7356"
    row = show_row(show=make_show(guid=other), line=make_ledger_show(guid=other))
    index.replace_show(GUID, row, by_guid(episode_row("b", "one")))
    assert (index.shows(), index.episodes(GUID), index.revision() > before) == ((row,), (), True)
    assert [one.line.guid for one in index.episodes(other)] == ["b"]
    assert [one.line.guid for one in index.changes(before).episodes[other]] == ["b"]
