"""How a rule of the linter is written, registered and applied.

A rule is a generator that asks by name for what it judges: `feed`, `facts`, and under `@item_rule`, which takes
one episode at a time, `item`. It yields Flaws; the registry knows the rest (id, level, source), so that a rule's
body is nothing but the judgement.
The first paragraph of a rule's docstring says what is demanded, the paragraph after `Mend:` what to do.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from catalogue.check.facts import FeedFacts
from catalogue.feed_reading import Element, FeedDocument, Item

VALUE_LENGTH = 120


class Level(StrEnum):
    """Error: a directory rejects it or listeners see breakage. Warning: known to bite. Advice: better otherwise."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What `check` reports; `where` is the show or the episode by title, `guid` that of the episode.

    `value` is what was found there, shortened; `source` whose demand it is, `mend` what to do; `line` counts from 1 in
    the XML, `element` is what stands there, where one element is at fault. `file` and `file_line` say where the value
    was written: in the library's file that states it, or in a feed that somebody else wrote.
    """

    rule: str
    level: Level
    message: str
    where: str
    guid: str = ""
    value: str = ""
    source: str = ""
    line: int | None = None
    element: str = ""
    mend: str = ""
    file: str = ""
    file_line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """What a rule yields: the sentence, and where the rule's own defaults do not fit, the rest."""

    message: str
    at: Element | None = None
    value: str | None = None
    level: Level | None = None
    item: Item | None = None


Judgement = Callable[..., Iterator[Flaw]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A registered rule. `demand` and `mend` are for people; `judge` gives the flaws of a whole feed."""

    id: str
    level: Level
    source: str
    demand: str
    mend: str
    judge: Judgement

    def findings(self, feed: FeedDocument, facts: FeedFacts) -> Iterator[Finding]:
        """Judge a feed; in the order of the feed."""
        for flaw in self.judge(feed, facts):
            place = flaw.at or flaw.item or feed.channel
            value = flaw.value if flaw.value is not None else flaw.at.text() if flaw.at else ""
            yield Finding(
                rule=self.id,
                level=flaw.level or self.level,
                message=flaw.message,
                where=flaw.item.title if flaw.item else feed.title,
                guid=flaw.item.guid if flaw.item else "",
                value=shortened(value),
                source=self.source,
                line=place.line or None,
                element=flaw.at.name if flaw.at else "",
                mend=self.mend,
            )


RULES: dict[str, Rule] = {}


def rule(rule_id: str, level: Level, *, source: str) -> Callable[[Judgement], Judgement]:
    """Register a rule over the feed; `level` is what its flaws weigh unless they say otherwise."""

    def register(judge: Judgement) -> Judgement:
        wanted = _wanted(judge)

        def judge_feed(feed: FeedDocument, facts: FeedFacts) -> Iterator[Flaw]:
            known = {"feed": feed, "facts": facts}
            return judge(**{name: known[name] for name in wanted})

        _register(rule_id, level, source=source, doc=judge.__doc__, judge=judge_feed)
        return judge

    return register


def item_rule(rule_id: str, level: Level, *, source: str) -> Callable[[Judgement], Judgement]:
    """Register a rule over each episode; its flaws get the episode by themselves."""

    def register(judge: Judgement) -> Judgement:
        wanted = _wanted(judge)

        def judge_items(feed: FeedDocument, facts: FeedFacts) -> Iterator[Flaw]:
            for item in feed.items:
                known = {"item": item, "feed": feed, "facts": facts}
                for flaw in judge(**{name: known[name] for name in wanted}):
                    yield replace(flaw, item=item)

        _register(rule_id, level, source=source, doc=judge.__doc__, judge=judge_items)
        return judge

    return register


def _wanted(judge: Judgement) -> tuple[str, ...]:
    return tuple(inspect.signature(judge).parameters)


def _register(rule_id: str, level: Level, *, source: str, doc: str | None, judge: Judgement) -> None:
    demand, _, mend = (doc or "").partition("Mend:")
    RULES[rule_id] = Rule(
        id=rule_id, level=level, source=source, demand=_flowed(demand), mend=_flowed(mend), judge=judge
    )


def shortened(value: str) -> str:
    """A value on one line, cut where it would fill the screen."""
    flat = _flowed(value[: VALUE_LENGTH * 4])
    return flat if len(flat) <= VALUE_LENGTH else f"{flat[: VALUE_LENGTH - 1]}…"


def _flowed(text: str) -> str:
    return " ".join(text.split())
