"""The API with all its operations: a module of views registers them by being read, and so is named here."""

from __future__ import annotations

from web.api import about, episodes, findings, notes, plans, publishing, search, shows, uploads  # noqa: F401
from web.api.blueprint import make_blueprint

api = make_blueprint()

__all__ = ["api"]
