"""The items of a show's JSON feed in groups, made of the groups of its RSS feed, and kept as long as these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalogue.actions.feed_entries import Entry
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.feed.json_feed import BETWEEN, render_json_item
from catalogue.feed.parts import Part, make_group, make_head


class JsonItems:
    """The items of one show under one base URL. Not to be shared by threads."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._groups: dict[tuple[str, ...], Part] = {}
        self._between = make_head(BETWEEN)

    def groups_of(self, show: Show, entries: Sequence[Entry], groups: Sequence[Part]) -> Iterator[Part]:
        """The groups, with what stands between two of them; `groups` are those of the RSS feed of these entries."""
        by_key = {one.key: one for one in entries}
        filled = (part for part in groups if part.keys)  # an item that nobody can be sent may have been alone
        made = {part.keys: self._groups.get(part.keys) or self._group(show, part, by_key) for part in filled}
        self._groups = made
        for number, part in enumerate(made.values()):
            if number:
                yield self._between
            yield part

    def _group(self, show: Show, part: Part, by_key: dict[str, Entry]) -> Part:
        rendered = [render_json_item(show, by_key[key].told, self._links, item=item) for key, item in part.items()]
        joined = BETWEEN.join(rendered)
        return make_group([(part.keys[0], joined)] if part.keys else [])
