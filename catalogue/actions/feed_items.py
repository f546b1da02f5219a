"""The items of a show's feeds in groups, each rendered and packed once, whichever feeds it stands in."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.actions.feed_entries import Entry
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.errors import StoreError
from catalogue.feed.fragment import Fragment, ItemRenderer
from catalogue.feed.parts import Part, grouped, make_group
from catalogue.feed.proof import Proof, item_faults, render_items
from catalogue.store.index import FragmentRow

LOG = logging.getLogger("castalogue")
# Given a show's GUID and those of episodes, what is kept of their rendered items.
Stored = Callable[[str, Sequence[str]], Mapping[str, FragmentRow]]
Groups = dict[tuple[str, ...], Part]


@dataclass(frozen=True, kw_only=True)
class _Making:
    """What all groups of one feed are made with; `spare` are items that are there already, by key."""

    renderer: ItemRenderer
    show_guid: str
    head: bytes
    spare: Mapping[str, bytes]


class Items:
    """The items of one show under one base URL. Not to be shared by threads."""

    def __init__(self, base_url: str, stored: Stored) -> None:
        self._base_url, self._stored = base_url, stored
        self._feeds: dict[str, Groups] = {}

    def groups_of(
        self, name: str, entries: Sequence[Entry], *, renderer: ItemRenderer, show_guid: str, head: bytes
    ) -> list[Part]:
        """The groups of a feed (`name`), newest first; what any of the show's feeds had is used again.

        `head` is what new items are read back in.
        """
        told = {one.key: one.told for one in entries}
        wanted = list(grouped(list(told)))
        lacking = {key for keys in wanted if self._find(keys) is None for key in keys}
        spare = self._spare(lacking)
        groups: Groups = {}
        for keys in wanted:
            known = self._find(keys)
            if known is None:
                making = _Making(renderer=renderer, show_guid=show_guid, head=head, spare=spare)
                known = self._group({key: told[key] for key in keys}, making)
            groups[keys] = known
        self._feeds[name] = groups
        return list(groups.values())

    def forget(self, name: str) -> None:
        """Let go of a feed's groups, unless another feed has them."""
        self._feeds.pop(name, None)

    def _find(self, keys: tuple[str, ...]) -> Part | None:
        return next((groups[keys] for groups in self._feeds.values() if keys in groups), None)

    def _spare(self, lacking: set[str]) -> dict[str, bytes]:
        """What there is of these items in any feed's groups."""
        found: dict[str, bytes] = {}
        for groups in self._feeds.values():
            for keys, part in groups.items():
                if not lacking.isdisjoint(keys):
                    found |= {key: xml for key, xml in part.items() if key in lacking}
        return found

    def _group(self, episodes: Mapping[str, Episode], making: _Making) -> Part:
        """Put a group together of what an earlier one held, what is stored, and what has to be rendered now."""
        lacking = [episode.guid for key, episode in episodes.items() if key not in making.spare]
        stored = self._read_stored(making.show_guid, lacking) if lacking else {}
        found = dict(making.spare)
        for key, episode in episodes.items():
            row = stored.get(episode.guid)
            if key not in making.spare and row is not None and row.key == key:
                found[key] = making.renderer.fill(Fragment(key=key, body=row.body), self._base_url)
        lost = {key: episode for key, episode in episodes.items() if key not in found}
        found |= self._rendered(lost, stored, making)
        return make_group([(key, found[key]) for key in episodes if key in found])

    def _rendered(
        self, episodes: Mapping[str, Episode], stored: Mapping[str, FragmentRow], making: _Making
    ) -> dict[str, bytes]:
        """Render what no index has rendered; a bad item gives way to its last good state, or is left out."""
        renderer = making.renderer
        fragments, faults = render_items(renderer, episodes.values())
        xml = {guid: renderer.fill(fragment, self._base_url) for guid, fragment in fragments.items()}
        proofs = [Proof(episode=one, xml=xml[one.guid]) for one in episodes.values() if one.guid in xml]
        faults |= item_faults(making.head, proofs, Links(self._base_url))
        for guid, why in faults.items():
            LOG.error("An item cannot be served (%s): %s", guid, why)
            row = stored.get(guid)
            xml[guid] = renderer.fill(Fragment(key=row.key, body=row.body), self._base_url) if row else b""
        return {key: xml[one.guid] for key, one in episodes.items() if xml[one.guid]}

    def _read_stored(self, show_guid: str, guids: Sequence[str]) -> Mapping[str, FragmentRow]:
        try:
            return self._stored(show_guid, guids)
        except StoreError:  # what is stored only saves time: it can all be rendered
            return {}
