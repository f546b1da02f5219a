"""The gate before a show is written: what subscribers would get is read back and held against what they have.

A bad item stays as it was last, or waits where it is new; so does an episode that would leave the feed without
anybody's word. A feed whose head cannot be read, or in which a GUID changed, keeps its old state altogether.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.actions.held_back import without
from catalogue.actions.planning import KnownShow, PlannedShow
from catalogue.domain.corrections import told_in_feed
from catalogue.domain.episode import Audience, Episode
from catalogue.domain.identity import Ledger
from catalogue.domain.links import Links
from catalogue.domain.plan import Problem, Severity
from catalogue.domain.show import Show
from catalogue.errors import NotPublishable
from catalogue.feed.assembly import built_at, feed_episodes, is_item, trailers_of
from catalogue.feed.fragment import ItemRenderer, base_address, room_for
from catalogue.feed.proof import Proof, head_fault, item_faults, render_items
from catalogue.feed.rss import render_head
from catalogue.library.folder import ShowFiles
from catalogue.store.index import EpisodeRow, FragmentRow

# Where nobody has said under which address the site will be.
ANY_BASE_URL = "http://localhost"
HELD, LEAVING = "held-item", "held-leaving"
_HELD = (
    "Its item in the feed would be wrong: {why} It stays out of the feed, or as it was, "
    "and the others go out. Mend its note; where nothing is wrong there, this is a fault of Castalogue's: report it."
)
_LEAVES = (
    "It would leave the feed though nobody said so: it has no audio any more, or no date. It stays as it was, and the "
    "others go out. Put back what its note lost; if it is to leave, write draft: true there."
)
_REFUSED = "The feed of this show would be wrong: {why} So the show keeps its old state. {mend}"
_REPORT = "This is a fault of Castalogue's: report it."


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A planned show on its way to the gate.

    `is_everything_new`: show or renderer changed, so that every item may have; else only the planned rows have.
    """

    files: ShowFiles
    planned: PlannedShow
    known: KnownShow
    now: datetime
    base_url: str | None
    is_everything_new: bool
    allow_date_change: bool = False

    @property
    def show(self) -> Show:
        return self.planned.plan.show

    @property
    def rows(self) -> dict[str, EpisodeRow]:
        """All of the show's episodes as they would be."""
        return {**self.known.episodes, **self.planned.rows}

    @property
    def looked_at(self) -> Mapping[str, EpisodeRow]:
        """Those that may stand otherwise in the feed than they do."""
        return self.rows if self.is_everything_new else self.planned.rows


@dataclass(frozen=True, kw_only=True)
class Passed:
    """What may be written: the plan without what is held, the rendered items, and what is said of the rest."""

    planned: PlannedShow
    fragments: Mapping[str, FragmentRow | None]
    problems: tuple[Problem, ...] = ()


def pass_gate(candidate: Candidate, stored_keys: Callable[[], Mapping[str, str]]) -> Passed:
    """Render what is new of a show, read it back, and let pass what is right.

    `stored_keys` gives the keys of the items rendered before, by GUID. Raises NotPublishable where the feed as a
    whole must not be served.
    """
    _check_guids(candidate)
    leaving = _leaving(candidate)
    problems = [_problem(candidate, guid, LEAVING, _LEAVES) for guid in leaving]
    candidate = replace(candidate, planned=without(candidate.planned, leaving, known=candidate.known.episodes))
    base_url = base_address(candidate.base_url or ANY_BASE_URL)
    head = _head(candidate, Links(base_url))
    renderer = ItemRenderer(candidate.show, room_for(base_url))
    changed = _changed_items(candidate, renderer, stored_keys)
    fragments, faults = render_items(renderer, changed)
    proofs = [
        Proof(episode=one, xml=renderer.fill(fragments[one.guid], base_url)) for one in changed if one.guid in fragments
    ]
    faults |= _wrong_sizes(candidate, changed) | item_faults(head, proofs, Links(base_url))
    passed = {guid: FragmentRow(one.key, one.body) for guid, one in fragments.items() if guid not in faults}
    no_items = {guid: None for guid, row in candidate.planned.rows.items() if not _is_rendered(row.episode)}
    problems += [_problem(candidate, guid, HELD, _HELD.format(why=why)) for guid, why in faults.items()]
    planned = without(candidate.planned, faults, known=candidate.known.episodes)
    if any(_is_renamed(row, candidate.known.episodes.get(guid)) for guid, row in planned.rows.items()):
        _check_slugs(planned.plan.ledger)
    return Passed(planned=planned, fragments={**passed, **no_items}, problems=tuple(problems))


def _check_guids(candidate: Candidate) -> None:
    """Refuse GUIDs that changed: no item could be told from another any more."""
    rows = candidate.planned.rows.items()
    wrong = [guid for guid, row in rows if guid != row.line.guid or (row.episode and row.episode.guid != guid)]
    if wrong:
        raise _refusal(f"the GUID of {_named(wrong)} changed.", _REPORT)


def _leaving(candidate: Candidate) -> tuple[str, ...]:
    """GUIDs of published episodes that would be no items any more, though nobody said so."""
    known = candidate.known.episodes
    return tuple(
        guid
        for guid, row in candidate.planned.rows.items()
        if guid in known
        and _is_served(known[guid].episode, candidate.now)
        and not _is_served(row.episode, candidate.now)
        and not _is_meant(row, known[guid], candidate)
    )


def _is_renamed(row: EpisodeRow, before: EpisodeRow | None) -> bool:
    """Whether an episode is new or has another slug; what has the one that it had cannot take another's."""
    return before is None or before.line.slug != row.line.slug


def _check_slugs(ledger: Ledger) -> None:
    """Refuse a ledger that nobody could read back."""
    slugs = [line.slug for line in ledger.episodes]
    if len(set(slugs)) < len(slugs):
        double = [slug for slug, count in Counter(slugs).items() if count > 1]
        raise _refusal(f"two of its episodes would have the slug {_named(double)}.", _REPORT)


def _is_served(episode: Episode | None, now: datetime) -> bool:
    return episode is not None and is_item(episode) and episode.is_public(now)


def _is_meant(row: EpisodeRow, before: EpisodeRow, candidate: Candidate) -> bool:
    """Whether somebody said that an episode leaves the feed: its note, the ledger, or a date that may change."""
    if row.line.withdrawn_at is not None:
        return True
    episode, old = row.episode, before.episode
    if episode is None or old is None:
        return False
    is_moved = candidate.allow_date_change and episode.published_at != old.published_at
    return episode.draft or episode.audience is not Audience.PUBLIC or is_moved


def _head(candidate: Candidate, links: Links) -> bytes:
    """What stands before the items; of a show that stays as it is, only what the changed episodes bring into it."""
    episodes = [row.episode for row in candidate.looked_at.values() if row.episode is not None]
    items = feed_episodes(one for one in episodes if one.is_public(candidate.now))
    show = candidate.show
    try:
        head = render_head(show, links, built_at=built_at(show, items), trailers=trailers_of(items))
    except Exception as error:  # whatever goes wrong, the old state is served
        raise _refusal(f"its head cannot be written ({error}).", _REPORT) from error
    fault = head_fault(head)
    if fault is not None:
        raise _refusal(f"its head cannot be read. {fault}", _REPORT)
    return head


def _changed_items(
    candidate: Candidate, renderer: ItemRenderer, stored_keys: Callable[[], Mapping[str, str]]
) -> list[Episode]:
    """The episodes whose items are not rendered yet, scheduled ones too."""
    rows = candidate.looked_at.values()
    days, now = candidate.show.corrections_days, candidate.now
    episodes = [
        told_in_feed(row.episode, days=days, now=now)
        for row in rows
        if row.episode is not None and _is_rendered(row.episode)
    ]
    keys = stored_keys() if candidate.is_everything_new else {}
    if not keys:
        return episodes
    return [one for one in episodes if keys.get(one.guid) != renderer.key(one)]


def _is_rendered(episode: Episode | None) -> bool:
    """Whether the episode is an item, now or once its moment has come."""
    return episode is not None and episode.published_at is not None and _is_served(episode, episode.published_at)


def _wrong_sizes(candidate: Candidate, episodes: Iterable[Episode]) -> dict[str, str]:
    """Episodes whose audio is listed with another size than the feed would say; what is held is told already."""
    listed = {file.path: file.size_bytes for unit in candidate.files.episodes for file in unit.audio}
    return {
        one.guid: "Its enclosure has not the length of its file."
        for one in episodes
        if one.guid in candidate.planned.rows and one.audio is not None and one.missing_since is None
        if listed.get(one.audio.path, one.audio.size_bytes) != one.audio.size_bytes
    }


def _problem(candidate: Candidate, guid: str, code: str, message: str) -> Problem:
    path = f"{candidate.show.path}/{candidate.rows[guid].line.path}".strip("/")
    return Problem(severity=Severity.ERROR, code=code, path=path, message=message)


def _refusal(why: str, mend: str) -> NotPublishable:
    return NotPublishable("feed-refused", _REFUSED, why=why, mend=mend)


def _named(guids: Sequence[str]) -> str:
    more = f" and {len(guids) - 3} more" if len(guids) > 3 else ""
    return ", ".join(guids[:3]) + more
