"""Hand a draft over to who looks after the show, take it back, answer: looked at, or back to who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from catalogue.actions.named import find_row
from catalogue.actions.open import Place
from catalogue.domain.handovers import LONGEST_NOTE, Handover, Step, Talk, talks_of
from catalogue.errors import Conflict, ContentError, NotPublishable
from catalogue.store.index import EpisodeRow

ANSWERS = (Step.LOOKED_AT, Step.SENT_BACK)


def hand_over(place: Place, name: str, *, who: str, now: datetime) -> bool:
    """Say that a draft is ready; False where it waits already. `name` as in `find_row`.

    Raises NotFound, Conflict (several have the name; somebody else was first), NotPublishable (it is no draft).
    """
    show, row = find_row(place, name)
    if not is_draft(row):
        raise NotPublishable("handover-out", "It is no draft any more, so nobody needs to look at it first.")
    talk = talks_in(place, show.show.guid).get(row.line.guid)
    if talk is not None and talk.waits:
        return False
    _say(place, show.show.guid, row, Step.READY, who=who, now=now)
    return True


def take_back(place: Place, name: str, *, who: str, now: datetime) -> bool:
    """Say that a draft is not ready after all; False where it does not wait. Raises NotFound, Conflict."""
    show, row = find_row(place, name)
    talk = talks_in(place, show.show.guid).get(row.line.guid)
    if talk is None or not talk.waits:
        return False
    _say(place, show.show.guid, row, Step.TAKEN_BACK, who=who, now=now)
    return True


def answer(place: Place, name: str, step: Step, *, note: str, who: str, now: datetime) -> None:
    """Answer who handed a draft over, by one of `ANSWERS`; what goes back needs a word.

    Raises NotFound, ContentError (no word, or too many), Conflict (it does not wait any more).
    """
    assert step in ANSWERS
    said = "\n".join(note.split("\r\n")).strip()
    if step is Step.SENT_BACK and not said:
        raise ContentError("handover-note", "Say in a few words what is still to be done.", path="note")
    if len(said) > LONGEST_NOTE:
        template = "These are {length} characters; {most} are the most."
        raise ContentError("handover-long", template, path="note", length=len(said), most=LONGEST_NOTE)
    show, row = find_row(place, name)
    talk = talks_in(place, show.show.guid).get(row.line.guid)
    if talk is None or not talk.waits or not is_draft(row):
        raise _gone()
    _say(place, show.show.guid, row, step, who=who, now=now, note=said)


def talks_in(place: Place, show_guid: str) -> Mapping[str, Talk]:
    """What is said of the drafts of a show that were handed over, by GUID, the longest waiting first."""
    return talks_of(place.index.open_handovers(show_guid))


def is_draft(row: EpisodeRow) -> bool:
    """Whether an episode can be handed over: it was read, is a draft, and was not withdrawn."""
    return row.episode is not None and row.episode.draft and row.line.withdrawn_at is None


def _say(place: Place, show_guid: str, row: EpisodeRow, step: Step, *, who: str, now: datetime, note: str = "") -> None:
    known = place.index.handovers(show_guid, row.line.guid)
    said = Handover(show_guid=show_guid, guid=row.line.guid, step=step, who=who, at=now, note=note)
    if not place.index.add_handover(said, after=known[-1].id if known else 0):
        raise _gone()


def _gone() -> Conflict:
    return Conflict("handover-gone", "It does not wait any more: it was taken back, answered, or is out.")
