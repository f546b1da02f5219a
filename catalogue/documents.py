"""Domain values as JSON and back, for the index and for answers out of the sandbox.

pydantic's TypeAdapters over the domain's own dataclasses: no second class per field. Durations are ISO 8601.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")
_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def render_document(kind: Any, value: object) -> bytes:
    """Render a value of the given type as compact UTF-8 JSON."""
    return _adapter(kind).dump_json(value)


def read_document(kind: type[T], document: bytes | str) -> T:
    """Read back what `render_document` wrote; raises pydantic's ValidationError for anything else."""
    value: T = _adapter(kind).validate_json(document)
    return value


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:  # building one takes milliseconds
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
