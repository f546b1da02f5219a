"""Make the pictures that are served: clean JPEGs under the hash of their source and the name of the recipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalogue.actions.facts import problems_of
from catalogue.actions.open import Place
from catalogue.domain.links import IMAGE_RECIPES
from catalogue.domain.media import Artwork
from catalogue.domain.plan import Problem, Severity
from catalogue.domain.show import Show
from catalogue.library.artwork import make_image
from catalogue.library.covers import draw_cover


def make_images(place: Place) -> tuple[Problem, ...]:
    """Make every picture that is not there yet; what cannot be made is said, and the show's serves instead."""
    place.derived.mkdir(parents=True, exist_ok=True)
    problems: list[Problem] = []
    for row in place.index.shows():
        _draw(place, row.show)
        artworks = {one.episode.artwork for one in place.index.episodes(row.show.guid) if one.episode}
        found = {artwork.sha256: artwork for artwork in (*artworks, row.show.artwork) if artwork and artwork.path}
        calls = _calls(place, found.values())
        for answer in place.box.run(make_image, calls):
            if answer.error is not None:
                problems += problems_of(answer.error, answer.args[0], Severity.WARNING)
    return tuple(problems)


def _calls(place: Place, artworks: Iterable[Artwork]) -> Iterator[tuple[str, str, str]]:
    for artwork in artworks:
        for recipe in IMAGE_RECIPES:
            target = place.derived / f"{artwork.sha256}.{recipe}.jpg"
            if artwork.path is not None and not target.exists():
                yield str(place.storage.local_path(artwork.path)), str(target), recipe


def _draw(place: Place, show: Show) -> None:
    artwork = show.artwork
    if artwork is None or artwork.path is not None:
        return
    for recipe in IMAGE_RECIPES:
        target = place.derived / f"{artwork.sha256}.{recipe}.jpg"
        if not target.exists():
            draw_cover(str(target), show.title, show.accent, recipe)
