"""A title that nobody can see is none: what comes after it in the order of values is taken."""

import pytest

from catalogue.library.naming import NAMELESS

ZERO = "\u200b\u2060"
UNSEEN = pytest.mark.parametrize("title", [ZERO, "\ufeff", "\u3164", "\u2800 \u00ad"])


@UNSEEN
def test_in_a_note_it_gives_way_to_the_tag(shelf, title):
    shelf.sound("one/audio.mp3", title="Spoken")
    shelf.write("one/episode.md", f'---\ntitle: "{title}"\n---\n')
    shelf.index()
    assert [one.title for one in shelf.episodes().values()] == ["Spoken"]


@UNSEEN
def test_in_a_tag_it_gives_way_to_the_name(shelf, title):
    shelf.sound("Meet the husbands.mp3", title=title)
    shelf.index()
    assert [one.title for one in shelf.episodes().values()] == ["Meet the husbands"]


@pytest.mark.parametrize(("name", "title"), [(f"110 {ZERO}", f"110 {ZERO}"), (ZERO, NAMELESS)])
def test_in_a_name_it_gives_way_to_what_else_the_name_has(shelf, name, title):
    shelf.sound(f"{name}.mp3")
    shelf.index()
    assert [one.title for one in shelf.episodes().values()] == [title]


def test_of_a_show_it_gives_way_to_its_folder(shelf):
    shelf.write("show.toml", f'title = "{ZERO}"\nlanguage = "en"\n')
    shelf.index()
    assert [show.title for show in shelf.publication().shows()] == ["Podcast"]
