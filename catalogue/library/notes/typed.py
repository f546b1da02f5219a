"""Fields as typed by a person → values of a domain class, by the class's own annotations.

One reader for notes and show files: no second class per field, every error of a file in one go, each with
its line. A single value stands for a list of one, a plain text for a table with just its first entry.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from catalogue.errors import CatalogueError, ContentError
from catalogue.library.notes.fields import Field, Fields, in_line_order
from catalogue.library.notes.key_names import nearest_key
from catalogue.library.notes.scalars import read_scalar

TextReader = Callable[[str, str, int], object]
"""Reads the plain text of one class: text, path, line; may raise ContentError."""

# Names inside tables that people write → the domain's field.
INNER_NAMES: dict[str, dict[str, str]] = {
    "Person": {"image": "image_url"},
    "Chapter": {"image": "image_url"},
    "Help": {"tel": "phone"},
    "RemoteAudio": {"length": "size_bytes", "type": "media_type"},
    "Image": {"type": "media_type"},
    "Place": {"type": "media_type"},
    "AlternateEnclosure": {"length": "size_bytes", "type": "media_type", "default": "is_default"},
    "ValueRecipient": {"fee": "is_fee"},
}
_FAILED: Any = object()


def read_fields(
    fields: Fields,
    kind: type,
    *,
    names: Mapping[str, str],
    timezone: str,
    path: str,
    error: type[ContentError],
    texts: Mapping[type, TextReader] | None = None,
) -> dict[str, object]:
    """Type each field as `kind`'s annotation says; gives what is stated, by the names of `kind`'s fields.

    `names` maps a key to a field, or with a dot to a field of the class in it (`review.last_on`); an empty
    value counts as not stated. `timezone` applies to times without one. A class may have a property `lacks`: the
    fields it is not whole without, because of what else was stated. Raises ContentErrors with everything
    that is wrong, as `error`; unknown keys are told the nearest known one.
    """
    reader = _Reader(timezone=timezone, path=path, error=error, texts=texts or {})
    values = reader.read_table(fields, kind, names)
    if reader.errors:
        raise in_line_order(reader.errors)
    return values


class _Reader:
    """Reads one file's fields and collects what is wrong with them."""

    def __init__(
        self, *, timezone: str, path: str, error: type[ContentError], texts: Mapping[type, TextReader]
    ) -> None:
        self.errors: list[ContentError] = []
        self._timezone, self._path, self._error, self._texts = timezone, path, error, texts

    def read_table(self, fields: Fields, kind: type, names: Mapping[str, str], inside: str = "") -> dict[str, object]:
        values: dict[str, object] = {}
        parts: dict[str, dict[str, object]] = {}
        for key, field in fields.items():
            if key not in names:
                self._refuse_key(key, field, names, inside)
                continue
            if field.is_empty:
                continue
            name, _, inner = names[key].partition(".")
            owner = _inner_class(kind, name) if inner else kind
            value = self._value(_shapes(owner)[inner or name], field, inner or name, owner, f"`{key}`{inside}")
            if value is _FAILED:
                continue
            stated, field_name = parts.setdefault(name, {}) if inner else values, inner or name
            if stated.setdefault(field_name, value) != value:
                other = next(one for one in fields if names.get(one) == names[key])
                template = "{what} says something else than `{other}`, which means the same. Remove one of them."
                self._refuse("said-twice", template, field, f"`{key}`{inside}", other=other)
        return values | {name: _inner_class(kind, name)(**inner) for name, inner in parts.items()}

    def _value(self, shape: _Shape, field: Field, name: str, owner: type, what: str) -> Any:
        hint = shape.hint
        if shape.inner is not None:
            items = field.value if isinstance(field.value, list) else [field]
            read = [self._value(shape.inner, each, name, owner, what) for each in items if not each.is_empty]
            return _FAILED if _FAILED in read else tuple(read)
        if shape.is_table:
            return self._object(hint, field, what)
        if not isinstance(field.value, str):
            return self._refuse("not-a-text", "{what} takes one value, without lists or tables in it.", field, what)
        try:
            return read_scalar(hint, field.value, timezone=self._timezone, name=name, owner=owner)
        except CatalogueError as cause:
            params = {name: value for name, value in cause.params.items() if name != "what"}
            return self._refuse(cause.code, cause.template, field, what, **params)

    def _object(self, kind: type, field: Field, what: str) -> Any:
        value = field.value
        if isinstance(value, list):
            return self._refuse("not-a-table", "{what} takes one table or text, not a list.", field, what)
        if isinstance(value, str):
            if kind in self._texts or hasattr(kind, "from_text"):
                return self._from_text(kind, value, field)
            value = {_names_of(kind)[0]: field}
        before = len(self.errors)
        names = {name: name for name in _names_of(kind)} | INNER_NAMES.get(kind.__name__, {})
        found = self.read_table(value, kind, names, f" in {what}")
        if len(self.errors) > before:
            return _FAILED
        missing = [name for name in _required_of(kind) if name not in found]
        made = None if missing else kind(**found)
        missing = missing or list(getattr(made, "lacks", ()))
        if missing:
            ours = {target: key for key, target in INNER_NAMES.get(kind.__name__, {}).items()}
            wanted = ", ".join(f"`{ours.get(name, name)}`" for name in missing)
            return self._refuse("incomplete", "{what} needs {missing} too. Add it.", field, what, missing=wanted)
        return made

    def _from_text(self, kind: Any, text: str, field: Field) -> Any:
        try:
            if kind in self._texts:
                return self._texts[kind](text, self._path, field.line)
            return kind.from_text(text)
        except ContentError as cause:
            self.errors.append(cause)
            return _FAILED

    def _refuse_key(self, key: str, field: Field, names: Mapping[str, str], inside: str) -> None:
        near = nearest_key(key, names)
        if near:
            template = "There is no key `{key}`{inside}. Did you mean `{nearest}`?"
        elif len(names) <= 12:
            template = "There is no key `{key}`{inside}. The keys are {known}."
        else:
            template = "There is no key `{key}`{inside}. Remove it, or put a # before it."
        params = {"key": key[:60], "nearest": near, "known": ", ".join(names), "inside": inside}
        self.errors.append(self._error("unknown-key", template, path=self._path, line=field.line, **params))

    def _refuse(self, code: str, template: str, field: Field, what: str, **params: object) -> Any:
        located = {**params, "what": what}
        self.errors.append(self._error(code, template, path=self._path, line=field.line, **located))
        return _FAILED


@dataclasses.dataclass(frozen=True, slots=True)
class _Shape:
    """What an annotation asks for: one value of `hint`, a table where that is a class, a list of `inner` if any."""

    hint: Any
    inner: _Shape | None
    is_table: bool


@cache
def _shapes(kind: type) -> dict[str, _Shape]:
    return {name: _shape(hint) for name, hint in _hints(kind).items()}


def _shape(hint: Any) -> _Shape:
    if get_origin(hint) in {Union, UnionType}:
        hint = next(each for each in get_args(hint) if each is not NoneType)
    inner = _shape(get_args(hint)[0]) if get_origin(hint) is tuple else None
    is_table = inner is None and isinstance(hint, type) and dataclasses.is_dataclass(hint)
    return _Shape(hint, inner, is_table)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _inner_class(kind: type, name: str) -> type:
    hint = _hints(kind)[name]
    return next((each for each in get_args(hint) if isinstance(each, type) and each is not NoneType), hint)


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _required_of(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind) if each.default is dataclasses.MISSING)
