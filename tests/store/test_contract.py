"""What any index promises beyond giving back what it got: all texts, long keys, big batches, one state a reader."""

import random
import threading
from dataclasses import replace

import pytest
from builders import NOON, make_episode, make_ledger_show, make_line, make_show
from fake_index import FakeIndex
from rows import by_guid, episode_row, show_row

from catalogue.domain.plan import Problem, Severity
from catalogue.errors import StoreError
from catalogue.store.index import EpisodeRow, FileRow, FragmentRow, Index
from catalogue.store.transactions import Transactions

GUID = make_show().guid
# Of each kind of text one that some database, driver or encoding refuses or alters.
TEXTS = {
    "nul": "a\0b",
    "lone surrogates": "\udc80a\ud800",
    "four bytes": "\U0001f600\U0010ffff",
    "our own escape": "\x10\x100000",
    "control characters": "\x01\t\r\n\x1f\x7f\x85",
    "not characters": "\ufffe\uffff\ufdd0",
    "two ways to write one letter": "e\u0301\u00e9",
    "a quoting contest": "'; DROP TABLE shows; -- \\ \" % %s :x {x} $1 $$",
    "blanks": "  ",
    "nothing": "",
}
# Longer than a row of an index in PostgreSQL, and nothing that it could compress.
LONG = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789äñ€😀", k=4096)).encode()[:4096]
LONG_PATH = LONG.decode("utf-8", "ignore")
BIG = 1_200


def names(kind):
    """The public methods of a class, without what all transactions have."""
    own = {"reading", "writing", "queueing", "again", "begin_in_this_process"}
    return {name for name in dir(kind) if not name.startswith("_")} - own


def file_row(path, version="1"):
    return FileRow(path=path, version=version, kind="audio-1", document="{}")


def test_the_fake_has_every_method_of_the_index_and_no_other():
    assert names(FakeIndex) == names(Index) > names(Transactions)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_comes_back_as_it_was(index, text):
    show = show_row(show=make_show(slug=text, path=text, title=text), version=text, device=text)
    row = EpisodeRow(
        episode=make_episode(guid=text, slug=text, path=text, title=text, notes=text),
        line=make_line(guid=text, slug=text, path=text, was=(text,)),
        version=text,
    )
    index.save_show(show, episodes=by_guid(row), fragments={text: FragmentRow(text, text.encode("utf-8", "replace"))})
    assert (index.shows(), index.episodes(GUID)) == ((show,), (row,))
    assert index.fragment_keys(GUID) == {text: text}
    assert list(index.fragments(GUID, [text])) == [text]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_files_and_problems_of_any_name_are_found_under_it(index, text):
    index.save_files([FileRow(path=text, version=text, kind=text), file_row("other")])
    problem = Problem(severity=Severity.ERROR, code="x", path=text, message=text)
    index.save_problems([problem])
    assert index.file(text) == FileRow(path=text, version=text, kind=text)
    assert (index.file_versions()[text], index.problems()) == (text, (problem,))
    index.forget_files([text])
    assert list(index.files()) == ["other"]


@pytest.mark.parametrize("text", [*TEXTS.values(), "x" * 255], ids=[*TEXTS, "long"])
def test_a_lease_of_any_name_is_one_lease(index, text):
    for owner in ("one", "two"):
        held = index.take_leases([text], owner=owner, now=NOON, is_over=lambda _: False)
    assert (list(held), [row.name for row in index.leases()]) == ([text], [text])
    assert index.release_leases("one") == {text}


def test_paths_and_guids_of_any_length_are_keys(index):
    texts = [LONG_PATH, LONG_PATH[:-1], LONG_PATH + "x"]
    for _ in range(2):
        index.save_files([file_row(text) for text in texts])
        rows = by_guid(*(episode_row(text, text) for text in texts))
        index.save_show(show_row(), episodes=rows, fragments={text: FragmentRow("key", b"<item/>") for text in texts})
    assert len(LONG_PATH.encode()) > 4090
    assert {row.line.slug for row in index.episodes(GUID)} == set(texts) == set(index.files())
    assert index.file(LONG_PATH) == file_row(LONG_PATH)
    assert index.fragment_keys(GUID).keys() == set(texts)


def test_a_long_slug_is_still_one_episodes_alone(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", LONG_PATH)))
    with pytest.raises(StoreError, match="This step was undone"):
        index.save_show(show_row(), episodes=by_guid(episode_row("b", LONG_PATH)))


def test_two_shows_of_one_slug_are_refused(index):
    index.save_show(show_row(), episodes={})
    other = show_row(show=make_show(guid="other"), line=make_ledger_show(guid="other"))
    with pytest.raises(StoreError, match="This step was undone"):
        index.save_show(other, episodes={})
    assert (index.revision(), len(index.shows())) == (1, 1)


def test_guid_and_show_are_told_apart_wherever_they_meet(index):
    for show, guid in (("a", "b:c"), ("a:b", "c"), ("1", "1:1"), ("1:1", "1")):
        row = show_row(show=make_show(guid=show, slug=show), line=make_ledger_show(guid=show))
        index.save_show(row, episodes=by_guid(episode_row(guid, guid)))
    assert [row.line.guid for row in index.episodes("a:b")] == ["c"]


def test_big_batches_are_one_change_and_can_be_said_again(index):
    rows = [episode_row(f"guid-{number}", f"slug-{number}") for number in range(BIG)]
    turned = [episode_row(f"guid-{number}", f"slug-{BIG - 1 - number}") for number in range(BIG)]
    for many in (rows, turned):
        index.save_show(show_row(), episodes=by_guid(*many))
        index.save_files([file_row(row.line.guid) for row in many])
    assert index.revision() == 2
    assert {row.line.guid: row.line.slug for row in index.episodes(GUID)} == {r.line.guid: r.line.slug for r in turned}
    index.save_show(show_row(), episodes={}, gone=by_guid(*rows))
    index.forget_files([row.line.guid for row in rows])
    assert (index.episodes(GUID), index.files(), index.revision()) == ((), {}, 3)


def test_one_path_twice_in_a_batch_is_kept_as_it_was_said_last(index):
    index.save_files([file_row("a.mp3", "1"), file_row("a.mp3", "2")])
    assert index.file_versions() == {"a.mp3": "2"}


def test_no_order_is_that_of_a_language(index):
    guids = ["b", "A", "a", "B", "_", "ä", "z", "é"]
    index.save_show(show_row(), episodes=by_guid(*(episode_row(guid, guid) for guid in guids)))
    for name in guids:
        show = make_show(guid=name, slug=name, path=name)
        index.save_show(show_row(show=show, position=1), episodes={})
    index.take_leases(guids, owner="one", now=NOON, is_over=lambda _: False)
    assert [row.line.guid for row in index.episodes(GUID)] == sorted(guids)
    assert [row.show.path for row in index.shows()] == ["", *sorted(guids)]
    assert [row.name for row in index.leases()] == sorted(guids)


def test_a_file_may_be_announced_with_what_it_holds(index):
    before, row = index.revision(), FileRow(path="events/", version="1", kind="events", document="{}")
    index.announce_file(row)
    index.announce_file(replace(row, version="2"))
    assert (index.file("events/").version, index.revision()) == ("2", before + 2)


def test_rows_carry_the_change_that_they_came_with(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one"), episode_row("b", "two")))
    index.announce()
    index.save_show(show_row(), episodes=by_guid(episode_row("b", "two")))
    assert {row.line.guid: row.revision for row in index.episodes(GUID)} == {"a": 1, "b": 3}
    assert index.shows()[0].revision == 3
    changes = index.changes(1)
    assert (changes.revision, changes.counts) == (3, {GUID: 2})
    assert [row.line.guid for row in changes.episodes[GUID]] == ["b"]


def test_writers_at_once_lose_nothing_and_count_every_change(index):
    failures = []

    def work(name):
        try:
            for turn in range(10):
                index.save_files([file_row(f"{name}/{turn}"), file_row("shared", f"{name}-{turn}")])
                index.save_show(show_row(), episodes=by_guid(episode_row(f"{name}-{turn}", f"{name}-{turn}")))
        except StoreError as error:
            failures.append(error)

    run_together(work, "abcd")
    assert failures == []
    assert (len(index.files()), len(index.episodes(GUID)), index.revision()) == (41, 40, 40)


def test_a_reader_never_sees_half_a_save(index):
    halves, ended = [], threading.Event()

    def write():
        try:
            for turn in range(15):
                slugs = [f"slug-{(number + turn) % 50}" for number in range(50)]
                rows = [episode_row(f"guid-{number}", slug, version=str(turn)) for number, slug in enumerate(slugs)]
                index.save_show(show_row(version=str(turn)), episodes=by_guid(*rows))
        finally:
            ended.set()

    def look():
        before = 0
        while not ended.is_set():
            changes = index.changes(-1)
            seen = {row.version for row in changes.episodes.get(GUID, ())} | {row.version for row in changes.shows}
            is_half = len(seen) > 1 or changes.counts.get(GUID, 50) != 50 or changes.revision < before
            halves.extend([changes] * is_half)
            before = changes.revision

    run_together(lambda work: work(), (write, look, look))
    assert (halves, index.revision()) == ([], 15)


def run_together(work, each):
    threads = [threading.Thread(target=work, args=(one,)) for one in each]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_is_done_together_is_seen_by_others_only_when_all_of_it_is_done(index):
    def work(joined):
        joined.save_files([file_row("one")])
        joined.save_files([file_row("two", version=str(len(joined.files())))])
        return len(joined.files())

    assert index.together(work) == 2
    assert {path: row.version for path, row in index.files().items()} == {"one": "1", "two": "1"}


def test_of_what_is_done_together_nothing_stays_where_something_fails(index):
    index.save_files([file_row("before")])

    def work(joined):
        joined.save_files([file_row("after")])
        joined.save_problems([Problem(severity=Severity.ERROR, code="x", path="after", message="after")])
        raise StoreError("full", "The disk is full.")

    with pytest.raises(StoreError):
        index.together(work)
    assert (set(index.files()), index.problems()) == ({"before"}, ())
