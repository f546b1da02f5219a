"""Let somebody without an account hear one episode before it is out, by an address that ends by itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from catalogue.actions.members import TOKEN_BYTES
from catalogue.actions.named import find_row
from catalogue.actions.open import Place
from catalogue.domain.members import hash_token
from catalogue.domain.previews import MOST_OPEN, PREVIEW_DAYS, Preview
from catalogue.errors import ContentError, NotFound, NotPublishable
from catalogue.store.index import EpisodeRow


@dataclass(frozen=True, kw_only=True)
class MadePreview:
    """A new address and its token: it is known here once, and nowhere kept."""

    preview: Preview
    title: str
    token: str


def add_preview(
    place: Place, name: str, *, days: int = 7, made_by: str = "", now: datetime | None = None
) -> MadePreview:
    """Make an address to an episode that is not public, for some days.

    Raises NotFound, Conflict (several have the name), NotPublishable (nobody needs one, or there are too many),
    ContentError, StoreError.
    """
    moment = now or datetime.now(UTC)
    if days not in PREVIEW_DAYS:
        raise ContentError("preview-days", "A link lasts 1, 7 or 30 days.", path="days")
    show, row = find_row(place, name)
    title = _check_hidden(row, moment)
    if len(open_previews(place, name, now=moment)) >= MOST_OPEN:
        template = "{most} links lead to this episode already. Take one back first."
        raise NotPublishable("preview-many", template, most=MOST_OPEN)
    stated = Preview(
        id=0,
        show_guid=show.show.guid,
        guid=row.line.guid,
        made_by=made_by,
        made_at=moment,
        ends_at=moment + timedelta(days=days),
    )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = place.index.add_preview(stated, token_hash=hash_token(token))
    return MadePreview(preview=made, title=title, token=token)


def open_previews(place: Place, name: str, *, now: datetime | None = None) -> tuple[Preview, ...]:
    """The addresses to an episode that still lead to it, in the order they were made; raises NotFound, Conflict."""
    show, row = find_row(place, name)
    moment = now or datetime.now(UTC)
    return tuple(one for one in place.index.previews(show.show.guid, row.line.guid) if one.is_open(moment))


def end_preview(place: Place, name: str, number: int, *, now: datetime | None = None) -> Preview:
    """Take back the address to an episode that has a number; raises NotFound, Conflict, StoreError."""
    moment = now or datetime.now(UTC)
    found = next((one for one in open_previews(place, name, now=moment) if one.id == number), None)
    if found is None:
        raise NotFound(
            "no-preview",
            "No link with the number {number} leads to “{name}”. It may be over.",
            number=number,
            name=name,
        )
    place.index.end_preview(found, now=moment)
    return found


def end_all_previews(place: Place, show_guid: str, guid: str, *, now: datetime) -> None:
    """Take back every address to an episode; raises StoreError."""
    for one in place.index.previews(show_guid, guid):
        place.index.end_preview(one, now=now)


def _check_hidden(row: EpisodeRow, now: datetime) -> str:
    """Give the title of an episode that only a guest's address could show; raises NotPublishable for any other."""
    if row.episode is None or row.line.withdrawn_at is not None:
        raise NotPublishable("preview-nothing", "There is nothing to show a guest: the episode is not there any more.")
    if row.episode.is_public(now):
        raise NotPublishable("preview-public", "The episode is public: everybody can open its page.")
    return row.episode.title
