"""Run the linter over what subscribers would get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.check_behind import check_behind
from catalogue.actions.check_facts import feed_facts, read_sounds
from catalogue.actions.publish import Publication
from catalogue.check.rule import Finding
from catalogue.check.run import check_feed, weight
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.ports import LibraryStorage
from catalogue.store.index import Index


@dataclass(frozen=True, kw_only=True)
class ShowFindings:
    """A show and what its feed is found to lack, worst first."""

    show: Show
    findings: tuple[Finding, ...]


def check_shows(
    publication: Publication,
    links: Links,
    now: datetime,
    *,
    index: Index | None = None,
    storage: LibraryStorage | None = None,
) -> tuple[ShowFindings, ...]:
    """Check every show's feed as it would be served at `now`; never raises for bad content.

    With the `index` also by what only the audio files tell, with the `storage` what lies behind the feed, too.
    """
    found = []
    for show in publication.shows():
        findings = _check(publication, show, links, now, index=index)
        if index is not None and storage is not None:
            findings += check_behind(publication, show, links, now, index=index, storage=storage)
        found.append(ShowFindings(show=show, findings=tuple(sorted(findings, key=weight))))
    return tuple(found)


def _check(
    publication: Publication, show: Show, links: Links, now: datetime, *, index: Index | None
) -> tuple[Finding, ...]:
    feed = publication.feed(show, links, now)
    episodes = publication.episodes(show, now)
    if index is None:
        return check_feed(feed.body, url=links.feed(show), facts=feed_facts(show, episodes, links, now))
    sounds = read_sounds(episodes, index)
    facts = feed_facts(show, episodes, links, now, sounds=sounds)
    return check_feed(feed.body, url=links.feed(show), facts=facts)
