"""Which item of a foreign feed is which episode here: by everything both say, and only where no other may be meant."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

# Smaller files may well be of one size by chance.
_LEAST_BYTES = 10_000
# `110`, `ep 3`, `s02e03`, `episode 7`, at the beginning of a plain title.
_NUMBERED = re.compile(r"^(s(eason )?\d+ ?)?(e|ep|episode|episodio|folge|no)? ?\d+( |$)")


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What an item or an episode is known by; None and empty: it does not say."""

    guid: str
    title: str
    published_at: datetime | None = None
    size_bytes: int = 0
    number: str = ""
    season: str = ""
    stem: str = ""
    """Its file's or folder's name, as a slug."""


# What may be the same in both, and how much that counts: the size of a file nearly proves it, a date is often shared.
_SIGNS: tuple[tuple[int, Callable[[Marks], Hashable]], ...] = (
    (8, lambda marks: marks.guid or None),
    (4, lambda marks: marks.size_bytes if marks.size_bytes >= _LEAST_BYTES else None),
    (3, lambda marks: plain_title(marks.title) or None),
    (2, lambda marks: marks.published_at.replace(second=0, microsecond=0) if marks.published_at else None),
    (2, lambda marks: marks.stem or None),
    (1, lambda marks: (marks.season, marks.number) if marks.number else None),
)


def match_items(items: Sequence[Marks], episodes: Sequence[Marks]) -> dict[int, int]:
    """Pair items with episodes, each by its place: whom more speaks for than for any other, on both sides.

    A sign counts where one item and one episode alone have it. What is even between two is left out, and so are two
    titles that have nothing but a number in common: hosts count anew.
    """
    votes: Counter[tuple[int, int]] = Counter()
    for weight, sign in _SIGNS:
        theirs, ours = _alone(items, sign), _alone(episodes, sign)
        votes.update({(theirs[value], ours[value]): weight for value in theirs.keys() & ours.keys()})
    sure = {pair: count for pair, count in votes.items() if count > 1 or not _differ(items[pair[0]], episodes[pair[1]])}
    best_of_item = _best(sure, lambda pair: pair[0])
    best_of_episode = _best(sure, lambda pair: pair[1])
    pairs = ((item, pair[1]) for item, pair in best_of_item.items() if best_of_episode.get(pair[1]) == pair)
    return dict(sorted(pairs))


def _differ(item: Marks, episode: Marks) -> bool:
    """Whether both have a title, and another."""
    titles = plain_title(item.title), plain_title(episode.title)
    return all(titles) and titles[0] != titles[1]


def plain_title(title: str) -> str:
    """A title without what is written in several ways: its number before it, case, accents, signs, blanks.

    >>> plain_title("#110 – Meet the Husbands!"), plain_title("Ep. 3: Después"), plain_title("1984")
    ('meet the husbands', 'despues', '1984')
    """
    bare = "".join(one for one in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(one))
    plain = " ".join(re.findall(r"\w+", bare))
    return _NUMBERED.sub("", plain, count=1) or plain


def _alone(marks: Iterable[Marks], sign: Callable[[Marks], Hashable]) -> dict[Hashable, int]:
    """The values that only one has, with its place."""
    values = [sign(one) for one in marks]
    counts = Counter(values)
    return {value: place for place, value in enumerate(values) if value is not None and counts[value] == 1}


def _best(votes: Mapping[tuple[int, int], int], side: Callable[[tuple[int, int]], int]) -> dict[int, tuple[int, int]]:
    """For each on one side the pair with most votes; none where two have as many."""
    found: dict[int, list[tuple[int, tuple[int, int]]]] = {}
    for pair, count in votes.items():
        found.setdefault(side(pair), []).append((count, pair))
    ranked = {one: sorted(pairs, reverse=True) for one, pairs in found.items()}
    return {one: pairs[0][1] for one, pairs in ranked.items() if len(pairs) == 1 or pairs[0][0] > pairs[1][0]}
