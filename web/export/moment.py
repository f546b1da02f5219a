"""The site as it is at one moment: whatever is indexed meanwhile, an export is of one state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import g

from catalogue.actions.publish import Publication
from catalogue.domain.events import Upcoming
from catalogue.domain.links import Links
from catalogue.domain.people import Somebody
from catalogue.domain.tongues import Tongue
from web.app import create_app, stay_on_this_host
from web.current import tongue
from web.export.static_search import offer_static_search
from web.frame import places_of_site

if TYPE_CHECKING:
    from flask import Flask

    from catalogue.actions.open import Place

IS_EXPORT = "IS_EXPORT"


class MomentPublication(Publication):
    """A publication that is read once, for questions about one moment: every page asks for the same."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            place.index, place.storage, place.derived, hub=place.settings.websub_hub, monotonic=lambda: 0.0
        )
        self._coming: tuple[Upcoming, ...] | None = None
        self._named: tuple[Somebody, ...] | None = None

    def events(self, now: datetime) -> tuple[Upcoming, ...]:
        """As the publication, worked out once."""
        if self._coming is None:
            self._coming = super().events(now)
        return self._coming

    def people(self, now: datetime) -> tuple[Somebody, ...]:
        """As the publication, gathered once."""
        if self._named is None:
            self._named = super().people(now)
        return self._named


class _Places:
    """What every page leads to, asked once for each language: at one moment it is the same for all pages."""

    def __init__(self) -> None:
        self._known: dict[Tongue | None, tuple[tuple[str, str], ...]] = {}

    def __call__(self) -> tuple[tuple[str, str], ...]:
        if g.get("is_failing", False):
            return places_of_site()
        if tongue() not in self._known:
            self._known[tongue()] = places_of_site()
        return self._known[tongue()]


def site_of(publication: Publication, links: Links, now: datetime) -> Flask:
    """The application as an export asks it; templates see that by `is_export`."""
    app, places = create_app(publication, links=links, clock=lambda: now), _Places()
    app.config[IS_EXPORT] = True
    # Files have no headers, and nobody asks for one again: redirects alone are finished.
    app.after_request_funcs = {None: [stay_on_this_host]}
    app.context_processor(lambda: {"is_export": True, "places_of_site": places})
    offer_static_search(app)
    return app
