"""Check the library as it was last indexed: each show's feed, led back to the files that it is made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.check_asking import Asking
from catalogue.actions.check_behind import check_behind
from catalogue.actions.check_disabled import read_disabled, without_disabled
from catalogue.actions.check_facts import feed_facts, read_sounds
from catalogue.actions.check_online import ask_online, ask_own_feed
from catalogue.actions.check_places import Places
from catalogue.actions.checked import Checked
from catalogue.actions.library_places import LibraryPlaces
from catalogue.actions.named import named_rows, spelled
from catalogue.actions.open import Place
from catalogue.actions.publish import Publication
from catalogue.actions.scratch import scratch_folder
from catalogue.check.addresses import find_addresses
from catalogue.check.online import OnlineReplies
from catalogue.check.rule import Finding
from catalogue.check.run import check_feed, weight
from catalogue.check.run_online import check_online
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.plan import Problem
from catalogue.domain.show import Show
from catalogue.errors import FeedError, NotFound
from catalogue.feed_reading import FeedDocument, read_feed


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What is to be told of: shows by GUID, with the GUIDs of their episodes (none: the whole show); and all paths."""

    shows: Mapping[str, Collection[str]]
    paths: tuple[str, ...]


class LibraryCheck:
    """A library that is checked at `now`, under the addresses that it has or will have."""

    def __init__(
        self, place: Place, publication: Publication, *, links: Links, now: datetime, asking: Asking | None = None
    ) -> None:
        """With `asking`, the public addresses are asked, too."""
        self._place, self._publication, self._links, self._now = place, publication, links, now
        self._asking = asking
        self._replies: dict[str, OnlineReplies] = {}
        self._library_places = LibraryPlaces(place.storage)

    def anew(self, publication: Publication) -> LibraryCheck:
        """The same check of what was indexed since; what addresses answered still holds."""
        other = LibraryCheck(self._place, publication, links=self._links, now=self._now, asking=self._asking)
        other._replies = self._replies
        return other

    def shows(self, parts: Sequence[str] = ()) -> tuple[Checked, ...]:
        """Check all shows, or those that `parts` name by slug or folder, or by an episode of theirs.

        Of a show that is named by its episodes, only their findings are given. Never raises for bad content;
        NotFound where a part names nothing.
        """
        wanted = self._wanted(parts)
        return tuple(
            self._checked(show, guids=wanted.shows.get(show.guid, ()))
            for show in self._publication.shows()
            if not parts or show.guid in wanted.shows
        )

    def problems(self, parts: Sequence[str] = ()) -> tuple[Problem, ...]:
        """What the last index found wrong, of all files or of those that `parts` name; raises NotFound."""
        paths = self._wanted(parts).paths
        problems = self._place.index.problems()
        return tuple(one for one in problems if not parts or any(is_within(one.path, path) for path in paths))

    def _wanted(self, parts: Sequence[str]) -> _Wanted:
        wanted: dict[str, set[str]] = {}
        paths: list[str] = []
        whole: set[str] = set()
        for part in parts:
            show = self._show_named(part)
            if show is not None:
                whole.add(show.guid)
                paths.append(show.path)
                continue
            rows = list(named_rows(self._place, part))
            if not rows:
                template = "There is no show, no episode and no file called “{name}”. See castalogue list."
                raise NotFound("no-part", template, name=part)
            for row, episode in rows:
                wanted.setdefault(row.show.guid, set()).add(episode.line.guid)
                paths.append(f"{row.show.path}/{episode.line.path}".lstrip("/"))
        return _Wanted(shows={**wanted, **dict.fromkeys(whole, ())}, paths=tuple(paths))

    def _show_named(self, part: str) -> Show | None:
        name = spelled(part.rstrip("/"))
        return next((show for show in self._publication.shows() if name in {show.slug, show.path, show.guid}), None)

    def _checked(self, show: Show, *, guids: Collection[str]) -> Checked:
        episodes = self._publication.episodes(show, self._now)
        findings, online = self._findings(show, episodes)
        if guids:
            findings = tuple(one for one in findings if one.guid in guids)
        places = Places(self._place.storage, show, episodes=episodes, find_files=self._library_places.files_at)
        disabled, problems = read_disabled(self._place.storage, places.show_file)
        shown, hidden = without_disabled(findings, disabled)
        return Checked(
            name=show.slug,
            findings=tuple(places.placed(one) for one in shown),
            hidden=hidden,
            problems=problems,
            online=online,
            show_path=show.path,
        )

    def _findings(self, show: Show, episodes: tuple[Episode, ...]) -> tuple[tuple[Finding, ...], OnlineReplies | None]:
        """What the feed and what lies behind it are found to lack, worst first, and what addresses answered."""
        url, body = self._links.feed(show), self._publication.feed(show, self._links, self._now).body
        sounds = read_sounds(episodes, self._place.index)
        facts = feed_facts(show, episodes, self._links, self._now, sounds=sounds)
        feed = _read(body, url) if self._asking is not None else None
        online = None
        if self._asking is None or feed is None:
            findings = check_feed(body, url=url, facts=facts)
        else:
            online = self._replies.get(show.guid) or self._asked(feed, asking=self._asking)
            self._replies[show.guid] = online
            findings = check_online(feed, facts=facts, online=online)
        behind = check_behind(
            self._publication,
            show,
            self._links,
            self._now,
            sounds=sounds,
            places=self._library_places,
            loudnesses=self._place.index.loudnesses(),
        )
        return tuple(sorted((*findings, *behind), key=weight)), online

    def _asked(self, feed: FeedDocument, *, asking: Asking) -> OnlineReplies:
        addresses = find_addresses(feed, most=asking.most_addresses)
        with scratch_folder() as folder:
            own = ask_own_feed(feed.url or "", asking, folder=folder)
            return ask_online(addresses, asking, box=self._place.box, folder=folder, feed=own)


def _read(body: bytes, url: str) -> FeedDocument | None:
    """The feed, to be asked about; None where it cannot be read, which is a finding."""
    try:
        return read_feed(body, url=url)
    except FeedError:
        return None


def is_within(path: str, place: str) -> bool:
    """Whether a path is at a place, in its folder, or shares its stem; everything is within the library itself.

    >>> [is_within(path, "a/1") for path in ("a/1", "a/1/episode.md", "a/1.md", "a/10.md")]
    [True, True, True, False]
    """
    return not place or path == place or path.startswith((f"{place}/", f"{place}."))
