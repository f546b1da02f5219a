import pytest

from web.accent import BLACK, PAPER_DARK, PAPER_LIGHT, RAISED_DARK, WHITE, contrast, read_colour, readable, render_style

PAPERS = [read_colour(PAPER_LIGHT), read_colour(PAPER_DARK), read_colour(RAISED_DARK)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("chosen", ["#ffff00", "#000000", "#ffffff", "#ff69b4", "#085a52", "#808080", "#0000ff"])
def test_whatever_colour_is_chosen_can_be_read(chosen, paper):
    assert contrast(readable(read_colour(chosen), paper), paper) >= 7


def test_a_colour_that_can_be_read_stays_itself():
    assert readable(read_colour("#085a52"), PAPERS[0]).hex == "085a52"


def test_a_dark_teal_glows_on_dark_paper_as_the_default_does():
    red, green, blue = (int(readable(read_colour("#085a52"), PAPERS[1]).hex[i : i + 2], 16) for i in (0, 2, 4))
    assert green > 1.6 * red, "still teal, not grey"
    assert blue > 1.6 * red


@pytest.mark.parametrize("text", ["teal", "#12", "#12345", "url(x)", "#085a52;}"])
def test_what_is_no_colour_is_not_one(text):
    assert read_colour(text) is None


def test_style_names_a_colour_for_light_and_for_dark():
    assert render_style("#085a52").startswith(":root{--accent:#085a52}@media (prefers-color-scheme:dark)")


def test_black_on_white_is_the_greatest_contrast():
    assert contrast(BLACK, WHITE) == pytest.approx(21)


def test_a_show_with_a_colour_brings_its_style(visit):
    from builders import make_show

    page = visit(show=make_show(accent="#D6477F")).text("/")
    assert "/accent-d6477f.css" in page
    assert "accent-" not in visit(show=make_show(accent="nonsense")).text("/")
