"""The whole linter over one feed."""

from __future__ import annotations

from collections.abc import Iterable

# imported for their rules, which register themselves
from catalogue.check import (  # noqa: F401
    address_rules,
    alternate_rules,
    category_rules,
    channel_rules,
    chapters_rules,
    enclosure_rules,
    feed_rules,
    identity_rules,
    item_rules,
    notes_rules,
    numbering_rules,
    people_rules,
    podcasting_rules,
    remote_rules,
    show_rules,
    single_rules,
    sound_rules,
    tag_rules,
)
from catalogue.check.document_rules import rule_of
from catalogue.check.facts import FeedFacts
from catalogue.check.rule import RULES, Finding, Level, Rule
from catalogue.errors import FeedError
from catalogue.feed_reading import FeedDocument, read_feed

_ORDER = {level: position for position, level in enumerate(Level)}


def check_feed(content: bytes, *, url: str | None, facts: FeedFacts) -> tuple[Finding, ...]:
    """Judge a feed by every rule; never raises for bad content.

    `url` is where the feed is published, None where that is not known. Errors come first, then by rule and line.
    A feed that cannot be read gives one finding, of rule X01 to X04.
    """
    try:
        feed = read_feed(content, url=url)
    except FeedError as error:
        return (unreadable(error, url),)
    return judge(feed, facts)


def judge(feed: FeedDocument, facts: FeedFacts, *, more: Iterable[Rule] = ()) -> tuple[Finding, ...]:
    """Judge a feed that was read by every rule of RULES, and by `more`; errors first, then by rule and line."""
    findings = (finding for rule in (*RULES.values(), *more) for finding in rule.findings(feed, facts))
    return tuple(sorted(findings, key=weight))


def weight(finding: Finding) -> tuple[int, str, int]:
    """Sort key: errors first, then by rule and line."""
    return _ORDER[finding.level], finding.rule, finding.line or 0


def unreadable(error: FeedError, url: str | None) -> Finding:
    """Say why a feed cannot be read, as the finding of the rule that it breaks."""
    rule = RULES[rule_of(error)]
    where = url or "the feed"
    return Finding(
        rule=rule.id,
        level=Level.ERROR,
        message=error.sentence,
        where=where,
        source=rule.source,
        line=error.line,
        mend=rule.mend,
    )
