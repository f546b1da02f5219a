"""Run the linter over the feeds alone: what can be told in a moment, without a look at any file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.check_facts import feed_facts
from catalogue.actions.publish import Publication
from catalogue.check.rule import Finding
from catalogue.check.run import check_feed
from catalogue.domain.links import Links
from catalogue.domain.show import Show


@dataclass(frozen=True, kw_only=True)
class ShowFindings:
    """A show and what its feed is found to lack, worst first."""

    show: Show
    findings: tuple[Finding, ...]


def check_shows(publication: Publication, links: Links, now: datetime) -> tuple[ShowFindings, ...]:
    """Check every show's feed as it would be served at `now`; never raises for bad content."""
    found = []
    for show in publication.shows():
        facts = feed_facts(show, publication.episodes(show, now), links, now)
        body = publication.feed(show, links, now).body
        found.append(ShowFindings(show=show, findings=check_feed(body, url=links.feed(show), facts=facts)))
    return tuple(found)
