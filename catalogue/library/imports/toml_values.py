"""A `show.toml` written from values: texts, lists and tables, in their order, each key on its own line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from catalogue.library.notes.fields import clean_text

_HEAD = "# What is true of the whole show, as its feed said it. Lines that begin with # are not read.\n\n"
_PLAIN = {"yes": "true", "no": "false"}
# Keys whose yes and no are said without quotation marks.
_SWITCHES = frozenset({"explicit", "locked", "block", "complete", "podping"})


def render_show_values(values: Mapping[str, Any]) -> str:
    """Write the text of a `show.toml`; every value reads back as the same text, list or table."""
    return _HEAD + "".join(f"{key} = {_switch(key, value) or _value(value)}\n" for key, value in values.items())


def _switch(key: str, value: Any) -> str:
    return _PLAIN.get(value, "") if key in _SWITCHES and isinstance(value, str) else ""


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_value(inner)}' for key, inner in value.items())} }}"
    if isinstance(value, list | tuple):
        inner = [_value(one) for one in value]
        long = len(inner) > 1 and any(one.startswith("{") for one in inner)
        return "[\n" + "".join(f"  {one},\n" for one in inner) + "]" if long else f"[{', '.join(inner)}]"
    return _text(clean_text(str(value)))


def _text(text: str) -> str:
    """A JSON text is a TOML text once control characters are gone; one of several lines stands in several."""
    if "\n" not in text:
        return json.dumps(text, ensure_ascii=False)
    lines = "\n".join(json.dumps(line, ensure_ascii=False)[1:-1] for line in text.split("\n"))
    return f'"""\n{lines}"""'
