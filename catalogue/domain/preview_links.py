"""The addresses on a guest's page: of one episode that is not out, and of all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show


@dataclass(frozen=True)
class PreviewLinks(Links):
    """Links as everywhere, but that the episode, its transcripts and all media are under the guest's token."""

    token: str = ""

    def episode(self, show: Show, episode: Episode, *, at: timedelta | None = None) -> str:  # noqa: ARG002
        """The guest's page, which is about one episode alone."""
        moment = "" if at is None else f"?t={int(at.total_seconds())}"
        return f"{self._root(show)}/private/preview/{self.token}/{moment}"

    def media(self, sha256: str, name: str) -> str:
        """A file of the episode or of its show."""
        return f"{self.preview(self.token)}media/{sha256}/{name}"
