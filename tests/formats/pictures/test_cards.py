"""Cards of shared links: artwork, title and show on the show's colour, and no boxes for letters we cannot draw."""

import pytest
from PIL import Image, ImageChops

from catalogue.domain.cards import Card
from catalogue.errors import ArtworkError
from catalogue.formats.pictures.cards import draw_card

TEAL, PINK = (8, 90, 82), (250, 220, 230)
RED = (200, 30, 30)


@pytest.fixture
def source(tmp_path):
    """An artwork of one colour, as the site keeps it."""
    path = tmp_path / "thumb.jpg"
    Image.new("RGB", (640, 640), RED).save(path, "JPEG", quality=95)
    return str(path)


@pytest.fixture
def drawn(tmp_path, source):
    def draw(title="Meet the husbands", accent=None, show_title="Conversations", picture=source):
        target = tmp_path / "card.jpg"
        card = Card(show_title=show_title, title=title, accent=accent, picture="c" * 64 if picture else None)
        facts = draw_card(str(target), picture, card)
        assert (facts.width, facts.height) == (1200, 630)
        with Image.open(target) as opened:
            return opened.convert("RGB")

    return draw


def is_near(colour, other):
    return all(abs(a - b) < 14 for a, b in zip(colour, other, strict=True))


def other_than(ground, picture, box):
    """The share of the box that is not the ground."""
    part = picture.crop(box)
    red, green, blue = ImageChops.difference(part, Image.new("RGB", part.size, ground)).split()
    furthest = ImageChops.lighter(red, ImageChops.lighter(green, blue)).histogram()
    return sum(furthest[14:]) / sum(furthest)


def test_artwork_stands_left_the_words_right_on_the_accent(drawn):
    picture = drawn()
    assert is_near(picture.getpixel((5, 5)), TEAL)
    assert is_near(picture.getpixel((300, 300)), RED)
    assert other_than(TEAL, picture, (620, 64, 1136, 200)) > 0.05
    assert other_than(TEAL, picture, (620, 530, 1136, 570)) > 0.02


@pytest.mark.parametrize(("accent", "is_light"), [(None, True), ("#fadce6", False), ("#fff", False), ("#000", True)])
def test_the_words_can_be_read_on_any_colour(drawn, accent, is_light):
    part = drawn(accent=accent).crop((620, 64, 1136, 200)).convert("L")
    words = max(part.tobytes()) if is_light else min(part.tobytes())
    assert words > 230 if is_light else words < 50


@pytest.mark.parametrize("title", ["日本のポッドキャスト", "Привет", "پادکست", "☕", "\x00\ud800"])
def test_a_title_in_other_letters_leaves_the_artwork_alone_in_the_middle(drawn, title):
    picture = drawn(title=title)
    assert other_than(TEAL, picture, (0, 0, 330, 630)) == other_than(TEAL, picture, (872, 0, 1200, 630)) == 0
    assert is_near(picture.getpixel((600, 315)), RED)


@pytest.mark.parametrize("title", ["word " * 80, "x" * 300, "ñ" * 300])
def test_a_long_title_stays_within_its_margins(drawn, title):
    picture = drawn(title=title, show_title=title)
    assert other_than(TEAL, picture, (1140, 0, 1200, 630)) == 0
    assert other_than(TEAL, picture, (620, 0, 1200, 50)) == other_than(TEAL, picture, (620, 580, 1200, 630)) == 0


def test_a_show_without_artwork_still_says_its_title(drawn):
    assert other_than(TEAL, drawn(picture=None), (64, 64, 1136, 200)) > 0.05


def test_the_same_card_is_the_same_bytes(tmp_path, source):
    card = Card(show_title="Talks", title="One", accent=None, picture="c" * 64)
    assert draw_card(str(tmp_path / "a.jpg"), source, card) == draw_card(str(tmp_path / "b.jpg"), source, card)


def test_a_card_that_cannot_be_written_says_so(source):
    with pytest.raises(ArtworkError, match="cannot be written"):
        draw_card("/proc/none/card.jpg", source, Card(show_title="Talks", title=None, accent=None, picture="c" * 64))
