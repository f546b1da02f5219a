"""The whole linter over one feed."""

from __future__ import annotations

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
from catalogue.check.rule import RULES, Finding, Level
from catalogue.errors import FeedError
from catalogue.feed_reading import FeedDocument, read_feed, read_feed_file

_ORDER = {level: position for position, level in enumerate(Level)}


def check_feed(content: bytes, *, url: str | None, facts: FeedFacts) -> tuple[Finding, ...]:
    """Judge a feed by every rule; never raises for bad content.

    `url` is where the feed is published, None where that is not known. Errors come first, then by rule and line.
    A feed that cannot be read gives one finding, of rule X01 to X04.
    """
    try:
        feed = read_feed(content, url=url)
    except FeedError as error:
        return (_unreadable(error, url),)
    return _judge(feed, facts)


def check_feed_file(file: str, path: str) -> tuple[Finding, ...]:
    """Judge a stranger's feed, the local `file` that findings call `path`: to be called in the sandbox.

    As `check_feed`, but without any facts.
    """
    try:
        feed = read_feed_file(file, path)
    except FeedError as error:
        return (_unreadable(error, path),)
    return _judge(feed, FeedFacts())


def _judge(feed: FeedDocument, facts: FeedFacts) -> tuple[Finding, ...]:
    findings = (finding for rule in RULES.values() for finding in rule.findings(feed, facts))
    return tuple(sorted(findings, key=weight))


def weight(finding: Finding) -> tuple[int, str, int]:
    """Sort key: errors first, then by rule and line."""
    return _ORDER[finding.level], finding.rule, finding.line or 0


def _unreadable(error: FeedError, url: str | None) -> Finding:
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
