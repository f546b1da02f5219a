"""A cover that every directory takes: kept where it is one, made into one where it can be."""

import io

import pytest
from PIL import Image


@pytest.fixture
def one(terminal):
    terminal.sound("one/audio.mp3")
    terminal.sound("Two talk.mp3", seed=2)
    assert terminal.type("index").exit_code == 0
    return terminal


def picture(tmp_path, name, size, mode="RGB", colour="teal"):
    path = tmp_path / name
    Image.new(mode, size, colour).save(path)
    return path


def seen(path):
    with Image.open(io.BytesIO(path.read_bytes())) as image:
        return image.format, image.size, image.mode


def test_a_legal_one_is_kept_to_the_byte(one, tmp_path):
    file = picture(tmp_path, "x.png", (1400, 1400))
    done = one.type("artwork", "one", file)
    assert (done.exit_code, (one.library / "one/artwork.png").read_bytes()) == (0, file.read_bytes())
    assert "1400 × 1400 pixels, as it was" in done.stderr


def test_of_one_that_is_no_square_the_middle_is_taken_and_that_is_said(one, tmp_path):
    done = one.type("artwork", "two-talk", picture(tmp_path, "x.jpg", (1600, 1500)))
    assert (done.exit_code, "no square (1600 × 1500): its middle was taken" in done.stderr) == (0, True)
    assert seen(one.library / "Two talk.jpg") == ("JPEG", (1500, 1500), "RGB")


def test_transparent_parts_and_other_formats_are_changed_and_named(one, tmp_path):
    done = one.type("artwork", "one", picture(tmp_path, "x.webp", (1400, 1400), "RGBA", (0, 0, 0, 0)))
    assert (done.exit_code, "white now" in done.stderr, "WebP" in done.stderr) == (0, True, True)
    assert seen(one.library / "one/artwork.jpg")[:2] == ("JPEG", (1400, 1400))


def test_a_show_s_cover_takes_the_place_of_the_one_it_has(one, tmp_path):
    one.type("artwork", "conversations", picture(tmp_path, "x.png", (1400, 1400)))
    preview = tmp_path / "cards"
    preview.mkdir()
    done = one.type(
        "artwork", "conversations", picture(tmp_path, "y.jpg", (1400, 1400), colour="red"), "--preview", preview
    )
    assert done.exit_code == 0, done.stderr
    assert [path.name for path in one.library.glob("artwork.*")] == ["artwork.png"]
    assert seen(one.library / "artwork.png") == ("PNG", (1400, 1400), "RGB")
    assert seen(preview / "conversations.card.jpg")[1] == (1200, 630)


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_a_cover_that_is_a_link_to_the_show_s_leaves_that_alone(one, tmp_path, link):
    one.type("artwork", "conversations", picture(tmp_path, "x.png", (1400, 1400)))
    before = (one.library / "artwork.png").read_bytes()
    getattr(one.library / "one/artwork.png", link)(one.library / "artwork.png")
    done = one.type("artwork", "one", picture(tmp_path, "y.png", (1400, 1400), colour="red"))
    assert (done.exit_code, (one.library / "artwork.png").read_bytes() == before) == (0, True)
    assert (one.library / "one/artwork.png").read_bytes() != before


@pytest.mark.parametrize(
    ("name", "size", "said"), [("x.png", (900, 900), "at least 1400 × 1400"), ("x.txt", None, "no JPEG, PNG or WebP")]
)
def test_what_can_be_no_cover_leaves_nothing(one, tmp_path, name, size, said):
    file = picture(tmp_path, name, size) if size else tmp_path / name
    if not size:
        file.write_text("no picture")
    before = sorted(one.library.rglob("*"))
    for owner in ("one", "conversations", "nobody"):
        done = one.type("artwork", owner, file)
        assert (done.exit_code, sorted(one.library.rglob("*"))) == (1, before)
        assert said in done.stderr or owner == "nobody"
