"""What is there and cannot be read is not what was deleted."""

import os
import unicodedata

import pytest

from catalogue.actions.index import Wishes, index_library

DRAFT = "---\ntitle: Not yet\ndraft: true\n---\n"


def refused(report):
    return {(problem.code, problem.path) for problem in report.refused}


@pytest.fixture
def lose(shelf, tmp_path):
    """Put a link out of the library where a file was."""

    def lost(path):
        (shelf.root / path).rename(tmp_path / "outside")
        (shelf.root / path).symlink_to(tmp_path / "outside")

    return lost


@pytest.mark.parametrize(
    ("audio", "note"),
    [
        ("1/audio.mp3", "1/episode.md"),
        ("1/talk.mp3", "1/episode.md"),
        ("1.mp3", "1.md"),
        ("1.mp3", "1.MD"),
        ("1/1.mp3", "1/1.Md"),
        ("1/audio.mp3", "1/EPISODE.Md"),
    ],
)
def test_an_episode_whose_note_cannot_be_read_stays_a_draft(shelf, lose, audio, note):
    shelf.sound(audio)
    shelf.write(note, DRAFT)
    shelf.index()
    lose(note)
    assert refused(shelf.index()) == {("skipped", note)}
    (episode,) = shelf.episodes().values()
    assert (episode.title, episode.draft) == ("Not yet", True)


@pytest.mark.parametrize("show", ["", "Café/"])
@pytest.mark.parametrize(("audio", "note"), [("Zoë.mp3", "Zoë.md"), ("Zoë/audio.mp3", "Zoë/episode.md")])
def test_so_does_one_whose_name_has_its_accents_apart(shelf, lose, show, audio, note):
    audio, note = (unicodedata.normalize("NFD", f"{show}{name}") for name in (audio, note))
    sound = shelf.sound(audio)
    if show:
        (shelf.root / "show.toml").rename(sound.parents[audio.count("/") - 1] / "show.toml")
    shelf.write(note, DRAFT)
    shelf.index()
    lose(note)
    assert refused(shelf.index()) == {("skipped", note)}
    (episode,) = shelf.episodes().values()
    assert (episode.title, episode.draft) == ("Not yet", True)


def test_an_episode_whose_audio_is_lost_stays_though_its_name_has_its_accents_apart(shelf, lose):
    audio = unicodedata.normalize("NFD", "Zoë.mp3")
    shelf.sound(audio)
    shelf.index()
    lose(audio)
    assert refused(shelf.index()) == {("skipped", audio)}
    (episode,) = shelf.episodes().values()
    assert episode.missing_since is None


def test_a_new_episode_whose_note_cannot_be_read_waits(shelf, lose):
    shelf.sound("1/audio.mp3")
    shelf.write("1/episode.md", DRAFT)
    lose("1/episode.md")
    report = shelf.index()
    assert "note-lost" in {problem.code for problem in report.problems}
    assert shelf.episodes() == {}


def test_an_episode_whose_note_is_still_being_saved_waits(shelf):
    shelf.sound("1/audio.mp3")
    note = shelf.write("1/episode.md", DRAFT)
    os.utime(shelf.root / "1/audio.mp3", (0, 0))
    object.__setattr__(shelf.place, "settings", shelf.place.settings.model_copy(update={"settle_seconds": 2.0}))
    shelf.now = shelf.now.fromtimestamp(note.stat().st_mtime, tz=shelf.now.tzinfo)
    report = index_library(shelf.place, Wishes(clock=lambda: shelf.now, wait=lambda _: note.write_text(DRAFT + "on")))
    assert (report.waiting, shelf.episodes()) == (("1/episode.md",), {})


@pytest.mark.parametrize("name", ["show.toml", "ledger.jsonl"])
def test_a_show_whose_own_files_cannot_be_read_stays_as_it_was(shelf, lose, name):
    shelf.sound("1.mp3")
    shelf.index()
    feed = shelf.feed()
    shelf.sound("2.mp3", seed=2)
    lose(name)
    assert refused(shelf.index()) == {("skipped", name)}
    assert shelf.feed() == feed


def test_an_outer_show_does_not_take_the_files_of_one_that_cannot_be_read(shelf, lose):
    shelf.write("inner/show.toml", 'title = "Inner"\nlanguage = "en"\n')
    shelf.sound("inner/1.mp3")
    shelf.index()
    lose("inner/show.toml")
    report = shelf.index()
    assert [plan.show.title for plan in report.shows] == ["Conversations"]
    assert report.counts["new"] == 0


@pytest.mark.parametrize("target", ["not mounted", "/not/mounted"])
@pytest.mark.parametrize("path", ["110-meet-the-husbands", "Season 2/110"])
def test_an_episode_whose_folder_became_a_link_that_leads_nowhere_stays(shelf, path, target):
    shelf.sound(f"{path}/audio.mp3")
    shelf.index()
    ledger, feed = shelf.ledger(), shelf.feed()
    (shelf.root / path).rename(shelf.root.parent / "away")
    (shelf.root / path).symlink_to(target)
    assert refused(shelf.index()) == {("skipped", path)}
    assert (shelf.ledger(), shelf.feed()) == (ledger, feed)
    (episode,) = shelf.episodes().values()
    assert episode.missing_since is None
