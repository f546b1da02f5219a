"""Take an episode out of the public's sight, and show it again: the draft's line in its note, then the index."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.actions.editing import Held, hold_episode
from catalogue.actions.index import Report, Wishes
from catalogue.actions.open import Place
from catalogue.domain.episode import Episode
from catalogue.errors import Conflict

KEY = "draft"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An episode as it is now, the note that says so, and what indexing it gave."""

    episode: Episode
    note: str
    report: Report


def unpublish_episode(place: Place, name: str, *, wishes: Wishes | None = None) -> Shown:
    """Make an episode a draft: out of the feed, its addresses answer 404 until it is published again.

    Raises NotFound, Conflict where it is a draft already or was withdrawn, ContentErrors where only a person can edit
    its note, NotPublishable where the index cannot follow.
    """
    with hold_episode(place, name, wishes) as held:
        if held.row.episode is not None and held.row.episode.draft:
            raise Conflict("is-draft", "“{slug}” is a draft already: nobody sees it.", slug=held.row.line.slug)
        return _written(held, {KEY: True}, is_draft=True)


def republish_episode(place: Place, name: str, *, wishes: Wishes | None = None) -> Shown:
    """Show a draft: with the GUID, the addresses and the date it has had, now if it never had a date.

    Raises as `unpublish_episode`, and Conflict where it is no draft.
    """
    with hold_episode(place, name, wishes) as held:
        if held.row.episode is not None and not held.row.episode.draft:
            raise Conflict("no-draft", "“{slug}” is no draft.", slug=held.row.line.slug)
        # What the ledger alone calls a draft (`new_files`) needs a word to the contrary; else the line goes.
        return _written(held, {KEY: False if held.row.line.draft else None}, is_draft=False)


def _written(held: Held, changes: dict[str, object | None], *, is_draft: bool) -> Shown:
    edit = held.edit(changes)
    held.write(edit)
    report, row = held.index()
    if row.episode is None or row.episode.draft is not is_draft:
        raise held.not_indexed(report)
    return Shown(episode=row.episode, note=edit.path, report=report)
