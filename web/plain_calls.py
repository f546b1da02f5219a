"""How templates call our functions: directly, without Jinja's look for those that want to be given their surroundings.

A page calls some two hundred, nearly all of them ours, and the look takes longer than most of them. Whatever else is
called (macros, filters' helpers) goes Jinja's own way.
"""

from __future__ import annotations

from types import FunctionType, MethodType
from typing import Any

from jinja2.runtime import Context

from web.words import Words

_PLAIN = frozenset({FunctionType, MethodType, Words})
# What Jinja's decorators (`pass_context`, …) leave on a function.
_WANTS_MORE = "jinja_pass_arg"
# What compiled templates say beside a call, for functions that want the context.
_SURROUNDINGS = ("_block_vars", "_loop_vars")


class PlainCalls(Context):
    """A context that calls plain functions as Python does."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template names."""
        if type(called) not in _PLAIN or hasattr(called, _WANTS_MORE):
            return super().call(called, *args, **kwargs)
        for name in _SURROUNDINGS:
            kwargs.pop(name, None)
        return called(*args, **kwargs)
