"""Values out of a foreign feed, judged as if somebody had typed them; what would be refused is taken out and named.

One reader decides what may stand in a library, wherever it comes from. Each text gets a line of its own, so that
what is wrong with one costs that one: a person's picture, not the person; a person, not the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from catalogue.errors import ContentErrors
from catalogue.library.imports.mapped import Left
from catalogue.library.notes.fields import Field, Fields, clean_text

Values = Mapping[str, Any]
Path = tuple[str | int, ...]
# Of a text that is refused no more is said.
_ROUNDS = 6


def judged(values: Values, read: Callable[[Fields], object]) -> tuple[dict[str, Any], tuple[Left, ...]]:
    """Give what `read` takes of plain values (texts, lists and tables), and what it refuses.

    `read` gets Fields and raises ContentErrors; it is asked again until it has no more to say.
    """
    kept, left = dict(values), list[Left]()
    for _ in range(_ROUNDS):
        lines: list[Path] = []
        try:
            read({key: _field(value, (key,), lines) for key, value in kept.items()})
        except ContentErrors as several:
            paths = {lines[error.line - 1]: error for error in several.errors if error.line}
            left += [
                Left(what=str(path[0]), why=error.sentence, code=error.code, said=error.said)
                for path, error in paths.items()
            ]
            kept = _without(kept, set(paths), ())
        else:
            return kept, tuple(left)
    return {}, (*left, Left(what="all", why="Nothing of it could be read.", code="nothing-read"))


def _field(value: Any, path: Path, lines: list[Path]) -> Field:
    lines.append(path)
    line = len(lines)
    if isinstance(value, Mapping):
        return Field({key: _field(inner, (*path, key), lines) for key, inner in value.items()}, line)
    if isinstance(value, list | tuple):
        return Field([_field(inner, (*path, place), lines) for place, inner in enumerate(value)], line)
    return Field(clean_text(str(value)), line)


def _without(value: Any, paths: set[Path], at: Path) -> Any:
    if isinstance(value, Mapping):
        inner = {key: _without(one, paths, (*at, key)) for key, one in value.items() if (*at, key) not in paths}
        return {key: one for key, one in inner.items() if one not in ({}, [])}
    if isinstance(value, list | tuple):
        return [_without(one, paths, (*at, place)) for place, one in enumerate(value) if (*at, place) not in paths]
    return value
