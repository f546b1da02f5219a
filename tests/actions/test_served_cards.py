"""Cards of shared links: drawn when first asked for, once, and an address that was shared answers for ever."""

import pytest
from PIL import Image

from catalogue.domain.links import Links
from catalogue.domain.media import THUMBNAIL
from catalogue.errors import MediaError, Moved, NotFound
from catalogue.formats.pictures.artwork import save_jpeg


@pytest.fixture
def shared(shelf):
    """A show with one episode; its publication, and how its pictures are asked for."""
    shelf.sound("one.mp3", title="One")
    shelf.index()
    publication = shelf.publication()
    show = publication.shows()[0]
    thumbnail = shelf.place.derived / f"{show.artwork.sha256}.{THUMBNAIL}.jpg"
    save_jpeg(Image.new("RGB", (640, 640), "#b03"), str(thumbnail))
    return shelf


def ask(shelf, url):
    _, _, sha256, name = url.split("/")
    return shelf.publication().media(sha256, name, shelf.now)


def card_of_one(shelf):
    publication = shelf.publication()
    show = publication.shows()[0]
    return Links("").card(show, publication.episode(show, "one", shelf.now))


def cards(shelf):
    return sorted(path.name for path in shelf.place.derived.glob("*.card1.jpg"))


def test_indexing_draws_no_card(shared):
    assert cards(shared) == []


def test_a_card_is_drawn_when_first_asked_for_and_kept(shared, monkeypatch):
    found = ask(shared, card_of_one(shared))
    with Image.open(found.path) as picture:
        assert picture.size == (1200, 630)
    monkeypatch.setattr("catalogue.formats.pictures.cards.draw_card", None)
    assert ask(shared, card_of_one(shared)) == found
    assert (found.kind, found.media_type) == ("image", "image/jpeg")


def test_the_show_has_a_card_of_its_own(shared):
    show = shared.publication().shows()[0]
    assert ask(shared, Links("").card(show)).download_name == f"{show.slug}.card1.jpg"


def test_a_card_as_it_was_before_a_new_title_leads_to_today_s_and_draws_nothing(shared):
    before = card_of_one(shared)
    shared.sound("one.mp3", title="Another title")
    shared.index()
    with pytest.raises(Moved) as moved:
        ask(shared, before)
    assert moved.value.to == card_of_one(shared) != before
    assert cards(shared) == []


def test_what_nobody_may_see_has_no_card(shared):
    later = card_of_one(shared)
    shared.write("one.md", "---\ndraft: true\n---\n")
    shared.index(allow_removals=True)
    with pytest.raises(NotFound):
        ask(shared, later)


@pytest.mark.parametrize("name", ["conversations.never-was.card1.jpg", "other.card1.jpg", "other.one.card1.jpg"])
def test_what_never_was_has_no_card(shared, name):
    with pytest.raises(NotFound):
        ask(shared, f"/media/{'0' * 64}/{name}")


def test_without_its_artwork_a_card_waits(shared):
    for path in shared.place.derived.glob(f"*.{THUMBNAIL}.jpg"):
        path.unlink()
    with pytest.raises(MediaError):
        ask(shared, card_of_one(shared))


def test_a_folder_that_cannot_be_written_is_an_error_that_passes(shared, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("catalogue.formats.pictures.artwork._write_atomically", full)
    with pytest.raises(MediaError, match="no space left"):
        ask(shared, card_of_one(shared))
