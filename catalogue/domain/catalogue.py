"""What is true of a whole library of shows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue.domain.show import Show


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What `catalogue.toml` states; a library of one show needs none of it.

    `main` is the folder of the show that comes first, `timezone` that of shows which state none; `guid` is the
    `podcast:guid` of its publisher feed. `languages` are those that pages are offered in beside each show's
    own; None: all that there are words in. `security_contact` is a page or e-mail address to tell of a weakness.
    """

    title: str | None = None
    base_url: str | None = None
    main: str | None = None
    timezone: str | None = None
    guid: str | None = None
    languages: tuple[str, ...] | None = None
    security_contact: str | None = None


def listed_shows(shows: Iterable[Show]) -> tuple[Show, ...]:
    """The shows that lists may name: those that do not ask to be left out."""
    return tuple(show for show in shows if not show.block)


def publisher_guid(catalogue: Catalogue, shows: Sequence[Show]) -> str | None:
    """The `podcast:guid` of the catalogue's publisher feed: as stated, else made of the first show's, which stays.

    None where there are not two shows to be named.
    """
    if len(listed_shows(shows)) < 2:
        return None
    first = min(shows, key=lambda show: (show.first_seen_at, show.guid))
    return catalogue.guid or str(uuid.uuid5(uuid.UUID(first.guid), "publisher"))


def catalogue_title(catalogue: Catalogue, shows: Sequence[Show]) -> str:
    """What the catalogue is called: as stated, else by the author of its first show."""
    return catalogue.title or (shows[0].author if shows else "Castalogue")
