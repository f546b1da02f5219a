"""Pictures of the library by Pillow: opened, decoded, and the clean JPEG made from one.

What a producer gives is never served: a JPEG may end in a web page, and metadata may tell where a photograph
was taken. So every public picture is drawn anew from the pixels. Decoding belongs in the sandbox; what is called
there is `picture_facts.read_image` and `making.make_image`.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
import warnings
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from catalogue.domain.facts import ImageFacts
from catalogue.domain.media import IMAGE_RECIPES
from catalogue.errors import ArtworkError
from catalogue.formats.pictures.limits import LIMIT_PIXELS
from catalogue.formats.pictures.seal import seal

# Named, so that no other plug-in of Pillow's (one starts Ghostscript) ever sees the bytes. An MPO is a JPEG
# with further pictures behind it, as phones write it; GIF is left out: no directory takes it.
FORMATS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp"}
QUALITY = 85
# All that Pillow is known to raise for broken bytes.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, struct.error)

Image.MAX_IMAGE_PIXELS = LIMIT_PIXELS

NOT_WRITTEN = "picture-not-written"
_UNWRITTEN = "The site's copy of it cannot be written: {why}. Make room in the data folder, or check its rights."


def make_jpeg(content: bytes, target: str, recipe: str, *, path: str) -> ImageFacts:
    """Write the JPEG that `recipe` (a key of IMAGE_RECIPES) makes of a picture, and describe what was written.

    Baseline RGB without metadata, laid on white, turned upright, never enlarged. `target` appears whole or not
    at all. Raises ArtworkError, with `path`, where the picture cannot be decoded or there is no room for another.
    """
    with open_picture(content, path) as opened:
        edge = IMAGE_RECIPES[recipe]
        opened.draft("RGB", (edge, edge))
        load_picture(opened, path)
        picture = flat_rgb(ImageOps.exif_transpose(opened))
    picture.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return save_jpeg(picture, target)


def save_jpeg(picture: Image.Image, target: str) -> ImageFacts:
    """Write an RGB picture as our one kind of JPEG, sealed, by a temporary file and a rename; its folder is made."""
    buffer = io.BytesIO()
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)  # the pixels alone: no metadata
    plain.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=False, dpi=(72, 72))
    content = seal(buffer.getvalue())
    try:
        _write_atomically(Path(target), content)
    except OSError as error:
        raise ArtworkError(NOT_WRITTEN, _UNWRITTEN, path=target, why=(error.strerror or str(error)).lower()) from error
    digest = hashlib.sha256(content).hexdigest()
    return ImageFacts(sha256=digest, format="jpeg", width=picture.width, height=picture.height)


def open_picture(content: bytes, path: str) -> Image.Image:
    """Open a JPEG, PNG or WebP without decoding it; raises ArtworkError, with `path`."""
    if not content:
        raise ArtworkError("picture-empty", "The picture is empty. Save it again as JPEG or PNG.", path=path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(content), formats=[name for name in FORMATS if name != "MPO"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ArtworkError(
            "picture-too-many-pixels",
            "The picture has more than {limit} million pixels. Save it at 3000 × 3000.",
            path=path,
            limit=LIMIT_PIXELS // 1_000_000,
        ) from error
    except _BROKEN as error:
        raise _undecodable(path) from error


def load_picture(image: Image.Image, path: str) -> None:
    """Decode a picture to its end; raises ArtworkError, with `path`, where it breaks off."""
    try:
        image.load()
    except _BROKEN as error:
        raise _undecodable(path) from error


def _undecodable(path: str) -> ArtworkError:
    return ArtworkError(
        "picture-unreadable",
        "This is no JPEG, PNG or WebP that can be decoded to its end. Save it again as JPEG or PNG.",
        path=path,
    )


def flat_rgb(image: Image.Image) -> Image.Image:
    """Give a picture in RGB on white, its colours moved to sRGB where it names a colour space."""
    if image.mode.startswith("I"):  # 16 bits of grey; convert() would clip them, not scale them
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    flat = _in_srgb(image.convert("RGB") if alpha else image)
    if alpha is not None:
        flat = Image.composite(flat, Image.new("RGB", flat.size, "white"), alpha)
    return flat


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK", "L"}:
        return image.convert("RGB")
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        moved = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that cannot be used is as none
        moved = None
    return moved or image.convert("RGB")


def _write_atomically(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
