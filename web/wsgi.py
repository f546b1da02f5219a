"""The site for another WSGI server than our own: gunicorn, granian, uwsgi.

A factory, and no application made at import: each worker process then has a database connection and threads of its
own. `gunicorn 'web.wsgi:create_application()'`, `granian --interface wsgi --factory web.wsgi:create_application`.
"""

from __future__ import annotations

from flask import Flask

from catalogue.actions.following import follow
from catalogue.actions.open import open_library
from catalogue.actions.publish import Publication
from catalogue.config import open_settings
from catalogue.domain.links import Links
from catalogue.errors import ConfigError
from catalogue.store.index import open_index
from web.app import create_app


def create_application() -> Flask:
    """Serve what `castalogue index` has indexed, as settings and environment say; until the process ends.

    It neither indexes nor watches. Raises ConfigError, without a base URL too, and StoreError.
    """
    settings = open_settings()
    publication = Publication(open_index(settings.store_url), open_library(settings), settings.derived_folder)
    base_url = settings.base_url or publication.catalogue().base_url
    if base_url is None:
        raise ConfigError(
            "no-base-url",
            "Nobody has said under which address the site is. Set CASTALOGUE_BASE_URL=https://your.domain.",
        )
    links = Links(base_url)
    follow(publication, links)
    return create_app(publication, links=links, x_accel_redirect=settings.x_accel_redirect)
