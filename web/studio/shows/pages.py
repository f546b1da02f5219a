"""The pages about a show as a whole: a module of views registers them by being read, and so is named here."""

from __future__ import annotations

from web.studio.shows import archive, artwork, beginning, directories, importing, moving

__all__ = ["archive", "artwork", "beginning", "directories", "importing", "moving"]
