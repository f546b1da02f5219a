"""When an episode comes out: at a moment to come, or now. The moment goes into its note, as somebody would type it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from catalogue.actions.index import Wishes
from catalogue.actions.named import exact_name, find_row
from catalogue.actions.note_editing import Saved, set_keys
from catalogue.actions.open import Place
from catalogue.domain.episode import Episode
from catalogue.errors import CatalogueError, Conflict
from catalogue.library.notes.moments import read_moment
from catalogue.store.index import EpisodeRow, ShowRow


def schedule_episode(place: Place, name: str, when: str, *, wishes: Wishes | None = None) -> Saved:
    """Let an episode, draft or not, come out at a moment to come; `when` is read as `published` in a note is.

    Raises CatalogueError for what is no moment (an hour that the clocks leave out, too), Conflict for one that has
    passed and for an episode that is out, and all that `set_keys` raises.
    """
    wishes = wishes or Wishes()
    show, row = find_row(place, name)
    moment_to_come(show, row, when, now=wishes.clock())
    return set_keys(
        place,
        exact_name(show.show, row.line.guid),
        {"published": when.strip(), **_undrafted(row.line.draft)},
        wishes=wishes,
    )


def moment_to_come(show: ShowRow, row: EpisodeRow, when: str, *, now: datetime) -> datetime:
    """Read when an episode is to come out, on the clock of its show; gives aware UTC. Raises as `schedule_episode`."""
    moment = read_moment(when, show.show.timezone)
    if moment <= now:
        raise Conflict(
            "moment-passed",
            "{moment} has passed. castalogue publish-now {slug} publishes it now.",
            moment=when.strip(),
            slug=row.line.slug,
        )
    check_not_out(row.episode, now)
    return moment


def publish_now(place: Place, name: str, *, wishes: Wishes | None = None) -> Saved:
    """Let a draft or a scheduled episode come out now, dated now.

    Raises Conflict for an episode that is out, and all that `set_keys` raises.
    """
    wishes = wishes or Wishes()
    show, row = find_row(place, name)
    now = wishes.clock().replace(microsecond=0)
    check_not_out(row.episode, now)
    typed = _typed(now, show.show.timezone)
    return set_keys(
        place, exact_name(show.show, row.line.guid), {"published": typed, **_undrafted(row.line.draft)}, wishes=wishes
    )


def _undrafted(is_left_draft: bool) -> dict[str, object | None]:
    """What the ledger alone calls a draft (`new_files`) needs a word to the contrary; else the line goes."""
    return {"draft": "no" if is_left_draft else None}


def check_not_out(episode: Episode | None, now: datetime) -> None:
    """Raise Conflict for an episode that everybody has seen: its moment stays."""
    if episode is not None and episode.is_public(now) and episode.published_at is not None:
        raise Conflict(
            "is-out",
            "“{slug}” has been out since {day}. Its date stays, or it would jump in apps; castalogue unpublish takes "
            "it back.",
            slug=episode.slug,
            day=f"{episode.published_at:%Y-%m-%d %H:%M} UTC",
        )


def _typed(moment: datetime, timezone: str) -> str:
    """A moment as people type it where the show is; with its offset in an hour that comes twice there."""
    local = moment.astimezone(ZoneInfo(timezone))
    plain = f"{local:%Y-%m-%d %H:%M:%S}"
    try:
        return plain if read_moment(plain, timezone) == moment else local.isoformat(" ")
    except CatalogueError:
        return local.isoformat(" ")
