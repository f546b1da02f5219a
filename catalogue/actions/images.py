"""Make the pictures that are served: clean JPEGs under the hash of their source and the name of the recipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalogue.actions.facts import problems_of
from catalogue.actions.open import Place
from catalogue.domain.media import IMAGE_RECIPES, Artwork
from catalogue.domain.plan import Problem, Severity
from catalogue.domain.show import Show
from catalogue.errors import CatalogueError, ContentError, StoreError
from catalogue.store.index import EpisodeRow


def make_images(place: Place) -> tuple[Problem, ...]:
    """Make every picture that is not there yet; what cannot be made is said.

    Raises StoreError where the folder for them cannot be made.
    """
    _make_folder(place.derived)
    rows = place.index.shows()
    shows = ((row.show, place.remembered.episodes(place.index, row).values()) for row in rows)
    return tuple(problem for show, episodes in shows for problem in make_show_images(place, show, episodes))


def make_show_images(place: Place, show: Show, episodes: Iterable[EpisodeRow]) -> tuple[Problem, ...]:
    """As `make_images`, of one show and of these episodes of it; the folder is there."""
    # Pillow is slow to import, and a run that changes nothing makes no pictures.
    from catalogue.formats.pictures.covers import draw_cover
    from catalogue.formats.pictures.making import make_image

    problems: list[Problem] = []
    artworks = (show.artwork, *(one.episode.artwork for one in episodes if one.episode))
    by_hash = {artwork.sha256: artwork for artwork in artworks if artwork}
    in_library: dict[str, str] = {}
    copies = _copies(place, by_hash.values(), in_library=in_library, problems=problems)
    for answer in place.box.run(make_image, copies):
        if answer.error is not None:
            problems += _problems(answer.error, in_library[answer.args[0]])
    for answer in place.box.run(draw_cover, _drawings(place, show)):
        if answer.error is not None:
            problems += _problems(answer.error, f"{show.path}/artwork.jpg".lstrip("/"))
    return tuple(problems)


def _problems(error: CatalogueError, path: str) -> list[Problem]:
    from catalogue.formats.pictures.artwork import NOT_WRITTEN  # slow, as above

    severity = Severity.ERROR if error.code == NOT_WRITTEN else Severity.WARNING
    return [replace(problem, path=path) for problem in problems_of(error, path, severity)]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            "no-data-folder",
            "The folder {path} for pictures cannot be made: {why}. Check its rights, or set --data elsewhere.",
            path=folder,
            why=error.strerror or str(error),
        ) from error


def _copies(
    place: Place, artworks: Iterable[Artwork], *, in_library: dict[str, str], problems: list[Problem]
) -> Iterator[tuple[str, str, str]]:
    """What is to be made of which file; notes its path `in_library`, and one that leads out of it as a problem."""
    for artwork in artworks:
        lacking = list(_lacking(place, artwork)) if artwork.path is not None else []
        if artwork.path is None or not lacking:
            continue
        try:
            source = str(place.storage.local_path(artwork.path))
        except ContentError as error:
            problems += _problems(error, artwork.path)
            continue
        in_library[source] = artwork.path
        yield from ((source, target, recipe) for target, recipe in lacking)


def _drawings(place: Place, show: Show) -> Iterator[tuple[Any, ...]]:
    if show.artwork is not None and show.artwork.path is None:
        for target, recipe in _lacking(place, show.artwork):
            yield target, show.title, show.accent, recipe


def _lacking(place: Place, artwork: Artwork) -> Iterator[tuple[str, str]]:
    for recipe in IMAGE_RECIPES:
        target = place.derived / f"{artwork.sha256}.{recipe}.jpg"
        if not target.exists():
            yield str(target), recipe
