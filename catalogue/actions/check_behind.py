"""Judge what lies behind a feed: notes, audio, what is said of health; each finding with its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from catalogue.actions.check_facts import Sounds, library_facts
from catalogue.actions.library_places import LibraryPlaces
from catalogue.actions.publish import Publication
from catalogue.check.library_run import check_library
from catalogue.check.rule import Finding
from catalogue.domain.links import Links
from catalogue.domain.loudness import Loudness
from catalogue.domain.show import Show


def check_behind(
    publication: Publication,
    show: Show,
    links: Links,
    now: datetime,
    *,
    sounds: Sounds,
    places: LibraryPlaces,
    loudnesses: Mapping[str, Loudness] | None = None,
) -> tuple[Finding, ...]:
    """Judge a show's public episodes at `now` by the rules over the library: errors first, then by rule, file and line.

    Never raises for bad content.
    """
    library = library_facts(publication, show, links, now, sounds=sounds, loudnesses=loudnesses)
    return check_library(library, find_place=places.find)
