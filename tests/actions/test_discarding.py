"""A draft that was never out is thrown away whole, comes back whole, and leaves its name and address to others."""

import pytest
from sounds import write_mp3

from catalogue.actions import discarding
from catalogue.actions.add import add_episode
from catalogue.actions.discarding import BIN, bring_back_discarded, discard_episode, discarded_row, planned_moves
from catalogue.actions.editing import hold_episode
from catalogue.actions.episode_lists import list_episodes
from catalogue.actions.previews import add_preview
from catalogue.actions.unpublish import unpublish_episode
from catalogue.actions.withdraw import withdraw_episode
from catalogue.domain.episode_status import Status
from catalogue.errors import Conflict, ContentError, NotFound
from catalogue.library.moves import Moves, begin_moves

NOTE = "---\ntitle: Wrong  # recording\ndraft: true\n---\nWords.\n"
STEM = {"Wrong.mp3", "Wrong.md", "Wrong.vtt"}


@pytest.fixture
def shown(shelf):
    """A show with a public episode and a draft of three files that somebody began here."""
    shelf.sound("One.mp3", seed=1)
    shelf.sound("2026/Wrong.mp3", seed=2)
    shelf.write("2026/Wrong.md", NOTE)
    shelf.write("2026/Wrong.vtt", "WEBVTT\n\n00:00.000 --> 00:00.100\nWords.\n")
    shelf.sound("2026/Wrong.other.mp3", seed=3)
    shelf.index()
    _begun(shelf, "wrong")
    return shelf


def _begun(shelf, slug):
    show = shelf.publication().first_feed()
    shelf.place.index.save_author(show.guid, shelf.episodes()[slug].guid, 7)


def discard(shelf, name="wrong"):
    return discard_episode(shelf.place, name, wishes=shelf._wishes())


def bring_back(shelf, name):
    return bring_back_discarded(shelf.place, name, wishes=shelf._wishes())


def names(shelf, folder="2026"):
    return {path.name for path in (shelf.root / folder).iterdir()}


def listed(shelf, **asked):
    found = list_episodes(shelf.publication()._now().shows[0], (), shelf.now, **asked)
    return [one.title for one in found.episodes], found


def test_all_its_files_lie_aside_and_no_others(shown):
    feed, was = shown.feed(), shown.episodes()["wrong"]
    foreseen = planned_moves(shown.place, "wrong")
    done = discard(shown)
    assert set(done.paths) == set(foreseen) == {f"2026/{name}" for name in STEM}
    assert names(shown) == {"Wrong.other.mp3"}
    (aside,) = (shown.root / BIN).iterdir()
    assert {path.name for path in aside.iterdir()} == STEM
    assert (aside / "Wrong.md").read_text() == NOTE
    assert "wrong" not in shown.episodes()
    assert shown.feed() == feed
    assert discarded_row(shown.place, "Wrong")[1].line.guid == was.guid


def test_it_comes_back_as_it_was(shown):
    was = shown.episodes()["wrong"]
    gone = discard(shown)
    shown.later(days=3)
    shown.index()
    assert bring_back(shown, gone.slug).episode == was
    assert names(shown) == STEM | {"Wrong.other.mp3"}
    assert (shown.root / "2026/Wrong.md").read_text() == NOTE
    assert not (shown.root / BIN).exists()
    assert discard(shown).slug == gone.slug  # and may go again


def test_its_name_and_address_are_anybody_s(shown):
    was, gone = shown.episodes()["wrong"], discard(shown)
    shown.sound("2026/Wrong.mp3", seed=9)
    shown.index()
    other = shown.episodes()["wrong"]
    assert other.guid != was.guid
    with pytest.raises(Conflict, match=r"2026/Wrong\.mp3 is there again"):
        bring_back(shown, gone.slug)
    (shown.root / "2026/Wrong.mp3").rename(shown.root / "2026/Right.mp3")
    shown.index()
    back = bring_back(shown, gone.slug).episode
    assert (back.guid, back.slug, shown.episodes()["wrong"].guid) == (was.guid, "wrong-2", other.guid)


def test_a_folder_goes_with_all_that_lies_in_it(shelf):
    shelf.sound("mistake/audio.mp3")
    shelf.write("mistake/episode.md", NOTE)
    shelf.write("mistake/cut.xcf", "a file of nobody's")
    shelf.index()
    _begun(shelf, "mistake")
    gone = discard(shelf, "mistake")
    assert not (shelf.root / "mistake").exists()
    bring_back(shelf, gone.slug)
    assert names(shelf, "mistake") == {"audio.mp3", "episode.md", "cut.xcf"}


def test_a_note_without_a_recording_goes_and_comes_back(shelf):
    shelf.sound("One.mp3")
    shelf.write("Idea.md", NOTE)
    shelf.index()
    _begun(shelf, "idea")
    was = shelf.episodes()["idea"]
    gone = discard(shelf, "idea")
    shelf.index()
    assert bring_back(shelf, gone.slug).episode == was


def test_a_new_database_knows_it_too(shown, reopened):
    gone = discard(shown)
    reopened.index()
    assert set(reopened.episodes()) == set(shown.episodes())
    assert bring_back(reopened, gone.slug).episode.slug == "wrong"


def test_the_same_recording_dropped_again_is_the_same_episode(shown):
    was = shown.episodes()["wrong"]
    discard(shown)
    shown.sound("Again.mp3", seed=2)
    shown.index()
    assert shown.episodes()["again"].guid == was.guid


def test_lists_leave_it_out_but_the_one_of_what_was_thrown_away(shown):
    discard(shown)
    titles, found = listed(shown)
    assert ("Wrong" in titles, found.total, found.by_status[Status.DISCARDED]) == (False, 2, 1)
    assert listed(shown, status=Status.DISCARDED)[0] == ["Wrong"]


def test_what_is_or_was_out_is_refused(shown):
    with pytest.raises(Conflict, match="no draft"):
        discard(shown, "one")
    unpublish_episode(shown.place, "one", wishes=shown._wishes())
    with pytest.raises(Conflict, match="ever out"):
        discard(shown, "one")
    assert (shown.root / "One.mp3").exists()


def test_a_file_that_waits_for_a_word_was_never_out(shelf):
    shelf.write("show.toml", (shelf.root / "show.toml").read_text() + 'new_files = "draft"\n')
    shelf.sound("Dropped.mp3")
    shelf.index()
    discard(shelf, "dropped")
    assert shelf.episodes() == {}


def test_a_draft_that_was_added_here_goes_and_its_recording_may_come_again(shelf, tmp_path):
    recording = write_mp3(tmp_path / "Talk.mp3", title="Talk")
    for _ in range(2):
        added = add_episode(shelf.place, recording, draft=True, wishes=shelf._wishes())
        assert added.folder == "talk"
        discard(shelf, "talk")
        shelf.later(minutes=1)
    assert len(list((shelf.root / BIN).iterdir())) == 2


def test_links_for_guests_end_with_it(shown):
    made = add_preview(shown.place, "wrong", now=shown.now).preview
    discard(shown)
    assert [one.ended_at is None for one in shown.place.index.previews(made.show_guid, made.guid)] == [False]


def test_a_draft_whose_files_are_gone_leaves_the_list(shown):
    for name in STEM:
        (shown.root / "2026" / name).unlink()
    shown.index()
    gone = discard(shown)
    assert (gone.paths, listed(shown)[1].total) == ({}, 2)
    with pytest.raises(NotFound, match="nothing can be brought back"):
        bring_back(shown, gone.slug)


@pytest.mark.parametrize("begun", [False, True])
def test_killed_half_way_it_is_the_one_or_the_other(shown, begun):
    was = shown.episodes()["wrong"]
    with hold_episode(shown.place, "wrong", shown._wishes()) as held:
        paths = discarding._paths(held, discarding._folder(held.show, held.row.line, shown.now))
        discarding.write_word(held, lambda line: discarding._thrown(line, shown.now))
        if begun:
            begin_moves(shown.place.storage, "", Moves(paths=paths))
            shown.place.storage.move(*next(iter(paths.items())))
    shown.index()
    assert names(shown) == {"Wrong.other.mp3"} | (set() if begun else STEM)
    assert shown.episodes().get("wrong") == (None if begun else was)


def test_a_disk_that_refuses_leaves_all_as_it_was(shown, monkeypatch):
    was, storage = shown.episodes()["wrong"], shown.place.storage
    move = type(storage).move

    def refused(self, path, to):
        if path.endswith(".vtt") and BIN in to:
            raise ContentError("refused", "The disk refuses.", path=path)
        move(self, path, to)

    monkeypatch.setattr(type(storage), "move", refused)
    with pytest.raises(ContentError, match="refuses"):
        discard(shown)
    assert shown.episodes()["wrong"] == was
    assert names(shown) == STEM | {"Wrong.other.mp3"}


@pytest.mark.parametrize("inner", ["inner", "other show"])
def test_what_lies_in_its_folder_and_is_another_s_stays(shelf, inner):
    shelf.sound("mistake/audio.mp3")
    shelf.write("mistake/episode.md", NOTE)
    shelf.sound(f"mistake/{inner}/audio.mp3", seed=2)
    if inner == "other show":
        shelf.write(f"mistake/{inner}/show.toml", (shelf.root / "show.toml").read_text())
    shelf.index()
    _begun(shelf, "mistake")
    with pytest.raises(Conflict, match=f"mistake/{inner} lies in the folder"):
        discard(shelf, "mistake")
    assert shelf.episodes()["mistake"].has_audio


@pytest.mark.parametrize("other", ["Wrong.wav", "Wrong/audio.mp3", "wrong/audio.mp3"])
def test_no_episode_takes_another_s_place(shown, other):
    gone = discard(shown)
    shown.sound(f"2026/{other}", seed=9)
    shown.index()
    with pytest.raises(Conflict, match="2026/Wrong is there again"):
        bring_back(shown, gone.slug)
    assert names(shown) == {"Wrong.other.mp3", other.partition("/")[0]}


def test_a_disk_without_room_for_the_journal_leaves_all_as_it_was(shown, monkeypatch):
    was = shown.episodes()["wrong"]

    def full(*_):
        raise ContentError("disk-full", "The disk is full.", path="x")

    monkeypatch.setattr(discarding, "begin_moves", full)
    with pytest.raises(ContentError, match="full"):
        discard(shown)
    assert shown.episodes()["wrong"] == was


def test_it_is_not_withdrawn_before_it_is_back(shown):
    gone = discard(shown)
    with pytest.raises(Conflict, match="Bring it back first"):
        withdraw_episode(shown.place, gone.slug, wishes=shown._wishes())


def test_of_two_branches_the_one_that_kept_it_holds(shown):
    (kept,) = (line for line in shown.ledger().splitlines() if '"2026/Wrong"' in line)
    gone = discard(shown)
    (shown.root / "ledger.jsonl").write_text(f"{shown.ledger()}{kept}\n")
    shown.index()
    with pytest.raises(NotFound):
        discarded_row(shown.place, gone.slug)
    assert '"slug":"wrong"' in shown.ledger()
