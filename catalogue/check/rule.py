"""How a rule of the linter is written, registered and applied.

A rule is a generator that asks by name for what it judges: `feed`, `facts`, and under `@item_rule`, which takes
one episode at a time, `item`; rules over the library are in `library_rule.py`. It yields Flaws; the registry knows the
rest (id, level, source), so that a rule's body is nothing but the judgement.
The first paragraph of a rule's docstring says what is demanded, the one after `Mend:` what to do; `Passes:` and
`Fails:` are followed by an example each. The suite runs them, and `docs/rules.md` is made of it all.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from catalogue.check.facts import FeedFacts, LibraryEpisode
from catalogue.feed_reading import Element, FeedDocument, Item

VALUE_LENGTH = 120
_HEADS = re.compile(r"^(Mend|Passes|Fails):", re.MULTILINE)


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
    """What a rule yields: the sentence, and where the rule's own defaults do not fit, the rest.

    Of the library: `key` is one of the note or of show.toml, `notes_line` counts from 1 in the notes,
    which are those of a translation where `language` is stated; `path` is a file.
    """

    message: str
    at: Element | None = None
    value: str | None = None
    level: Level | None = None
    item: Item | None = None
    episode: LibraryEpisode | None = None
    key: str = ""
    notes_line: int | None = None
    language: str = ""
    path: str = ""


Judgement = Callable[..., Iterator[Flaw]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A registered rule. `demand` and `mend` are for people, `passes` and `fails` an example of each (`""`: none).

    `judge` gives the flaws of a whole feed, or of the library where the rule is one over that (`library_rule.py`).
    """

    id: str
    level: Level
    source: str
    demand: str
    mend: str
    judge: Judgement
    passes: str = ""
    fails: str = ""

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
        wanted = wanted_by(judge)

        def judge_feed(feed: FeedDocument, facts: FeedFacts) -> Iterator[Flaw]:
            known = {"feed": feed, "facts": facts}
            return judge(**{name: known[name] for name in wanted})

        add_rule(RULES, read_rule(rule_id, level, source=source, explained=judge, judge=judge_feed))
        return judge

    return register


def item_rule(rule_id: str, level: Level, *, source: str) -> Callable[[Judgement], Judgement]:
    """Register a rule over each episode; its flaws get the episode by themselves."""

    def register(judge: Judgement) -> Judgement:
        wanted = wanted_by(judge)

        def judge_items(feed: FeedDocument, facts: FeedFacts) -> Iterator[Flaw]:
            known: dict[str, Any] = {"feed": feed, "facts": facts}
            for item in feed.items:
                known["item"] = item
                for flaw in judge(**{name: known[name] for name in wanted}):
                    yield replace(flaw, item=item)

        add_rule(RULES, read_rule(rule_id, level, source=source, explained=judge, judge=judge_items))
        return judge

    return register


def wanted_by(judge: Judgement) -> tuple[str, ...]:
    """The names of what a rule asks for."""
    return tuple(inspect.signature(judge).parameters)


def read_rule(rule_id: str, level: Level, *, source: str, explained: Judgement, judge: Judgement) -> Rule:
    """Make the rule that `judge` applies and the docstring of `explained` explains."""
    demand, *rest = _HEADS.split(inspect.cleandoc(explained.__doc__ or ""))
    told = dict(zip(rest[::2], rest[1::2], strict=True))
    return Rule(
        id=rule_id,
        level=level,
        source=source,
        demand=_flowed(demand),
        mend=_flowed(told.get("Mend", "")),
        passes=textwrap.dedent(told.get("Passes", "")).strip(),
        fails=textwrap.dedent(told.get("Fails", "")).strip(),
        judge=judge,
    )


def add_rule(table: dict[str, Rule], rule: Rule) -> None:
    """Put a rule into a table; an id is given once."""
    if rule.id in table:
        raise ValueError(f"two rules are called {rule.id}")
    table[rule.id] = rule


def shortened(value: str) -> str:
    """A value on one line, cut where it would fill the screen."""
    flat = _flowed(value[: VALUE_LENGTH * 4])
    return flat if len(flat) <= VALUE_LENGTH else f"{flat[: VALUE_LENGTH - 1]}…"


def _flowed(text: str) -> str:
    return " ".join(text.split())
