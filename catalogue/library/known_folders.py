"""What the files of each folder were found to be, so that only folders that changed are looked at again.

Pure memory: a folder whose list of files is the same is answered with the very objects of last time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from catalogue.domain.plan import Problem
from catalogue.library.episode_files import EpisodeFiles
from catalogue.library.roles import Role, read_role
from catalogue.ports import LibraryFile

Stems: TypeAlias = tuple[list[tuple[EpisodeFiles, Role]], list[Problem]]
"""The episodes of a folder's stems, each with the role that comes first in it, and what is to be said of the rest."""


class KnownFolders:
    """Roles by folder, and stems by show and folder; empty at first, and never needed."""

    def __init__(self) -> None:
        self._roles: dict[str, tuple[list[LibraryFile], list[Role]]] = {}
        self._stems: dict[tuple[str, str], tuple[Sequence[Role], Stems]] = {}

    def roles(self, folder: str, files: list[LibraryFile]) -> list[Role]:
        """The roles of all files that lie in `folder` itself; the same list as long as they are the same."""
        known = self._roles.get(folder)
        if known is None or known[0] != files:
            known = (files, [role for file in files if (role := read_role(file)) is not None])
            self._roles[folder] = known
        return known[1]

    def stems(self, show: str, folder: str, roles: Sequence[Role], read: Callable[[], Stems]) -> Stems:
        """What `read` gives for a folder of a show; not asked again while its roles are the very same list."""
        known = self._stems.get((show, folder))
        if known is None or known[0] is not roles:
            known = (roles, read())
            self._stems[show, folder] = known
        return known[1]
