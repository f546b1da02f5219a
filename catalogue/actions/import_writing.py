"""Write what an import brings: the show first, so that no other one takes its episodes; then each episode whole.

The note is the last file of an episode: a run that is killed leaves whole episodes, and begins with the next.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from catalogue.actions.begin import GIT_ATTRIBUTES
from catalogue.actions.import_planning import HTML_NOTES, ImportPlan, NewEpisode
from catalogue.actions.open import Place
from catalogue.library.folder import SHOW_NAME
from catalogue.ports import LibraryFile

NOTE = "episode.md"


def write_show(place: Place, plan: ImportPlan, *, timezone: str) -> dict[str, str]:
    """Write the `show.toml` of a new show, who it is and where it was at its end; gives its path and version."""
    path = f"{plan.folder}/{SHOW_NAME}".lstrip("/")
    stated = [("timezone", timezone), ("guid", plan.guid), ("moved_from", list(plan.addresses))]
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in stated if value)
    if place.storage.stat(".gitattributes") is None:
        place.storage.replace(".gitattributes", GIT_ATTRIBUTES)
    file = place.storage.replace(path, (plan.source.feed.show_file + "".join(lines)).encode(), expected="")
    return {path: file.version}


def write_episodes(place: Place, plan: ImportPlan, progress: Callable[[int, int], None]) -> dict[str, str]:
    """Write the notes of all new episodes, the oldest first; gives the versions of the files, by path.

    Raises ContentError, StaleEdit.
    """
    written: dict[str, str] = {}
    for done, new in enumerate(plan.new, start=1):
        written |= {file.path: file.version for file in _write_episode(place, new)}
        progress(done, len(plan.new))
    return written


def _write_episode(place: Place, new: NewEpisode) -> Iterator[LibraryFile]:
    if new.incoming.episode.html:
        yield place.storage.replace(f"{new.folder}/{HTML_NOTES}", new.incoming.episode.html.encode())
    yield place.storage.replace(f"{new.folder}/{NOTE}", new.incoming.note, expected="")
