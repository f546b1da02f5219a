"""A producer's word: find, claim; what fails leaves no trace."""

import shutil
import unicodedata

import pytest

from catalogue.actions.begin import begin_show
from catalogue.actions.claim import claim_episode
from catalogue.actions.named import find_episode
from catalogue.errors import ConfigError, Conflict, NotFound


def test_an_episode_is_found_by_slug_folder_guid_and_show(shelf):
    shelf.sound("Season 2/One.mp3")
    shelf.index()
    episode = shelf.episodes()["one"]
    for name in ("one", "Season 2/One", episode.guid, "conversations/one"):
        assert find_episode(shelf.place, name)[1] == episode
    with pytest.raises(NotFound, match="castalogue list"):
        find_episode(shelf.place, "two")


def test_a_slug_of_two_shows_needs_the_show(shelf):
    (shelf.root / "show.toml").unlink()
    for seed, name in enumerate(("a", "b")):
        shelf.write(f"{name}/show.toml", f'title = "{name.upper()} show"\nauthor = "A"\nlanguage = "en"\n')
        shelf.sound(f"{name}/one.mp3", seed=seed)
    shelf.index()
    with pytest.raises(Conflict, match=r"Several shows have “one” \(a-show, b-show\)"):
        find_episode(shelf.place, "one")
    assert find_episode(shelf.place, "b-show/one")[0].slug == "b-show"


@pytest.mark.parametrize("new", ["uno", "uno/", "./uno", "uno/audio.mp3"])
def test_claimed_files_are_the_episode_that_vanished(shelf, new):
    shelf.sound("one/audio.mp3")
    shelf.index()
    shutil.rmtree(shelf.root / "one")
    shelf.sound("uno/audio.mp3", seed=9)
    assert claim_episode(shelf.place, new, old="one").refused == ()
    assert shelf.episodes()["one"].path == "uno"


def test_files_claimed_as_new_are_a_new_episode(shelf):
    shelf.sound("one/audio.mp3")
    shelf.index()
    shutil.copytree(shelf.root / "one", shelf.root / "two")
    assert claim_episode(shelf.place, "two", old=None).refused == ()
    assert set(shelf.episodes()) == {"one", "two"}


def test_a_claim_on_what_is_not_there_is_refused(shelf):
    shelf.sound("one/audio.mp3")
    shelf.index()
    with pytest.raises(NotFound, match="no episode's files at “nowhere”"):
        claim_episode(shelf.place, "nowhere", old="one")
    with pytest.raises(NotFound, match="No single episode is called “nobody”"):
        claim_episode(shelf.place, "one", old="nobody")


def test_a_folder_that_cannot_be_made_is_no_show(tmp_path, shelf):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be made"):
        begin_show(tmp_path / "file", box=shelf.place.box, timezone="UTC")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_claim_is_understood_in_either_spelling_of_its_letters(shelf, form):
    before, after = (unicodedata.normalize("NFD", name) for name in ("Señal", "Café"))
    shelf.sound(f"{before}/audio.mp3", seed=1)
    shelf.index()
    shutil.rmtree(shelf.root / before)
    shelf.sound(f"{after}/audio.mp3", seed=2)
    assert claim_episode(shelf.place, unicodedata.normalize(form, "Café"), old="senal").refused == ()
    assert shelf.episodes()["senal"].path == "Café"


def test_nobody_gets_the_guid_of_another_by_a_claim(shelf):
    shelf.write("one/episode.md", '---\nguid: "mine"\n---\n')
    shelf.sound("one/audio.mp3", seed=1)
    shelf.index()
    shutil.copytree(shelf.root / "one", shelf.root / "copy")
    report = claim_episode(shelf.place, "copy", old=None)
    assert [problem.code for problem in report.refused] == ["held-guid-taken"]
    assert [episode.path for episode in shelf.episodes().values()] == ["one"]
