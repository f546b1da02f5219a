"""What can be asked of the API, as one table: routes, guard, reading of bodies and the description all come from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.domain.rights import Right
from catalogue.domain.tokens import Scope

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
MARKDOWN = "text/markdown"
PIECE = "application/offset+octet-stream"
_PLACE = re.compile(r"<(\w+)>")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a view answers: `value` is of the type that its operation gives, `version` is that of the file behind it."""

    value: object = None
    status: int = 0
    """0: the one that the operation states."""
    headers: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None


View = Callable[..., Reply]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing to ask. `scope` and `right` None: for anybody.

    `takes` is the type of its body, None: it has none, or reads it by itself where `media` is stated. `asks` is the
    type of its query. `gives` is the type of its answer, None: an empty one, or text where `answers` is Markdown.
    """

    name: str
    method: str
    pattern: str
    view: View
    scope: Scope | None
    right: Right | None
    takes: Any = None
    media: tuple[str, ...] = ()
    asks: Any = None
    gives: Any = None
    answers: str = JSON
    status: int = 200
    is_versioned: bool = False
    """Whether its answer has the ETag of the file behind it; one that changes that file needs `If-Match`."""

    @property
    def path(self) -> str:
        """Its address as OpenAPI writes it: `/api/v1/shows/{show}`."""
        return _PLACE.sub(r"{\1}", self.pattern)

    @property
    def places(self) -> tuple[str, ...]:
        """The names of what is filled in in its address."""
        return tuple(_PLACE.findall(self.pattern))

    @property
    def summary(self) -> str:
        """What it does, in a sentence: the first line of its docstring."""
        return (self.view.__doc__ or "").strip().partition("\n")[0]

    @property
    def needs_match(self) -> bool:
        """Whether it is asked only for a version that was seen."""
        return self.is_versioned and self.method in ("PUT", "PATCH")


OPERATIONS: dict[str, Operation] = {}
"""By name, which is that of its route below the blueprint, too."""


def operation(
    method: str, pattern: str, *, name: str, scope: Scope | None, right: Right | None, **stated: Any
) -> Callable[[View], View]:
    """Register a view as an operation; it must say who may ask for it, be it that anybody may (None)."""

    def register(view: View) -> View:
        if name in OPERATIONS:
            raise ValueError(f"two operations are called {name}")
        OPERATIONS[name] = Operation(
            name=name, method=method, pattern=pattern, view=view, scope=scope, right=right, **stated
        )
        return view

    return register
