"""Pictures: what is told of them, what is refused, what is made of them."""

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image

from catalogue.domain.media import COVER, THUMBNAIL
from catalogue.errors import ArtworkError
from catalogue.formats.pictures import picture_facts
from catalogue.formats.pictures.making import make_image
from catalogue.formats.pictures.picture_facts import image_facts, read_image
from catalogue.sandbox import Box


def saved(picture, kind="PNG", **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def square(edge=1400, mode="RGB", colour="teal"):
    return Image.new(mode, (edge, edge), colour)


@pytest.fixture
def made(tmp_path):
    """Write bytes as a source, make the picture of a recipe, give facts and what was written."""

    def make(content, recipe=THUMBNAIL, name="source.png"):
        (tmp_path / name).write_bytes(content)
        target = tmp_path / "derived" / "made.jpg"
        facts = make_image(str(tmp_path / name), str(target), recipe)
        return facts, Image.open(io.BytesIO(target.read_bytes()))

    return make


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_large_square_picture_can_be_a_cover(kind, name):
    content = saved(square(), kind)
    facts = image_facts(content)
    assert (facts.format, facts.width, facts.height, facts.unfit) == (name, 1400, 1400, None)
    assert facts.sha256 == hashlib.sha256(content).hexdigest()


def test_a_picture_one_pixel_off_square_can_be_a_cover():
    assert image_facts(saved(Image.new("RGB", (1401, 1400)))).unfit is None


def test_an_oblong_picture_says_that_a_cover_is_square():
    assert "1600 × 1400 pixels, and a cover must be square" in image_facts(saved(Image.new("RGB", (1600, 1400)))).unfit


def test_a_small_picture_says_how_large_a_cover_is():
    assert "at least 1400 × 1400" in image_facts(saved(square(600))).unfit


@pytest.mark.parametrize(
    "content",
    [
        saved(square(50), "GIF"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 100,
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    ],
    ids=["gif", "svg", "eps", "jpeg-start", "png-start", "webp-start"],
)
def test_what_is_no_picture_of_ours_is_refused(content):
    with pytest.raises(ArtworkError, match="no JPEG, PNG or WebP"):
        image_facts(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_picture_is_refused(kind):
    content = saved(Image.effect_noise((200, 200), 60).convert("RGB"), kind)
    with pytest.raises(ArtworkError, match="to its end"):
        image_facts(content[: len(content) // 2])


def test_an_empty_file_is_refused_by_its_name(tmp_path):
    (tmp_path / "a.png").touch()
    with pytest.raises(ArtworkError, match=r"show/artwork\.png: The picture is empty"):
        read_image(str(tmp_path / "a.png"), "show/artwork.png")


@pytest.mark.parametrize("edge", [6000, 9400, 60000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(edge):
    small = saved(square(1))
    header = b"IHDR" + struct.pack(">II", edge, edge) + small[24:29]
    bomb = small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]
    with pytest.raises(ArtworkError, match="more than 25 million pixels"):
        image_facts(bomb)


def test_a_file_that_is_gone_is_named(tmp_path):
    with pytest.raises(ArtworkError, match=r"a\.png: It cannot be opened"):
        read_image(str(tmp_path / "a.png"), "a.png")


def test_a_file_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(picture_facts, "LIMIT_BYTES", 100)
    (tmp_path / "a.png").write_bytes(b"x" * 101)
    with pytest.raises(ArtworkError, match="larger than"):
        read_image(str(tmp_path / "a.png"), "a.png")


def test_a_picture_is_read_in_the_sandbox(tmp_path):
    (tmp_path / "a.jpg").write_bytes(saved(square(), "JPEG"))
    with Box(1) as box:
        assert box.call(read_image, str(tmp_path / "a.jpg"), "a.jpg").width == 1400


def test_what_is_made_is_a_plain_small_jpeg(made):
    facts, picture = made(saved(square(1500)))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (640, 640))
    assert "progressive" not in picture.info
    assert (facts.width, facts.format) == (640, "jpeg")


def test_what_is_made_is_never_larger_than_its_source(made):
    assert made(saved(square(1400)), COVER)[1].size == (1400, 1400)


def test_nothing_of_the_source_but_its_pixels_is_kept(made):
    exif = Image.Exif()
    exif[0x010E] = "where it was taken"
    content = saved(square(700), "JPEG", exif=exif, comment=b"a comment") + b"<script>alert(1)</script>"
    _, picture = made(content, name="source.jpg")
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


def test_transparency_is_laid_on_white(made):
    _, picture = made(saved(square(700, "RGBA", (0, 0, 0, 0))))
    assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "colour"), [("L", 100), ("LA", (100, 255)), ("P", 100), ("1", 1), ("CMYK", (0, 0, 0, 155)), ("RGBA", 100)]
)
def test_every_way_of_storing_colour_becomes_rgb(made, mode, colour):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert made(saved(square(700, mode, colour), kind))[1].mode == "RGB"


def test_grey_of_16_bits_keeps_its_brightness(made):
    grey = Image.frombytes("I;16", (700, 700), struct.pack("<H", 0x8000) * 700 * 700)
    assert made(saved(grey))[1].getpixel((5, 5)) == (128, 128, 128)


def test_a_photograph_held_sideways_is_turned_upright(made):
    lying = Image.new("RGB", (700, 700), "white")
    lying.paste("black", (0, 0, 700, 350))
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    _, picture = made(saved(lying, "JPEG", exif=exif), name="source.jpg")
    assert picture.getpixel((320, 600)) < (20, 20, 20)


def test_a_broken_colour_profile_costs_only_itself(made):
    assert made(saved(square(700), icc_profile=b"nonsense"))[1].mode == "RGB"


def test_the_same_source_gives_the_same_bytes(made):
    content = saved(Image.radial_gradient("L").convert("RGB"))
    assert made(content)[0] == made(content)[0]


def test_a_failed_picture_leaves_nothing_behind(made, tmp_path):
    with pytest.raises(ArtworkError, match=r"source\.png"):
        made(b"not a picture")
    assert [path.name for path in tmp_path.rglob("*")] == ["source.png"]


def test_the_picture_an_audio_file_carries_is_a_source(made):
    from mutagen.id3 import APIC, ID3

    tags = io.BytesIO()
    picture = APIC(encoding=3, mime="image/png", type=3, desc="", data=saved(square(700)))
    id3 = ID3()
    id3.add(picture)
    id3.save(tags)
    frames = (b"\xff\xfb\x90\x64" + bytes(413)) * 20
    assert made(tags.getvalue() + frames, name="episode.mp3")[1].size == (640, 640)


def test_audio_without_a_picture_says_so(made):
    with pytest.raises(ArtworkError, match=r"episode\.mp3: The audio carries no picture"):
        made((b"\xff\xfb\x90\x64" + bytes(413)) * 20, name="episode.mp3")
