"""Pictures of the library: their facts, and the clean JPEG made from one.

What a producer gives is never served: a JPEG may end in a web page, and metadata may tell where a photograph
was taken. So every public picture is drawn anew from the pixels. Decoding belongs in the sandbox; `read_image`
and `making.make_image` are meant to be called there.
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
from catalogue.domain.links import IMAGE_RECIPES
from catalogue.errors import ArtworkError
from catalogue.formats.pictures.jpeg_outline import find_jpeg_size
from catalogue.formats.pictures.seal import seal

# Apple, artwork requirements: square, 1400 to 3000 pixels.
SMALLEST_COVER = 1400
LIMIT_BYTES = 32 * 1024 * 1024
LIMIT_PIXELS = 25_000_000
# Named, so that no other plug-in of Pillow's (one starts Ghostscript) ever sees the bytes. An MPO is a JPEG
# with further pictures behind it, as phones write it; GIF is left out: no directory takes it.
FORMATS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp"}
QUALITY = 85
# All that Pillow is known to raise for broken bytes.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, struct.error)

Image.MAX_IMAGE_PIXELS = LIMIT_PIXELS

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


def _unfit(width: int, height: int) -> str | None:
    if abs(width - height) > 1:  # a pixel is what cropping by hand leaves, and nobody sees it
        return f"It is {width} × {height} pixels, and a cover must be square. Crop it."
    if min(width, height) < SMALLEST_COVER:
        return (
            f"It is {width} × {height} pixels, and a cover needs at least {SMALLEST_COVER} × {SMALLEST_COVER}."
            " Save it larger, best at 3000 × 3000."
        )
    return None


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
