"""The site as it is at one moment: whatever is indexed meanwhile, an export is of one state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from catalogue.actions.publish import Publication
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from web.app import create_app
from web.export.static_search import offer_static_search

if TYPE_CHECKING:
    from flask import Flask

    from catalogue.actions.open import Place

IS_EXPORT = "IS_EXPORT"


class MomentPublication(Publication):
    """A publication that is read once, for questions about one moment."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            place.index, place.storage, place.derived, hub=place.settings.websub_hub, monotonic=lambda: 0.0
        )
        self._listed: dict[str, tuple[Episode, ...]] = {}

    def episodes(self, show: Show, now: datetime) -> tuple[Episode, ...]:
        """As the publication, but looked through once: every page asks for its neighbours."""
        known = self._listed.get(show.guid)
        if known is None:
            known = self._listed[show.guid] = super().episodes(show, now)
        return known


def site_of(publication: Publication, links: Links, now: datetime) -> Flask:
    """The application as an export asks it; templates see that by `is_export`."""
    app = create_app(publication, links=links, clock=lambda: now)
    app.config[IS_EXPORT] = True
    app.jinja_env.globals["is_export"] = True
    offer_static_search(app)
    return app
