"""Add an episode: all of it or nothing, and what fails leaves no trace."""

import errno
from dataclasses import replace

import pytest
from sounds import write_mp3

from catalogue.actions.add import add_episode, add_episodes
from catalogue.actions.adding_copies import write_episode as write
from catalogue.actions.adding_places import Addition
from catalogue.actions.index import Wishes
from catalogue.errors import AudioError, Conflict, ContentError, ContentErrors, NotFound, NotPublishable, StoreError
from catalogue.library.durable import write_durably


@pytest.fixture
def audio(tmp_path):
    """A file to add, outside the library."""
    return write_mp3(tmp_path / "inbox" / "03 some talk.mp3", seed=5, title="Meet the Husbands", number=110)


class Died(BaseException):
    """As a kill, it leaves nobody to tidy up."""


class Dying:
    """The library of a process that is killed before its change number `at`, and does nothing more."""

    def __init__(self, storage, at):
        self._storage, self._left = storage, at

    def __getattr__(self, name):
        value = getattr(self._storage, name)
        return self._counted(value) if name in ("replace", "remove") else value

    def _counted(self, change):
        def changed(*args, **named):
            self._left -= 1
            if self._left <= 0:
                raise Died
            return change(*args, **named)

        return changed


def tree(shelf):
    return sorted(path.relative_to(shelf.root).as_posix() for path in shelf.root.rglob("*"))


def test_added_audio_is_an_episode_with_a_note_from_its_tags(shelf, audio):
    added = add_episode(shelf.place, audio)
    assert added.written == ("110-meet-the-husbands/audio.mp3", "110-meet-the-husbands/episode.md")
    assert (shelf.root / added.written[0]).read_bytes() == audio.read_bytes()
    episode = shelf.episodes()["110-meet-the-husbands"]
    assert (episode.title, str(episode.number)) == ("Meet the Husbands", "110")
    assert added.report.refused == ()


def test_audio_is_there_before_its_note_and_the_note_before_the_ledger(shelf, audio, monkeypatch):
    written, replace = [], shelf.place.storage.replace

    def record(path, content, **named):
        written.append((path, named["expected"]))
        return replace(path, content, **named)

    monkeypatch.setattr(shelf.place.storage, "replace", record)
    add_episode(shelf.place, audio)
    folder = "110-meet-the-husbands"
    assert written == [(f"{folder}/audio.mp3", ""), (f"{folder}/episode.md", ""), ("ledger.jsonl", "")]


def test_no_other_indexer_meets_the_audio_without_its_note(shelf, audio, monkeypatch):
    reports, replace = [], shelf.place.storage.replace

    def index_meanwhile(path, content, **named):
        file = replace(path, content, **named)
        if path.endswith("audio.mp3"):
            reports.append(shelf.index())
        return file

    monkeypatch.setattr(shelf.place.storage, "replace", index_meanwhile)
    add_episode(shelf.place, audio, draft=True, wishes=Wishes(clock=lambda: shelf.now))
    assert (reports[0].put_off, shelf.episodes()["110-meet-the-husbands"].draft) == ({""}, True)


def test_a_draft_is_added_as_one(shelf, audio):
    add_episode(shelf.place, audio, draft=True)
    assert shelf.episodes()["110-meet-the-husbands"].draft


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_draft_is_never_published_wherever_its_adding_was_killed(shelf, audio, at):
    with pytest.raises(Died):
        add_episode(replace(shelf.place, storage=Dying(shelf.place.storage, at)), audio, draft=True)
    shelf.index()
    assert all(one.draft for one in shelf.episodes().values())
    add_episode(shelf.place, audio, draft=True) if at < 3 else shelf.index()
    assert [(one.path, one.draft, one.has_audio) for one in shelf.episodes().values()] == [
        ("110-meet-the-husbands", True, True)
    ]
    assert shelf.ledger().count('"guid"') == 2


@pytest.mark.parametrize("at", [3, 4])
def test_a_draft_that_is_taken_back_is_never_published_either(shelf, audio, monkeypatch, at):
    storage = Dying(shelf.place.storage, at)
    with monkeypatch.context() as patch:
        patch.setattr(shelf.place.index, "save_files", lambda _files: 1 / 0)
        with pytest.raises(Died):
            add_episode(replace(shelf.place, storage=storage), audio, draft=True)
    shelf.index()
    assert all(one.draft for one in shelf.episodes().values())


def test_a_folder_of_that_name_is_left_alone(shelf, audio):
    note = shelf.write("110-meet-the-husbands/README.md", "Somebody's\n")
    assert add_episode(shelf.place, audio).folder == "110-meet-the-husbands-2"
    assert note.read_text() == "Somebody's\n"


def test_what_is_no_audio_adds_nothing(shelf, tmp_path):
    page = tmp_path / "page.mp3"
    page.write_text("<html>")
    before = tree(shelf)
    with pytest.raises(AudioError, match=r"page\.mp3"):
        add_episode(shelf.place, page)
    assert tree(shelf) == before


@pytest.mark.parametrize("full_at", ["audio.mp3", "episode.md", "ledger.jsonl"])
def test_a_full_disk_undoes_the_whole_addition(shelf, audio, monkeypatch, full_at):
    def fill_up(real, content, *, check):
        if real.name == full_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        write_durably(real, content, check=check)

    monkeypatch.setattr("catalogue.library.storage.write_durably", fill_up)
    before = tree(shelf)
    with pytest.raises((ContentError, NotPublishable), match="disk or the quota is full"):
        add_episode(shelf.place, audio)
    assert tree(shelf) == before
    assert shelf.episodes() == {}


def test_an_index_that_cannot_be_written_undoes_the_whole_addition(shelf, audio, monkeypatch):
    def fail(_files):
        raise StoreError("store-write", "The database could not be written.")

    monkeypatch.setattr(shelf.place.index, "save_files", fail)
    before = tree(shelf)
    with pytest.raises(StoreError):
        add_episode(shelf.place, audio)
    assert tree(shelf) == before


def test_a_show_that_cannot_be_read_gets_nothing_added(shelf, audio):
    shelf.write("show.toml", 'title = "Unclosed\n')
    with pytest.raises(NotPublishable, match=r"Nothing was added\. show\.toml, line 1"):
        add_episode(shelf.place, audio)
    assert tree(shelf) == ["show.toml"]


def test_a_fault_elsewhere_does_not_undo_the_addition(shelf, audio):
    shelf.write("broken.mp3", "no audio")
    added = add_episode(shelf.place, audio)
    assert [problem.path for problem in added.report.refused] == ["broken.mp3"]
    assert "110-meet-the-husbands" in shelf.episodes()


def test_a_file_of_the_library_is_not_added_to_it_again(shelf):
    path = shelf.sound("one.mp3")
    with pytest.raises(Conflict, match="in the library already"):
        add_episode(shelf.place, path)


def test_with_several_shows_one_must_be_named(shelf, audio):
    (shelf.root / "show.toml").unlink()
    for name in ("a", "b"):
        shelf.write(f"{name}/show.toml", f'title = "{name}"\nauthor = "A"\nlanguage = "en"\n')
    with pytest.raises(Conflict, match="several shows; say --show a"):
        add_episode(shelf.place, audio)
    with pytest.raises(NotFound, match="c holds no show"):
        add_episode(shelf.place, audio, show_path="c")
    assert add_episode(shelf.place, audio, show_path="./b/").folder == "b/110-meet-the-husbands"


def test_without_a_show_the_mend_is_init(shelf, audio):
    (shelf.root / "show.toml").unlink()
    with pytest.raises(NotFound, match="castalogue init"):
        add_episode(shelf.place, audio)


@pytest.mark.parametrize("left", [("audio.mp3",), ("audio.mp3", "episode.md")])
def test_what_a_killed_run_left_is_finished_by_the_next(shelf, audio, tmp_path, left):
    done = add_episode(shelf.place, audio)
    kept = {name: (shelf.root / done.folder / name).read_bytes() for name in ("audio.mp3", "episode.md")}
    (shelf.root / "ledger.jsonl").unlink()
    for name in kept.keys() - set(left):
        (shelf.root / done.folder / name).unlink()
    shelf.place.index.save_show(shelf.place.index.shows()[0], episodes={}, gone=[*shelf_guids(shelf)])
    again = add_episode(shelf.place, audio)
    assert (again.folder, again.report.refused) == (done.folder, ())
    assert {name: (shelf.root / done.folder / name).read_bytes() for name in kept} == kept


def test_another_episode_of_that_name_is_never_taken_for_an_unfinished_one(shelf, audio):
    shelf.write("110-meet-the-husbands/episode.md", "Mine.\n")
    assert add_episode(shelf.place, audio).folder == "110-meet-the-husbands-2"


def shelf_guids(shelf):
    return [episode.guid for episode in shelf.episodes().values()]


@pytest.fixture
def inbox(tmp_path):
    """Three files to add."""
    return [
        write_mp3(tmp_path / f"inbox/{name}.mp3", seed=seed, title=name) for seed, name in enumerate(("a", "b", "c"), 7)
    ]


def add_all(shelf, files, **how):
    return add_episodes(shelf.place, files, Addition(wishes=shelf._wishes(), **how))


def test_many_files_are_added_with_one_index(shelf, inbox, monkeypatch):
    writes, replace = [], shelf.place.storage.replace
    monkeypatch.setattr(
        shelf.place.storage,
        "replace",
        lambda path, *rest, **named: writes.append(path) or replace(path, *rest, **named),
    )
    done = add_all(shelf, inbox)
    assert [one.folder for one in done.added] == ["a", "b", "c"]
    assert writes.count("ledger.jsonl") == 1
    assert shelf.episodes().keys() == {"a", "b", "c"}


def test_what_is_wished_is_in_every_note_beside_what_a_template_says(shelf, inbox):
    template = b"---\n# ours\nexplicit: yes\nseason: 1\npeople: Ana\n---\nHow to reach us.\n"
    add_all(shelf, inbox, keys={"season": 3, "draft": True}, template=template)
    assert (shelf.root / "a/episode.md").read_text() == (
        "---\n# ours\nexplicit: yes\nseason: 3\npeople: Ana\ntitle: a\ndraft: true\n---\nHow to reach us.\n"
    )
    assert [(one.season.number, one.draft, one.explicit) for one in shelf.episodes().values()] == [(3, True, True)] * 3


def test_the_same_again_adds_nothing_and_what_is_missing_is_added(shelf, inbox):
    add_all(shelf, inbox[:2])
    done = add_all(shelf, inbox)
    assert ([one.folder for one in done.added], done.known, done.failed) == (["c"], tuple(inbox[:2]), {})


def test_one_that_is_no_audio_costs_itself_alone(shelf, inbox):
    inbox[1].write_text("<html>")
    done = add_all(shelf, inbox)
    assert ([one.folder for one in done.added], [*done.failed]) == (["a", "c"], [inbox[1]])
    assert not (shelf.root / "b").exists()


def test_two_files_of_one_name_get_a_folder_each_and_two_of_one_sound_are_one(shelf, inbox, tmp_path):
    other = write_mp3(tmp_path / "other/a.mp3", seed=20, title="a")
    twin = tmp_path / "twin.mp3"
    twin.write_bytes(inbox[0].read_bytes())
    done = add_all(shelf, [inbox[0], other, twin])
    assert ([one.folder for one in done.added], done.known) == (["a", "a-2"], (twin,))


def test_a_disk_that_fills_up_keeps_what_is_whole_and_leaves_nothing_half_made(shelf, inbox, monkeypatch):
    def fill_up(real, content, *, check):
        if real.parent.name == "b" and real.name == "episode.md":
            raise OSError(errno.ENOSPC, "No space left on device")
        write_durably(real, content, check=check)

    monkeypatch.setattr("catalogue.library.storage.write_durably", fill_up)
    done = add_all(shelf, inbox)
    assert ([one.folder for one in done.added], [*done.failed]) == (["a"], inbox[1:])
    assert tree(shelf) == ["a", "a/audio.mp3", "a/episode.md", "ledger.jsonl", "show.toml"]


def test_an_index_that_cannot_be_written_undoes_the_whole_batch(shelf, inbox, monkeypatch):
    def fail(_files):
        raise StoreError("store-write", "The database could not be written.")

    monkeypatch.setattr(shelf.place.index, "save_files", fail)
    before = tree(shelf)
    with pytest.raises(StoreError):
        add_all(shelf, inbox)
    assert tree(shelf) == before


@pytest.mark.parametrize("at", range(1, 8))
def test_a_batch_that_is_killed_is_ended_by_the_same_again(shelf, inbox, at):
    how = Addition(wishes=shelf._wishes(), keys={"season": 2})
    with pytest.raises(Died):
        add_episodes(replace(shelf.place, storage=Dying(shelf.place.storage, at)), inbox, how)
    shelf.index()
    add_episodes(shelf.place, inbox, how)
    assert {one.path: (one.season.number, one.has_audio) for one in shelf.episodes().values()} == dict.fromkeys(
        "abc", (2, True)
    )
    assert shelf.ledger().count('"guid"') == 4


@pytest.mark.parametrize(("keys", "template"), [({"season": "two"}, None), ({}, b"---\nsaeson: 2\n---\n")])
def test_keys_and_templates_that_are_none_add_nothing(shelf, inbox, keys, template):
    before = tree(shelf)
    with pytest.raises(ContentErrors):
        add_all(shelf, inbox, keys=keys, template=template)
    assert tree(shelf) == before


def test_a_name_in_other_capitals_or_of_a_single_file_is_taken(shelf, tmp_path):
    shelf.write("Some-Talk/episode.md", "---\ntitle: Mine\ndraft: yes\n---\n")
    shelf.sound("other.mp3", seed=3)
    files = [
        write_mp3(tmp_path / f"{title}.mp3", seed=seed, title=title)
        for seed, title in ((5, "Some talk"), (6, "Other"), (7, "Topics"))
    ]
    done = add_episodes(shelf.place, files, Addition(wishes=shelf._wishes()))
    assert [one.folder for one in done.added] == ["some-talk-2", "other-2", "topics-2"]


def test_a_file_that_goes_away_meanwhile_costs_itself_alone(shelf, tmp_path, monkeypatch):
    files = [write_mp3(tmp_path / name, seed=seed, title=name) for seed, name in ((5, "a.mp3"), (6, "b.mp3"))]
    monkeypatch.setattr("catalogue.actions.add.write_episode", lambda *given: (files[1].unlink(True), write(*given))[1])
    done = add_episodes(shelf.place, files, Addition(wishes=shelf._wishes()))
    assert ([one.source for one in done.added], list(done.failed)) == (files[:1], files[1:])
    assert done.failed[files[1]].code == "unreadable"
