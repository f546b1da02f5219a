"""The pages about shows and episodes: a module of views registers them by being read, and so is named here."""

from __future__ import annotations

from web.studio import episode, episodes, publishing, revising, settings, uploading

__all__ = ["episode", "episodes", "publishing", "revising", "settings", "uploading"]
