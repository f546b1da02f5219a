"""What waits to be told, what fails and what was given up, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.announce import channels_of
from catalogue.actions.open import Place
from catalogue.domain.telling import WHOLE_FEED, Kind
from catalogue.store.index import Job, JobState

OPEN = (JobState.WAITING, JobState.GIVEN_UP)


@dataclass(frozen=True, kw_only=True)
class OpenJob:
    """A job that is not done, with the titles of what it is about; `episode` is empty where it is a whole feed."""

    job: Job
    show: str
    episode: str
    is_configured: bool

    @property
    def is_given_up(self) -> bool:
        return self.job.state is JobState.GIVEN_UP

    @property
    def is_failing(self) -> bool:
        """Whether it was tried in vain and is tried again."""
        return not self.is_given_up and bool(self.job.reason)

    def is_told(self, now: datetime) -> bool:
        """Whether somebody is telling it at `now`."""
        return self.job.leased_until is not None and self.job.leased_until > now


def open_jobs(place: Place) -> tuple[OpenJob, ...]:
    """All that is not done, in the order in which it is due. Raises StoreError."""
    shows = {row.show.guid: row.show.title for row in place.index.shows()}
    kinds = channels_of(place.settings)
    return tuple(
        OpenJob(
            job=job,
            show=shows.get(job.show_guid, job.show_guid),
            episode=_episode(place, job),
            is_configured=job.kind in kinds,
        )
        for job in place.index.jobs(OPEN)
    )


def revive(place: Place, *, now: datetime) -> int:
    """Let what was given up be tried again; gives how many jobs that are. Raises StoreError."""
    return place.index.revive_jobs(now=place.index.moment(now))


def told_of(kind: Kind, place: Place) -> str:
    """Who is told, as people may know it; of a webhook not its address, which may be a secret."""
    settings = place.settings
    names = {
        Kind.WEBSUB: f"the hub {settings.websub_hub}",
        Kind.PODPING: f"Podping ({settings.podping_relay})",
        Kind.WEBHOOK: "the webhook",
    }
    return names[kind]


def _episode(place: Place, job: Job) -> str:
    if job.guid == WHOLE_FEED:
        return ""
    row = place.index.episode(job.show_guid, job.guid)
    return row.episode.title if row is not None and row.episode is not None else job.guid
