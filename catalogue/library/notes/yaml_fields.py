"""YAML as Fields: a plain mapping of texts, lists and tables, with nothing YAML could make of it.

Built from the parser's events and not by a loader: no type is guessed, no object is made, no alias can
multiply, and nesting is counted before it can hurt.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from catalogue.errors import ContentError, ContentErrors
from catalogue.library.notes.fields import DEPTH_LIMIT, Field, FieldValue, clean_text, in_line_order

EVENT_LIMIT = 20_000
TOO_DEEP = "Values are nested too deeply here. Write them flatter."
_PARSED_DEPTH = 100
_TOO_DEEP = object()
NOTHING = frozenset({"", "~", "null"})
# What an event changes in how deep the values stand.
_DEEPER = {
    yaml.MappingStartEvent: 1,
    yaml.SequenceStartEvent: 1,
    yaml.MappingEndEvent: -1,
    yaml.SequenceEndEvent: -1,
}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where libyaml was there to build it

# What libyaml says → what it means to somebody who writes notes.
_MENDS = {
    "mapping values are not allowed in this context": "there is a second colon, or a line is indented too far. "
    'Put the text in quotes: title: "Part two: the answer"',
    "found character that cannot start any token": "a text cannot begin with this sign, and tabs cannot indent. "
    "Put the text in quotes, indent with spaces",
    "found unexpected end of stream": "a quotation mark is not closed. Close it",
    "did not find expected ',' or ']'": "a [ is not closed. Close it with ]",
    "did not find expected ',' or '}'": "a { is not closed. Close it with }",
    "could not find expected ':'": "a line has no colon. Write key: value",
    "did not find expected <document start>": "three dots end YAML too early. Remove them",
    "found unknown escape character": "a backslash means something between double quotes. Use single quotes",
    "found invalid Unicode character escape code": "a text names no character behind its backslash. Write the "
    "character itself",
    "found a tab character that violates indentation": "a line is indented with a tab. Indent with spaces",
    "found a tab character where an indentation space is expected": "a line is indented with a tab. Indent with spaces",
    "did not find expected node content": "a value is begun and not finished. Finish it, or put the text in quotes",
    "did not find expected key": "a line is indented unlike the others, or a text goes on behind its "
    "quotation mark. Indent all alike, or put the text in other quotes",
    "did not find expected '-' indicator": "a list has a line that does not begin with -. Begin each with -",
    "block sequence entries are not allowed in this context": "a list begins on its key's line. Begin it on the next",
    "did not find expected alphabetic or numeric character": "a text cannot begin with * or &. Put it in quotes",
    "did not find expected comment or line break": "a text cannot begin with > or |. Put it in quotes",
    "did not find expected hexdecimal number": "a backslash means something between double quotes. Use single quotes",
    "found undefined tag handle": "a text cannot begin with !. Put it in quotes",
}
_OPENED = ("while scanning a quoted scalar", "while scanning a simple key", "while parsing a flow")


def read_events(text: str, *, path: str, error: type[ContentError], first_line: int) -> list[Any]:
    """Parse YAML into the parser's events, without anything beyond the first EVENT_LIMIT.

    Raises ContentErrors for broken YAML, with the line in the file (`first_line` is that of the text's first).
    """
    try:
        events = list(islice(_shallow(yaml.parse(text, Loader=_LOADER)), EVENT_LIMIT))
    except yaml.MarkedYAMLError as cause:
        # what is never closed is mended where it was opened, anything else where the parser met it
        is_open = (cause.context or "").startswith(_OPENED)
        mark = cause.context_mark if is_open and cause.context_mark else cause.problem_mark
        line = first_line + (min(mark.line, text.count("\n")) if mark else 0)
        why = _MENDS.get(cause.problem or "", cause.problem or "it is broken")
        template = "The front matter is not YAML I can read: {why}."
        raise ContentErrors((error("yaml", template, path=path, line=line, why=why),)) from cause
    except yaml.YAMLError as cause:
        template = "The front matter is not YAML I can read: {why}."
        raise ContentErrors((error("yaml", template, path=path, line=first_line, why=str(cause)[:120]),)) from cause
    if events and events[-1] is _TOO_DEEP:
        line = first_line + (events[-2].start_mark.line if len(events) > 1 else 0)
        raise ContentErrors((error("too-deep", TOO_DEEP, path=path, line=line),))
    if len(events) == EVENT_LIMIT:
        template = "The front matter has too many values. Move text below the closing ---."
        raise ContentErrors((error("too-many-values", template, path=path, line=first_line),))
    return events


def _shallow(events: Iterator[Any]) -> Iterator[Any]:
    """Stop long before depth slows the parser down, which it does with its square."""
    depth = 0
    for event in events:
        yield event
        depth += _DEEPER.get(type(event), 0)
        if depth > _PARSED_DEPTH:
            yield _TOO_DEEP
            return


def read_yaml(text: str, *, path: str, error: type[ContentError], first_line: int = 1) -> dict[str, Field]:
    """Read a YAML mapping; an empty text is an empty mapping.

    Raises ContentErrors with everything that is wrong: broken YAML, duplicate keys, aliases, tags.
    """
    events = read_events(text, path=path, error=error, first_line=first_line)
    reader = _Reader(iter(events), path=path, error=error, first_line=first_line)
    fields = reader.read()
    if reader.errors:
        raise in_line_order(reader.errors)
    return fields


class _Reader:
    """Walks the events once; what it refuses it collects and reads on."""

    def __init__(self, events: Iterator[Any], *, path: str, error: type[ContentError], first_line: int) -> None:
        self.errors: list[ContentError] = []
        self._events = events
        self._path = path
        self._error = error
        self._first_line = first_line

    def read(self) -> dict[str, Field]:
        """Give the mapping of the first document; anything else at the top is refused."""
        top: FieldValue = {}
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and event.explicit:
                self._refuse("several-documents", "This line begins a second YAML document. Remove it.", event)
                break
            if isinstance(event, yaml.NodeEvent):
                top = self._value(event, depth=0).value
                if not isinstance(top, dict) and top != "":
                    self._refuse("not-a-mapping", "Front matter is lines of `key: value`. Write them so.", event)
        return top if isinstance(top, dict) else {}

    def _value(self, event: Any, *, depth: int) -> Field:
        line = self._line(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse("alias", "`*{name}` repeats another value. Write the value out.", event, name=event.anchor)
            return Field("", line)
        self._refuse_extras(event)
        if depth > DEPTH_LIMIT:
            if isinstance(event, yaml.CollectionStartEvent):
                self._skip()
            self._refuse_depth(event)
            return Field("", line)
        if isinstance(event, yaml.MappingStartEvent):
            return Field(self._mapping(depth=depth), line)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(item, depth=depth + 1))
            return Field(items, line)
        return Field(_scalar(event), line)

    def _mapping(self, *, depth: int) -> dict[str, Field]:
        found: dict[str, Field] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            name = self._value(key, depth=depth + 1).value
            field = self._value(next(self._events), depth=depth + 1)
            if not isinstance(name, str):
                self._refuse("odd-key", "A key must be a single word. Put texts with brackets in quotes.", key)
            elif name in found:
                first = found[name].line
                template = "`{key}` stands here a second time (first in line {first}). Remove one."
                self._refuse("duplicate-key", template, key, key=name, first=first)
            else:
                found[name] = Field(field.value, self._line(key) if isinstance(field.value, str) else field.line)
        return found

    def _refuse_depth(self, event: Any) -> None:
        if all(error.code != "too-deep" for error in self.errors):  # once is enough
            self._refuse("too-deep", TOO_DEEP, event)

    def _skip(self) -> None:
        depth = 1
        while depth:
            event = next(self._events)
            depth += _DEEPER.get(type(event), 0)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            template = "`&{name}` names a value to repeat it. Write the value out each time."
            self._refuse("anchor", template, event, name=event.anchor)
        if event.tag is not None:
            self._refuse("tag", "`{tag}` is a YAML tag. Leave it out, or put the text in quotes.", event, tag=event.tag)

    def _line(self, event: Any) -> int:
        return self._first_line + int(event.start_mark.line)

    def _refuse(self, code: str, template: str, event: Any, **params: object) -> None:
        self.errors.append(self._error(code, template, path=self._path, line=self._line(event), **params))


def _scalar(event: Any) -> str:
    text = clean_text(event.value)
    return "" if event.implicit[0] and text in NOTHING else text
