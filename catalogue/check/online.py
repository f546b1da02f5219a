"""What addresses answered when they were asked, and how a rule over their answers is registered.

Such a rule judges as every other does, by what was found before: it asks nobody itself. Its id is that of the rule
over the feed that it goes on from, where there is one, so that both are disabled together.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Flaw, Judgement, Level, Rule, add_rule, read_rule
from catalogue.domain.facts import CoverFacts
from catalogue.feed_reading import FeedDocument


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What an address answered to HEAD, or to GET where its content is looked at.

    Where nothing came, `failure` is why, in a sentence, and `failure_code` the code of that. `range_status` and
    `content_range` answer a request for the first two bytes (None: not asked); `origin` is who may read it from a
    web page. `content` is the text of chapters, `listed` are the shows of a publisher's feed by their GUIDs.
    `content_fault` says why a picture or such a feed could not be read. `other_until` is the last day on which a
    picture was seen to have other bytes, if it changed of late; None: it did not, or nobody looked before.
    """

    failure: str = ""
    failure_code: str = ""
    status: int = 0
    is_downgraded: bool = False
    size_bytes: int | None = None
    media_type: str = ""
    origin: str = ""
    range_status: int | None = None
    content_range: str = ""
    picture: CoverFacts | None = None
    other_until: date | None = None
    content_fault: str = ""
    content: str | None = None
    listed: tuple[str, ...] | None = None

    @property
    def is_there(self) -> bool:
        """Whether it answered with what was asked for."""
        return not self.failure and 200 <= self.status < 300


@dataclass(frozen=True, kw_only=True)
class FeedReply:
    """What the feed's own address answered.

    `etag` and `last_modified` are empty where it has none. `again_status` is that of a second request, made on
    condition that the feed changed (None: there was nothing to make it with); `is_same`: that one had the same bytes.
    `moved_to` is where it redirects for good; empty where it does not.
    """

    head: Reply
    media_type: str = ""
    coding: str = ""
    size_bytes: int = 0
    etag: str = ""
    last_modified: str = ""
    again_status: int | None = None
    is_same: bool = True
    links: str = ""
    moved_to: str = ""


@dataclass(frozen=True, kw_only=True)
class OnlineReplies:
    """All that was answered, by address as in the feed; `unasked` addresses were left out, for which reason."""

    replies: Mapping[str, Reply] = field(default_factory=dict)
    feed: FeedReply | None = None
    unasked: int = 0


@dataclass(frozen=True, kw_only=True)
class OnlineFacts(FeedFacts):
    """Facts, and what the world answered."""

    online: OnlineReplies = field(default_factory=OnlineReplies)


def facts_of_replies(online: OnlineReplies, facts: FeedFacts | None = None) -> OnlineFacts:
    """Join what is known with what was answered: chapters that are not ours are read from there."""
    facts = facts or FeedFacts()
    known = {one.name: getattr(facts, one.name) for one in dataclasses.fields(FeedFacts)}
    read = {url: one.content.encode() for url, one in online.replies.items() if one.content is not None}
    known["chapters"] = read | dict(facts.chapters)
    if online.feed is not None and online.feed.moved_to:
        known["moved_to"] = online.feed.moved_to
    return OnlineFacts(**known, online=online)


ONLINE_RULES: dict[str, Rule] = {}


def online_rule(rule_id: str, level: Level, *, source: str) -> Callable[[Judgement], Judgement]:
    """Register a rule over a feed and what was answered: a generator of Flaws that takes `feed` and `online`."""

    def register(judge: Judgement) -> Judgement:
        def judge_online(feed: FeedDocument, facts: OnlineFacts) -> Iterator[Flaw]:
            return judge(feed, facts.online)

        add_rule(ONLINE_RULES, read_rule(rule_id, level, source=source, explained=judge, judge=judge_online))
        return judge

    return register
