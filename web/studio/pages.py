"""The studio with all its pages: a module of views registers them by being read, and so is named here."""

from __future__ import annotations

from web.studio import account, entry, everybody, home, keys, log, people, second_step, sign_in, work_pages  # noqa: F401
from web.studio.blueprint import studio
from web.studio.shows import pages as show_pages  # noqa: F401

__all__ = ["studio"]
