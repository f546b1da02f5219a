"""Domain values as JSON and back, for the index and for answers out of the sandbox.

pydantic's TypeAdapters over the domain's own dataclasses: no second class per field. Durations are ISO 8601. It is
imported with the first value, for who only reads a feed in the sandbox never needs it; its errors are ValueErrors.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def render_document(kind: Any, value: object) -> bytes:
    """Render a value of the given type as compact UTF-8 JSON; a lone surrogate, which no UTF-8 is, as JSON's escape."""
    try:
        return _adapter(kind).dump_json(value)
    except ValueError:
        plain = _adapter(kind).dump_python(value, mode="json")
        return json.dumps(plain, separators=(",", ":")).encode("ascii")


def read_document(kind: type[T], document: bytes | str) -> T:
    """Read back what `render_document` wrote; raises pydantic's ValidationError for anything else."""
    value: T
    try:
        value = _adapter(kind).validate_json(document)
    except ValueError:
        plain = _with_surrogates(document)
        if plain is None:
            raise
        value = _adapter(kind).validate_python(plain)
    return value


def _with_surrogates(document: bytes | str) -> Any:
    """Read what pydantic refused for a lone surrogate's escape; None where that is not the reason."""
    text = document if isinstance(document, str) else document.decode("utf-8", "replace")
    try:
        return json.loads(text) if "\\ud" in text else None
    except ValueError:
        return None


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:  # building one takes milliseconds
        from pydantic import TypeAdapter

        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
