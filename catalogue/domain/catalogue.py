"""What is true of a whole library of shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What `catalogue.toml` states; a library of one show needs none of it.

    `main` is the folder of the show that comes first, `timezone` that of shows which state none.
    """

    title: str | None = None
    base_url: str | None = None
    main: str | None = None
    timezone: str | None = None
