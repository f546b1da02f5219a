"""The routes of the site compiled once for all applications of a process, of which tests make a thousand.

What Werkzeug compiles of a rule, to build addresses by it, depends on nothing but the rule; it takes nine tenths of
what an application costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.routing import Rule


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let rules that are the same share what was compiled, until the block ends."""
    compiled: dict[Any, Callable[..., Any]] = {}
    compile_anew = Rule._compile_builder

    def compile_builder(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
        parts = tuple(rule._trace), tuple(sorted(rule.arguments)), repr(rule.defaults)
        kinds = tuple((name, type(kind)) for name, kind in rule._converters.items())
        key = rule.rule, append_unknown, parts, kinds
        if key not in compiled:
            compiled[key] = compile_anew(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_builder)
        yield
