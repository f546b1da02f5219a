"""The site for another WSGI server than our own: gunicorn, granian, uwsgi.

`gunicorn 'web.wsgi:create_application()'`, `granian --interface wsgi --factory web.wsgi:create_application`. Each
worker process has a database connection and threads of its own, also where it was forked from one that had loaded the
application already.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from catalogue.actions.following import follow
from catalogue.actions.open import Place, open_library
from catalogue.actions.publish import Publication
from catalogue.config import Settings, open_settings
from catalogue.domain.links import Links
from catalogue.errors import ConfigError
from catalogue.sandbox import Box
from catalogue.store.index import Index, open_index
from web.app import create_app
from web.per_process import PerProcess
from web.studio.opening import open_studio

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOG = logging.getLogger("castalogue")


def create_application() -> WSGIApplication:
    """Serve what `castalogue index` has indexed, as settings and environment say; until the process ends.

    It neither indexes nor watches. Raises ConfigError, without a base URL too, and StoreError; all else is done at the
    first request.
    """
    settings = open_settings()
    index = open_index(settings.store_url)
    try:
        base_url = settings.base_url or _publication(settings, index).catalogue().base_url
    finally:
        index.close()
    if base_url is None:
        raise ConfigError(
            "no-base-url",
            "Nobody has said under which address the site is. Set CASTALOGUE_BASE_URL=https://your.domain.",
        )
    links = Links(base_url)
    return PerProcess(lambda: _site(settings, links))


def _site(settings: Settings, links: Links) -> WSGIApplication:
    index = open_index(settings.store_url)
    publication = _publication(settings, index)
    follow(publication, links)
    # The box starts no worker before somebody needs one, and the workers end with this process.
    place = Place(
        storage=open_library(settings),
        index=index,
        box=Box(settings.workers),
        derived=settings.derived_folder,
        settings=settings,
    )
    studio = open_studio(place, say=LOG.warning)
    return create_app(publication, links=links, x_accel_redirect=settings.x_accel_redirect, studio=studio)


def _publication(settings: Settings, index: Index) -> Publication:
    return Publication(index, open_library(settings), settings.derived_folder, hub=settings.websub_hub)
