"""A condition on episodes as somebody types it: `season=2 and (explicit=no or title~"second opinion")`.

Pure: what a key means and how its values compare is for who asks. `and` binds closer than `or`, `not` closest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from catalogue.errors import ConditionError

# Deeper than anybody writes by hand, and shallow enough for every stack.
MOST_DEPTH = 50
MOST_CHARACTERS = 10_000
OPERATORS = ("!=", "<=", ">=", "=", "<", ">", "~")
_TOKEN = re.compile(
    r"\s*(?:(?P<sign>!=|<=|>=|[=<>~()])|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<word>[^\s=<>~()!\"']+))"
)
_WORDS = frozenset(("and", "or", "not"))


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One comparison: key, operator, the text beside it; `position` is that of the key, from 1."""

    key: str
    operator: str
    text: str
    position: int
    text_position: int


@dataclass(frozen=True, kw_only=True)
class Both:
    """True where all parts are."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class Either:
    """True where any part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class Not:
    """True where its part is not."""

    part: Condition


Condition: TypeAlias = "Comparison | Both | Either | Not"
EVERYTHING = Both(parts=())
"""What holds for every episode."""


def read_condition(text: str) -> Condition:
    """Read a condition; raises ConditionError that says where it goes wrong.

    >>> read_condition("season=2 or not draft=yes").parts[1].part.key
    'draft'
    """
    if len(text) > MOST_CHARACTERS:
        raise ConditionError("too-long", "The condition has more than {most} characters.", most=MOST_CHARACTERS)
    reader = _Reader(text)
    found = reader.either(depth=0)
    reader.expect_end()
    return found


def holds(condition: Condition, is_met: Callable[[Comparison], bool]) -> bool:
    """Whether a condition holds, where `is_met` judges one comparison."""
    if isinstance(condition, Both):
        return all(holds(part, is_met) for part in condition.parts)
    if isinstance(condition, Either):
        return any(holds(part, is_met) for part in condition.parts)
    return not holds(condition.part, is_met) if isinstance(condition, Not) else is_met(condition)


def comparisons_of(condition: Condition) -> Iterator[Comparison]:
    """Every comparison in a condition, from left to right."""
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, Not):
        yield from comparisons_of(condition.part)
    else:
        for part in condition.parts:
            yield from comparisons_of(part)


@dataclass(frozen=True)
class _Token:
    """A sign, a word or a quoted text, and where it stands, from 1."""

    text: str
    position: int
    is_quoted: bool = False

    def is_word(self, word: str) -> bool:
        return not self.is_quoted and self.text.lower() == word


class _Reader:
    """Reads tokens from left to right, one function for each way of joining."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._end = _Token("", len(text.rstrip()) + 1)
        self._at = 0

    def either(self, *, depth: int) -> Condition:
        parts = [self._both(depth=depth)]
        while self._takes("or"):
            parts.append(self._both(depth=depth))
        return parts[0] if len(parts) == 1 else Either(parts=tuple(parts))

    def expect_end(self) -> None:
        token = self._next()
        if token is not self._end:
            template = "At character {position}: “{found}” stands where and, or, or the end should be."
            raise _fault("condition-end", template, token)

    def _both(self, *, depth: int) -> Condition:
        parts = [self._single(depth=depth)]
        while self._takes("and"):
            parts.append(self._single(depth=depth))
        return parts[0] if len(parts) == 1 else Both(parts=tuple(parts))

    def _single(self, *, depth: int) -> Condition:
        if depth > MOST_DEPTH:
            raise _fault("condition-depth", "At character {position}: it is nested too deeply.", self._next())
        if self._takes("not"):
            return Not(part=self._single(depth=depth + 1))
        if not self._takes("("):
            return self._test()
        inner = self.either(depth=depth + 1)
        if not self._takes(")"):
            raise _fault("condition-bracket", "At character {position}: a ) is missing.", self._next())
        return inner

    def _test(self) -> Comparison:
        key = self._next()
        if key is self._end or key.is_quoted or key.text in (*OPERATORS, "(", ")") or key.text.lower() in _WORDS:
            template = "At character {position}: a key is missing, as in season=2."
            raise _fault("condition-key", template, key)
        operator = self._next()
        if operator.is_quoted or operator.text not in OPERATORS:
            template = "At character {position}: one of {operators} is missing behind “{key}”."
            raise _fault("condition-operator", template, operator, key=key.text, operators=" ".join(OPERATORS))
        value = self._next()
        if value is self._end or (not value.is_quoted and value.text in (*OPERATORS, "(", ")")):
            template = (
                'At character {position}: a value is missing behind “{key}”. For what is not stated write {key}="".'
            )
            raise _fault("condition-value", template, value, key=key.text)
        return Comparison(
            key=key.text,
            operator=operator.text,
            text=value.text,
            position=key.position,
            text_position=value.position,
        )

    def _takes(self, word: str) -> bool:
        is_there = self._at < len(self._tokens) and self._tokens[self._at].is_word(word)
        self._at += is_there
        return is_there

    def _next(self) -> _Token:
        token = self._tokens[self._at] if self._at < len(self._tokens) else self._end
        self._at += 1
        return token


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            token = _Token(text[at:].strip()[:20], at + 1 + len(text[at:]) - len(text[at:].lstrip()))
            if token.text.startswith(('"', "'")):
                raise _fault("condition-quote", "At character {position}: a quotation mark is not closed.", token)
            raise _fault("condition-sign", "At character {position}: “{found}” means nothing here.", token)
        kind = str(found.lastgroup)
        is_quoted = kind in ("double", "single")
        yield _Token(found[kind], found.start(kind) + 1 - is_quoted, is_quoted)
        at = found.end()


def _fault(code: str, template: str, token: _Token, **params: object) -> ConditionError:
    return ConditionError(code, template, position=token.position, found=token.text[:40], **params)
