"""Drawn covers: the same for the same title, and a title of any kind breaks nothing."""

import pytest
from PIL import Image

from catalogue.domain.media import COVER, THUMBNAIL
from catalogue.formats.pictures.covers import draw_cover, drawn_cover_hash
from catalogue.formats.pictures.lettering import find_letters

PAPER, ACCENT = (251, 250, 247), (8, 90, 82)


@pytest.fixture
def drawn(tmp_path):
    """Draw a small cover and give its picture."""

    def draw(title, accent=None):
        target = tmp_path / "cover.jpg"
        draw_cover(str(target), title, accent, THUMBNAIL)
        with Image.open(target) as picture:
            return picture.convert("RGB")

    return draw


def is_near(colour, other):
    return all(abs(a - b) < 12 for a, b in zip(colour, other, strict=True))


def ink_in(picture, box):
    """The share of the box that is not paper."""
    brightness = picture.crop(box).convert("L").histogram()
    return sum(brightness[:200]) / sum(brightness)


def test_a_cover_is_as_large_as_directories_want_it(tmp_path):
    facts = draw_cover(str(tmp_path / "c.jpg"), "Sleep, gently", None, COVER)
    assert (facts.format, facts.width, facts.height) == ("jpeg", 3000, 3000)


def test_the_same_title_gives_the_same_bytes(tmp_path):
    first, second = (draw_cover(str(tmp_path / name), "Sleep", None, THUMBNAIL) for name in ("a.jpg", "b.jpg"))
    assert first == second


def test_the_title_stands_at_the_top_and_the_band_below(drawn):
    picture = drawn("Sleep, gently")
    assert is_near(picture.getpixel((5, 5)), PAPER)
    assert ink_in(picture, (60, 60, 580, 170)) > 0.05
    assert ink_in(picture, (60, 450, 580, 580)) > 0.05
    assert ink_in(picture, (0, 0, 55, 640)) == 0


@pytest.mark.parametrize("title", ["日本のポッドキャスト", "Привет", "پادکست", "☕", "", "\x00\ud800"])
def test_a_title_in_other_letters_gets_a_ground_of_the_accent(drawn, title):
    assert is_near(drawn(title).getpixel((5, 5)), ACCENT)


@pytest.mark.parametrize("title", ["word " * 200, "x" * 3000, "ñ" * 500, "Donaudampfschifffahrt" * 4])
def test_a_long_title_stays_within_its_margins(drawn, title):
    picture = drawn(title)
    assert ink_in(picture, (0, 0, 55, 640)) == 0
    assert ink_in(picture, (590, 0, 640, 640)) == 0
    assert ink_in(picture, (0, 415, 640, 440)) == 0


def test_the_accent_colours_the_band(drawn):
    colours = {colour for _, colour in drawn("Sleep", "#b03").getcolors(640 * 640)}
    assert any(is_near(colour, (187, 0, 51)) for colour in colours)


def test_an_accent_that_is_no_colour_is_the_default():
    assert drawn_cover_hash("Sleep", "teal; background: url(x)") == drawn_cover_hash("Sleep", None)


def test_title_and_accent_make_the_hash():
    hashes = {drawn_cover_hash(*made) for made in (("a", None), ("b", None), ("a", "#b03"))}
    assert len(hashes) == 3 and all(len(digest) == 64 for digest in hashes)


@pytest.mark.parametrize("title", ["¿Qué es el duelo?", "Größe", "Ängste", "Œuvre", "Łódź"])
def test_marks_can_be_drawn_and_other_letters_cannot(title):
    assert (find_letters(title) is None) == (title in {"Größe", "Œuvre", "Łódź"})


def test_a_mark_is_drawn_above_its_letter(drawn):
    above = (60, 40, 580, 80)
    assert ink_in(drawn("nnnn"), above) == 0 < ink_in(drawn("ññññ"), above)
