"""Make a cover that every directory takes of a picture that is large enough. To be called in the sandbox.

Only what can be had without inventing anything: the middle is cut out where it is no square, large ones are made
smaller, transparent parts laid on white, a phone's picture turned upright. Nothing is ever enlarged.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from PIL import Image, ImageOps

from catalogue.domain.facts import ImageFacts
from catalogue.errors import ArtworkError
from catalogue.formats.pictures.artwork import flat_rgb, load_picture, open_picture
from catalogue.formats.pictures.picture_facts import SMALLEST_COVER, read_picture

# Apple, artwork requirements.
LARGEST_COVER = 3000
QUALITY = 92
# Ending of a file → how Pillow calls its format.
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}


def make_legal_cover(source: str, target: str, path: str) -> ImageFacts:
    """Write a legal cover made of the local picture `source` to `target`, in the format of its ending.

    Raises ArtworkError, with `path`, for what is no picture, or has fewer than 1400 pixels on its shorter side.
    """
    with open_picture(read_picture(source, path), path) as opened:
        load_picture(opened, path)
        picture = flat_rgb(ImageOps.exif_transpose(opened))
    edge = min(picture.size)
    if edge < SMALLEST_COVER:
        raise ArtworkError(
            "picture-too-small",
            "It is {width} × {height} pixels, and a cover needs at least {least} × {least}. Enlarging would blur it: "
            "save it larger, best at 3000 × 3000.",
            path=path,
            width=picture.width,
            height=picture.height,
            least=SMALLEST_COVER,
        )
    wanted = min(edge, LARGEST_COVER)
    square = ImageOps.fit(picture, (wanted, wanted), Image.Resampling.LANCZOS)
    content = _encoded(square, _FORMATS[Path(target).suffix.lower()])
    Path(target).write_bytes(content)
    return ImageFacts(
        sha256=hashlib.sha256(content).hexdigest(),
        format=_FORMATS[Path(target).suffix.lower()].lower(),
        width=wanted,
        height=wanted,
        size_bytes=len(content),
    )


def _encoded(picture: Image.Image, kind: str) -> bytes:
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)  # the pixels alone: no metadata
    buffer = io.BytesIO()
    options = {"optimize": True} if kind == "PNG" else {"quality": QUALITY}
    plain.save(buffer, kind, **options)
    return buffer.getvalue()
