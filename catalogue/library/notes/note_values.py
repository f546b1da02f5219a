"""Values as text for front matter: what `read_note` and the readers behind it read back as the same."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from catalogue.library.notes.fields import clean_text
from catalogue.library.notes.moments import render_duration
from catalogue.library.notes.typed import INNER_NAMES

# Words alone, behind a letter; and what YAML 1.1 would take for something else.
_SIMPLE = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/()'-]| (?! |$))*|https?://[A-Za-z0-9._~/?=&%+@!$();,-]*[A-Za-z0-9/]")
# The same with a colon and a blank in it, which wants quotation marks.
_QUOTED = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/()',;!?:-]| (?! |$))*")
_BARE = re.compile(r"[0-9](?:[0-9T:.+-]*[0-9Z])?(?: [0-9](?:[0-9:.+-]*[0-9Z])?)?|true|false|yes|no")
_NO_TEXTS = frozenset({"y", "n", "yes", "no", "true", "false", "on", "off", "null"})


class Bare(str):
    """A number, a date, a yes: text that wants no quotation marks, unless YAML could not read it without."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """YAML as people write it: lists indented, long texts as blocks, no line folded."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:  # a block keeps no blanks and line ends around it
        style = "|" if text == text.strip() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


def _represent_plain(dumper: _Dumper, text: Bare) -> yaml.ScalarNode:
    tag = dumper.resolve(yaml.ScalarNode, str(text), (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(tag, str(text))


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Bare, _represent_plain)


def render_entry(key: str, value: object) -> str:
    """Render one key with its value as YAML lines, each ending in a line feed.

    Texts are quoted where YAML would take them for something else; dates, numbers and yes or no are not.
    """
    plain = plain_value(value)
    quick = _quick_entry(key, plain, "")
    if quick is not None:  # YAML would write the same, slowly
        return quick
    return _render_bare(key, str(value)) if isinstance(value, Bare) else _dumped(key, plain)


@lru_cache(maxsize=64)  # what is set in ten thousand notes is written once
def _render_bare(key: str, text: str) -> str:
    return _dumped(key, Bare(text))


def _dumped(key: str, plain: object) -> str:
    return yaml.dump({key: plain}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**30)


def _quick_entry(key: str, value: Any, indent: str) -> str | None:
    """An entry of texts that YAML writes as they are, in tables and lists of them; None where anything else is."""
    if type(value) is str and ": " in value and _QUOTED.fullmatch(value):
        return f"{indent}{key}: '{value.replace(chr(39), chr(39) * 2)}'\n"
    if isinstance(value, str):
        return f"{indent}{key}: {value}\n" if _is_simple(value) else None
    if isinstance(value, Mapping):
        entries = [_quick_entry(name, inner, f"{indent}  ") for name, inner in value.items()]
    else:
        entries = [_quick_item(inner, f"{indent}  ") for inner in value]
    return None if None in entries or not entries else f"{indent}{key}:\n{''.join(map(str, entries))}"


def _quick_item(value: Any, indent: str) -> str | None:
    if isinstance(value, str):
        return f"{indent}- {value}\n" if _is_simple(value) else None
    entries = [_quick_entry(name, inner, f"{indent}  ") for name, inner in value.items()] if _is_table(value) else []
    return None if None in entries or not entries else f"{indent}- {''.join(map(str, entries)).lstrip()}"


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_simple(text: str) -> bool:
    """Whether YAML writes a text as it is: words behind a letter, or a plain number or moment."""
    if isinstance(text, Bare):
        return _BARE.fullmatch(text) is not None
    return _SIMPLE.fullmatch(text) is not None and text.lower() not in _NO_TEXTS


def plain_value(value: object) -> Any:
    """Give a value as texts, lists and tables; a domain object as its stated fields."""
    if isinstance(value, Bare):
        return Bare(clean_text(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        ours = {target: key for key, target in INNER_NAMES.get(type(value).__name__, {}).items()}
        stated = [(each.name, getattr(value, each.name), each.default) for each in dataclasses.fields(value)]
        return {_key(ours.get(name, name)): plain_value(found) for name, found, default in stated if found != default}
    if isinstance(value, Mapping):
        return {_key(str(key)): plain_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(inner) for inner in value]
    return Bare(_TEXTS[type(value)](value)) if type(value) in _TEXTS else clean_text(str(value))


def _key(name: str) -> str:
    """A key as people write it: `on` is quoted by YAML 1.1 alone, which took it for a yes."""
    return Bare(name) if name.isidentifier() else name


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "true" if value else "false",
    int: str,
    Decimal: lambda value: f"{value:f}",
    datetime: _moment,
    date: date.isoformat,
    timedelta: render_duration,
}
