"""The whole linter over a feed and what the addresses in it answered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

# imported for their rules, which register themselves
from catalogue.check import (  # noqa: F401
    feed_reply_rules,
    library_run,
    picture_rules,
    publisher_reply_rules,
    reply_rules,
    side_file_rules,
    sound_reply_rules,
)
from catalogue.check.addresses import find_addresses
from catalogue.check.facts import FeedFacts
from catalogue.check.library_rule import EPISODE_RULES, LIBRARY_RULES
from catalogue.check.online import ONLINE_RULES, OnlineReplies, facts_of_replies
from catalogue.check.rule import RULES, Finding, Rule
from catalogue.check.run import judge, unreadable
from catalogue.documents import read_document
from catalogue.errors import FeedError
from catalogue.feed_reading import FeedDocument, read_feed_file


def all_rules() -> tuple[Rule, ...]:
    """Every rule by id; those over answers after those over the feed that they go on from."""
    tables = (RULES, LIBRARY_RULES, EPISODE_RULES, ONLINE_RULES)
    return tuple(sorted((rule for table in tables for rule in table.values()), key=lambda rule: rule.id))


def check_online(feed: FeedDocument, *, facts: FeedFacts, online: OnlineReplies) -> tuple[Finding, ...]:
    """Judge a feed that was read by every rule there is; errors come first, then by rule and line."""
    return judge(feed, facts_of_replies(online, facts), more=ONLINE_RULES.values())


def check_feed_file_online(file: str, path: str, replies: str, urls: list[str]) -> tuple[Finding, ...]:
    """Judge a stranger's feed, the local `file` that findings call `path`: to be called in the sandbox.

    `replies` is a local file with OnlineReplies as JSON (empty: nothing was asked). `urls` are the addresses that the
    feed was read from, the one that was asked for first; none where it is a file.
    """
    try:
        feed = read_feed_file(file, path)
    except FeedError as error:
        return (unreadable(error, path),)
    own = find_addresses(feed, most=0).own
    feed = replace(feed, url=own if own in urls else next(iter(urls), None))
    if not replies:
        return judge(feed, FeedFacts())
    return check_online(feed, facts=FeedFacts(), online=read_document(OnlineReplies, Path(replies).read_bytes()))
