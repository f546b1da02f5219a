"""Make what is served of a picture, wherever in the library it stands: a file of its own, or inside audio."""

from __future__ import annotations

from pathlib import Path

from catalogue.domain.facts import ImageFacts
from catalogue.domain.media import AUDIO_ENDINGS
from catalogue.formats.pictures.artwork import make_jpeg
from catalogue.formats.pictures.picture_facts import read_picture


def make_image(source: str, target: str, recipe: str) -> ImageFacts:
    """Write the JPEG that `recipe` makes of `source`, a local image or an audio file that carries one.

    To be called in the sandbox. Raises ArtworkError as `make_jpeg` does, and where there is no picture.
    """
    return make_jpeg(_content(source), target, recipe, path=Path(source).name)


def _content(source: str) -> bytes:
    if Path(source).suffix.lower().removeprefix(".") not in AUDIO_ENDINGS:
        return read_picture(source, Path(source).name)
    # Here and not above: mutagen is slow to load, and most pictures need none of it.
    from catalogue.formats.audio.reading import read_embedded_artwork

    return read_embedded_artwork(source)
