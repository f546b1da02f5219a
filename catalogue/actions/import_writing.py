"""Write what an import brings: the show first, so that no other one takes its episodes; then each episode whole.

The note is the last file of an episode: a run that is killed leaves whole episodes, and begins with the next.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from catalogue.actions.begin import GIT_ATTRIBUTES
from catalogue.actions.import_planning import HTML_NOTES, ImportPlan, NewEpisode
from catalogue.actions.open import Place
from catalogue.library.folder import SHOW_NAME

NOTE = "episode.md"


def write_show(place: Place, plan: ImportPlan, *, timezone: str) -> str:
    """Write the `show.toml` of a new show and give its path; who it is, and where it was, stand at its end."""
    path = f"{plan.folder}/{SHOW_NAME}".lstrip("/")
    stated = [("timezone", timezone), ("guid", plan.guid), ("moved_from", list(plan.addresses))]
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in stated if value)
    if place.storage.stat(".gitattributes") is None:
        place.storage.replace(".gitattributes", GIT_ATTRIBUTES)
    place.storage.replace(path, (plan.source.feed.show_file + "".join(lines)).encode(), expected="")
    return path


def write_episodes(place: Place, plan: ImportPlan, progress: Callable[[int, int], None]) -> None:
    """Write the notes of all new episodes, the oldest first; raises ContentError, StaleEdit."""
    for done, new in enumerate(plan.new, start=1):
        _write_episode(place, new)
        progress(done, len(plan.new))


def _write_episode(place: Place, new: NewEpisode) -> None:
    if new.incoming.episode.html:
        place.storage.replace(f"{new.folder}/{HTML_NOTES}", new.incoming.episode.html.encode())
    place.storage.replace(f"{new.folder}/{NOTE}", new.incoming.note, expected="")
