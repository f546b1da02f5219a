"""What a picture of the library is: its size, and whether it can be a cover.

Apart from what decodes and makes pictures: nearly all that audio carries are judged by their outline, without Pillow.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from catalogue.domain.facts import ImageFacts
from catalogue.errors import ArtworkError
from catalogue.formats.pictures.jpeg_outline import find_jpeg_size
from catalogue.formats.pictures.limits import LIMIT_BYTES, LIMIT_PIXELS

# Apple, artwork requirements: square, 1400 to 3000 pixels.
SMALLEST_COVER = 1400

_MOST_DESCRIBED = 256
_described: dict[str, ImageFacts] = {}


def image_facts(content: bytes, *, path: str = "") -> ImageFacts:
    """Describe a JPEG, PNG or WebP; `unfit` is one sentence on why it cannot be a cover, or None.

    The pixels are decoded once, so that a truncated file is found here and not by a listener; not those of a JPEG
    whose outline shows as much, and not again those of a picture that was described before: the files of a show
    mostly carry the same one.
    Raises ArtworkError, with `path` if given, when they cannot be.
    """
    digest = hashlib.sha256(content).hexdigest()
    if digest not in _described:
        facts = _facts(content, digest, path=path)
        if len(_described) >= _MOST_DESCRIBED:
            _described.clear()
        _described[digest] = facts
    return _described[digest]


def _facts(content: bytes, digest: str, *, path: str) -> ImageFacts:
    size = len(content)
    plain = find_jpeg_size(content)
    if plain is not None and plain[0] * plain[1] <= LIMIT_PIXELS:
        unfit = _unfit(*plain)
        return ImageFacts(sha256=digest, format="jpeg", width=plain[0], height=plain[1], unfit=unfit, size_bytes=size)
    from catalogue.formats.pictures.artwork import FORMATS, load_picture, open_picture  # Pillow is slow to import

    with open_picture(content, path) as image:
        width, height = image.size
        name = FORMATS[image.format or ""]
        image.draft("RGB", (max(1, width // 8), max(1, height // 8)))  # spares a JPEG's decoder most of the work
        load_picture(image, path)
    unfit = _unfit(width, height)
    return ImageFacts(sha256=digest, format=name, width=width, height=height, unfit=unfit, size_bytes=size)


def read_image(file: str, path: str) -> ImageFacts:
    """Describe the picture in the local `file`; ArtworkError names it by `path`, as the library calls it."""
    return image_facts(read_picture(file, path), path=path)


def read_picture(file: str, path: str) -> bytes:
    """Read a picture's bytes; ArtworkError, with `path`, where it cannot be opened or is too large."""
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise ArtworkError("picture-closed", "It cannot be opened: {why}.", path=path, why=error.strerror) from error
    if len(content) > LIMIT_BYTES:
        raise ArtworkError(
            "picture-too-large",
            "The picture's file is larger than {limit} MiB. Save it as JPEG at 3000 × 3000.",
            path=path,
            limit=LIMIT_BYTES // 1024**2,
        )
    return content


def _unfit(width: int, height: int) -> str | None:
    if abs(width - height) > 1:  # a pixel is what cropping by hand leaves, and nobody sees it
        return f"It is {width} × {height} pixels, and a cover must be square. Crop it."
    if min(width, height) < SMALLEST_COVER:
        return (
            f"It is {width} × {height} pixels, and a cover needs at least {SMALLEST_COVER} × {SMALLEST_COVER}."
            " Save it larger, best at 3000 × 3000."
        )
    return None
