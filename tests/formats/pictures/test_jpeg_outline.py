"""What a JPEG's outline says is what decoding it says; where it says nothing, it is decoded."""

import io
import random
import warnings

import pytest
from PIL import Image, ImageFile

from catalogue.formats.pictures.jpeg_outline import find_jpeg_size

COUNT = 1_500


def jpeg(size: tuple[int, int] = (40, 24), mode: str = "RGB", **how: object) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(target, "JPEG", **how)
    return target.getvalue()


@pytest.mark.parametrize(
    ("mode", "how"),
    [
        ("RGB", {}),
        ("L", {}),
        ("RGB", {"subsampling": 0}),
        ("RGB", {"subsampling": 1, "optimize": True}),
        ("RGB", {"quality": 5, "restart_marker_blocks": 1}),
        ("RGB", {"comment": b"words", "exif": b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00\x00\x00"}),
    ],
)
def test_plain_jpegs_are_known_by_their_outline(mode, how):
    assert find_jpeg_size(jpeg(mode=mode, **how)) == (40, 24)
    assert find_jpeg_size(jpeg(mode=mode, **how) + bytes(9)) == (40, 24)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        jpeg(progressive=True),
        jpeg(mode="CMYK"),
        jpeg()[:-2],
        jpeg()[:-60],
        jpeg() + b"<html>",
        jpeg() + jpeg(),
        jpeg().replace(b"\xff\xc4", b"\xff\xfe"),
        jpeg().replace(b"\xff\xdb", b"\xff\xfe"),
    ],
)
def test_of_anything_else_it_says_nothing(content):
    assert find_jpeg_size(content) is None


def test_what_it_takes_can_be_decoded(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    chance = random.Random(11)
    seeds = [jpeg(), jpeg(mode="L"), jpeg(subsampling=0, optimize=True)]
    taken = [size for _ in range(COUNT) if (size := decoded(broken(chance.choice(seeds), chance)))]
    assert len(taken) > COUNT // 20


def broken(content: bytes, chance: random.Random) -> bytes:
    mutant = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(2, chance.choice((len(mutant), 700)))
        mutant[min(at, len(mutant) - 1)] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
    return bytes(mutant)


def decoded(content: bytes) -> tuple[int, int] | None:
    """The outline's size, if it says one; then Pillow must decode it to that size."""
    size = find_jpeg_size(content)
    if size is None or size[0] * size[1] > 4_000_000:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(content), formats=["JPEG"])
        image.load()
    assert image.size == size
    return size
