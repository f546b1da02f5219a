"""Taken out of sight and shown again: the note says so, and the feed comes back to the byte."""

import pytest
from mutagen.id3 import COMM
from mutagen.mp3 import MP3

from catalogue.actions.unpublish import republish_episode, unpublish_episode
from catalogue.errors import Conflict, ContentErrors, NotFound

NOTE = "---\ntitle: One  # a name\n\n# when\npublished: 2026-01-05\n---\nAbout it.\n"


def wishes(shelf):
    return shelf._wishes()


def page(shelf, slug="one"):
    publication = shelf.publication()
    return publication.episode(publication.first_feed(), slug, shelf.now)


@pytest.fixture
def one(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", NOTE)
    shelf.index()
    return shelf


def test_unpublished_it_is_nowhere_and_its_note_has_one_line_more(one):
    audio = one.episodes()["one"].audio
    done = unpublish_episode(one.place, "one", wishes=wishes(one))
    assert (one.root / done.note).read_text() == NOTE.replace("---\nAbout", "draft: true\n---\nAbout")
    assert b"<item>" not in one.feed()
    with pytest.raises(NotFound):
        page(one)
    with pytest.raises(NotFound):
        one.publication().media(audio.sha256, "one.mp3", one.now)


def test_published_again_note_and_feed_are_as_they_were_to_the_byte(one):
    feed = one.feed()
    unpublish_episode(one.place, "one", wishes=wishes(one))
    one.later(days=3)
    republish_episode(one.place, "one", wishes=wishes(one))
    assert (one.root / "one/episode.md").read_text() == NOTE
    assert one.feed() == feed


@pytest.mark.parametrize(("sound", "note"), [("one.mp3", "one.md"), ("one/audio.mp3", "one/episode.md")])
def test_an_episode_without_a_note_gets_one_and_keeps_what_its_tags_say(shelf, sound, note):
    file = MP3(shelf.sound(sound, title="The title"))
    file.tags.add(COMM(encoding=3, text=["Words of the tag."]))
    file.save()
    shelf.sound("two.mp3", seed=2)
    shelf.index()
    feed = shelf.feed()
    assert unpublish_episode(shelf.place, "one", wishes=wishes(shelf)).note == note
    assert (shelf.root / note).read_text() == "---\ndraft: true\n---\n"
    assert b"Words of the tag" in feed
    assert b"The title" not in shelf.feed()
    republish_episode(shelf.place, "one", wishes=wishes(shelf))
    assert shelf.feed() == feed


def test_new_files_that_wait_are_published_by_a_word_in_their_note(shelf):
    shelf.write("show.toml", (shelf.root / "show.toml").read_text() + 'new_files = "draft"\n')
    shelf.sound("one.mp3")
    shelf.index()
    assert b"<item>" not in shelf.feed()
    shelf.later(days=1)
    done = republish_episode(shelf.place, "one", wishes=wishes(shelf))
    assert (shelf.root / "one.md").read_text() == "---\ndraft: false\n---\n"
    assert done.episode.published_at == shelf.now
    assert b"<item>" in shelf.feed()


def test_what_is_so_already_is_said_and_nothing_is_written(one):
    with pytest.raises(Conflict, match="no draft"):
        republish_episode(one.place, "one", wishes=wishes(one))
    unpublish_episode(one.place, "one", wishes=wishes(one))
    with pytest.raises(Conflict, match="a draft already"):
        unpublish_episode(one.place, "one", wishes=wishes(one))


def test_a_note_that_only_a_person_can_edit_stays_as_it_is(shelf):
    shelf.sound("one/audio.mp3")
    note = shelf.write("one/episode.md", '+++\ntitle = "One"\n+++\n')
    shelf.index()
    with pytest.raises(ContentErrors, match="by hand"):
        unpublish_episode(shelf.place, "one", wishes=wishes(shelf))
    assert note.read_text() == '+++\ntitle = "One"\n+++\n'
    assert b"<item>" in shelf.feed()


def test_files_that_are_gone_cannot_be_unpublished(one):
    (one.root / "one/audio.mp3").unlink()
    (one.root / "one/episode.md").unlink()
    one.index(allow_removals=True)
    with pytest.raises(NotFound, match="Put them back first, or withdraw"):
        unpublish_episode(one.place, "one", wishes=wishes(one))


def test_a_note_that_would_make_one_episode_of_a_folder_is_not_written(shelf):
    for seed, name in enumerate(("episode.mp3", "other.mp3")):
        shelf.sound(f"Season 1/{name}", seed=seed)
    shelf.index()
    with pytest.raises(Conflict, match="a folder of its own"):
        unpublish_episode(shelf.place, "Season 1/episode", wishes=wishes(shelf))
    assert not (shelf.root / "Season 1/episode.md").exists()
