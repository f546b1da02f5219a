"""What a cover is that somebody serves: size, colours, transparency. To be called in the sandbox."""

from __future__ import annotations

import hashlib

from catalogue.domain.facts import CoverFacts
from catalogue.formats.pictures.artwork import FORMATS, load_picture, open_picture
from catalogue.formats.pictures.picture_facts import read_picture


def read_cover(file: str, path: str) -> CoverFacts:
    """Describe the picture in the local `file` as it is, decoded to its end.

    Raises ArtworkError, which names it by `path`, where it is no JPEG, PNG or WebP or breaks off.
    """
    content = read_picture(file, path)
    with open_picture(content, path) as image:
        name, mode, (width, height) = FORMATS[image.format or ""], image.mode, image.size
        has_alpha, is_moving = image.has_transparency_data, getattr(image, "is_animated", False)
        image.draft("RGB", (max(1, width // 8), max(1, height // 8)))  # spares a JPEG's decoder most of the work
        load_picture(image, path)
    return CoverFacts(
        sha256=hashlib.sha256(content).hexdigest(),
        format=name,
        width=width,
        height=height,
        mode=mode,
        has_alpha=has_alpha,
        size_bytes=len(content),
        is_moving=is_moving,
    )
