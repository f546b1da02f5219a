"""What of a feed did not come along, and which files did not come, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.actions.errands.failures import read_problem
from catalogue.domain.plan import Problem
from web.studio.faults import Told, told_problem
from web.studio.words import studio_words

# Names of elements that stand in an item have this before them.
ITEM = "item "
# Elements that feeds often have → what they are about (`tag_…` of the words); others are named alone.
ABOUT = {
    "itunes:keywords": "keywords",
    "media:keywords": "keywords",
    "category": "keywords",
    "googleplay:category": "category",
    "itunes:category": "category",
    "media:category": "category",
    "sy:updatePeriod": "often",
    "sy:updateFrequency": "often",
    "sy:updateBase": "often",
    "rawvoice:frequency": "often",
    "rawvoice:location": "place",
    "rawvoice:rating": "rating",
    "media:rating": "rating",
    "rawvoice:subscribe": "subscribe",
    "author": "author",
    "dc:creator": "author",
    "googleplay:author": "author",
    "googleplay:owner": "author",
    "media:credit": "author",
    "googleplay:email": "email",
    "itunes:email": "email",
    "link": "link",
    "itunes:link": "link",
    "comments": "comments",
    "slash:comments": "comments",
    "wfw:commentRss": "comments",
    "media:content": "copies",
    "media:group": "copies",
    "media:thumbnail": "pictures",
    "itunes:order": "order",
    "podcast:liveItem": "live",
}


@dataclass(frozen=True, kw_only=True)
class Unused(Told):
    """A sentence about elements of a feed, then what they are about (empty: nobody knows) and their names."""

    elements: tuple[tuple[str, tuple[str, ...]], ...]


def left_behind(outcome: Mapping[str, Any]) -> tuple[Told, ...]:
    """Say what a feed has that the library has not; `outcome` is that of a look or of an import."""
    remarks = (told_problem(read_problem(one)) for one in outcome["remarks"])
    passed = (_told(*_read(one)) for one in outcome["passed_over"])
    left = (_told(*_read(one)) for one in outcome["left"])
    return (*remarks, *passed, *left, *_unknown(outcome["unknown"]))


def not_come(outcome: Mapping[str, Any]) -> tuple[Told, ...]:
    """Say why files did not come, and episodes were refused."""
    return tuple(told_problem(read_problem(one)) for one in (*outcome["failures"], *outcome["refused"]))


def _read(kept: Any) -> tuple[Problem, int]:
    """What was kept of one, and how often it is so; older versions kept sentences."""
    match kept:
        case [dict() as problem, int(count)]:
            return read_problem(problem), count
        case [str(what), str(why), *count]:
            return read_problem(f"{what}: {why}"), count[0] if count else 1
    return read_problem(kept), 1


def _told(problem: Problem, count: int) -> Told:
    told = told_problem(problem)
    return told if count == 1 else Told(sentence=f"{told.sentence} ({count} ×)", language=told.language)


def _unknown(names: Iterable[str]) -> Iterator[Unused]:
    words = studio_words()
    of_items = [name.removeprefix(ITEM) for name in names if name.startswith(ITEM)]
    of_show = [name for name in names if not name.startswith(ITEM)]
    for key, found in (("import_unknown", of_show), ("import_unknown_items", of_items)):
        if found:
            yield Unused(sentence=words(key), language=words.language, elements=_by_subject(found))


def _by_subject(names: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names together with others that are about the same; what nobody knows is last."""
    words, found = studio_words(), dict[str, list[str]]()
    for name in sorted(names, key=lambda one: one not in ABOUT):
        about = words(f"tag_{ABOUT[name]}") if name in ABOUT else ""
        found.setdefault(about, []).append(name)
    return tuple((about, tuple(same)) for about, same in found.items())
