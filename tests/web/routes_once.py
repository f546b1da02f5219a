"""The routes of the site compiled once for all applications of a process, of which tests make a thousand.

What Werkzeug compiles of a rule depends on nothing but the rule; it takes nearly all of what an application costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.routing import Rule

# What `Rule.compile` sets, but for the two functions that it binds to the rule.
_MADE = ("_parts", "_trace", "_converters", "arguments")


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let rules that are the same share what was compiled, until the block ends."""
    compiled: dict[Any, dict[str, Any]] = {}
    compile_anew = Rule.compile

    def compile_rule(rule: Rule) -> None:
        known = rule.map.host_matching, *rule.map.converters.values()
        key = rule.rule, rule.host, rule.subdomain, rule.merge_slashes, repr(rule.defaults), known
        if key not in compiled:
            compile_anew(rule)
            made = {name: getattr(rule, name) for name in _MADE}
            compiled[key] = made | {"_build": rule._build.__func__, "_build_unknown": rule._build_unknown.__func__}
            return
        vars(rule).update(compiled[key])
        rule._build, rule._build_unknown = rule._build.__get__(rule, None), rule._build_unknown.__get__(rule, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", compile_rule)
        yield
