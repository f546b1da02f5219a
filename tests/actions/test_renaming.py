"""An episode's files take another name: all or none, the same episode, and no name that a disk would lose."""

import pytest

from catalogue.actions.renaming import rename_episode
from catalogue.errors import Conflict, ContentError
from catalogue.library.moves import JOURNAL_NAME, Moves, begin_moves, finish_moves

FILES = ("02 Talk.md", "02 Talk.es.md", "02 Talk.vtt", "02 Talk.chapters.json", "02 Talk.psd")


@pytest.fixture
def stems(shelf):
    shelf.sound("S/02 Talk.mp3", seed=1)
    for name in FILES:
        shelf.write(f"S/{name}", "{}" if name.endswith("json") else "Text.\n")
    shelf.sound("S/02 Talk.two.mp3", seed=2)
    shelf.write("S/02 Talk.two.md", "Another's.\n")
    shelf.index()
    return shelf


@pytest.fixture
def folder(shelf):
    shelf.sound("one/audio.mp3", seed=1)
    shelf.write("one/episode.md", "About it.\n")
    shelf.write("one/private.xcf", "a file of nobody's")
    shelf.sound("Two/audio.mp3", seed=2)
    shelf.sound("Café.mp3", seed=3)
    shelf.index()
    return shelf


def tree(shelf):
    files = (path for path in shelf.root.rglob("*") if path.is_file() and path.suffix not in (".toml", ".jsonl"))
    return sorted(path.relative_to(shelf.root).as_posix() for path in files)


def rename(shelf, name, new):
    return rename_episode(shelf.place, name, new, wishes=shelf._wishes())


def test_all_files_of_a_stem_move_and_no_other(stems):
    feed, before = stems.feed(), stems.episodes()["02-talk"]
    done = rename(stems, "02-talk", "07 Speech")
    moved = ["S/07 Speech.mp3", *(f"S/{name.replace('02 Talk', '07 Speech')}" for name in FILES)]
    assert tree(stems) == sorted(["S/02 Talk.two.md", "S/02 Talk.two.mp3", *moved])
    after = stems.episodes()["02-talk"]
    assert (after.guid, after.path, done.path) == (before.guid, "S/07 Speech", "S/07 Speech")
    assert stems.feed().count(b"<guid") == feed.count(b"<guid")


def test_a_folder_moves_with_all_that_lies_in_it(folder):
    feed = folder.feed()
    rename(folder, "one", "first")
    assert [path for path in tree(folder) if path.startswith("first/")] == [
        "first/audio.mp3",
        "first/episode.md",
        "first/private.xcf",
    ]
    assert folder.feed().replace(b"first", b"one") == feed


def test_a_draft_without_audio_stays_the_same_episode(folder):
    folder.write("plan/episode.md", "---\ndraft: yes\n---\n")
    folder.index()
    guid = folder.episodes()["plan"].guid
    assert rename(folder, "plan", "to come").episode.guid == guid
    assert folder.episodes().keys() == {"one", "two", "cafe", "plan"}


def test_a_name_that_is_taken_in_any_spelling_is_refused(folder):
    before = tree(folder)
    for name in ("two", "TWO", "Cafe\u0301", "cafÉ", "pages", "Topics"):
        with pytest.raises(Conflict, match=r"already beside it|meaning of its own"):
            rename(folder, "one", name)
    with pytest.raises(Conflict, match="cannot be a name here"):
        rename(folder, "one", "../one")
    assert tree(folder) == before


def test_letters_may_change_their_case(folder):
    rename(folder, "two", "TWO")
    assert "TWO/audio.mp3" in tree(folder)


def test_a_disk_that_refuses_one_file_gives_all_their_old_names_back(stems, monkeypatch):
    before, move, left = tree(stems), stems.place.storage.move, [3]

    def refuse(path, to):
        left[0] -= 1
        if left[0] == 0:
            raise ContentError("not-written", "It cannot be written: the disk says no.", path=path)
        move(path, to)

    monkeypatch.setattr(stems.place.storage, "move", refuse)
    with pytest.raises(ContentError, match="the disk says no"):
        rename(stems, "02-talk", "07 Speech")
    assert tree(stems) == before


@pytest.mark.parametrize("moved", [0, 3])
def test_what_a_killed_run_began_is_ended_by_the_next_index(stems, moved):
    before = stems.episodes()["02-talk"].guid
    names = ("02 Talk.mp3", *FILES)
    paths = {f"S/{name}": f"S/{name.replace('02 Talk', 'New')}" for name in names}
    begin_moves(stems.place.storage, "", Moves(paths=paths, claims={"S/New": before}))
    for old in [*paths][:moved]:
        stems.place.storage.move(old, paths[old])
    stems.index()
    assert (stems.episodes()["02-talk"].path, stems.episodes()["02-talk"].guid) == ("S/New", before)
    assert not (stems.root / JOURNAL_NAME).exists()


def test_a_journal_that_nobody_can_read_stops_no_index(stems):
    stems.write(JOURNAL_NAME, "no list")
    stems.write("S/02 Talk.md", "Other words.\n")
    report = stems.index()
    assert (report.counts["changed"], report.refused[-1].path) == (1, JOURNAL_NAME)


def test_where_a_killed_run_cannot_be_ended_all_files_have_their_old_names(shelf):
    for ending in ("mp3", "md"):
        shelf.write(f"a.{ending}", ending)
    begin_moves(shelf.place.storage, "", Moves(paths={"a.mp3": "b.mp3", "a.md": "b.md"}))
    shelf.place.storage.move("a.mp3", "b.mp3")
    shelf.write("b.md", "mine")
    with pytest.raises(ContentError):
        finish_moves(shelf.place.storage, "")
    assert sorted(path.name for path in shelf.root.glob("?.*")) == ["a.md", "a.mp3", "b.md"]
