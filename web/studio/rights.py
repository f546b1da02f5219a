"""A blueprint that takes no view unless that says who may ask for it.

Nothing is open because somebody forgot to close it: a view without `allows` or `anybody` cannot be registered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint

from catalogue.domain.rights import Right

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "castalogue_right"


def allows(right: Right) -> Callable[[View], View]:
    """Let a view be asked for by who has this right.

    Where its address has a `<show>`, it is the right in that show (and, where it has an `<episode>` too, a right to own
    drafts is enough for these); else the right for all shows. `Right.ENTER` is everybody's who is signed in.
    """

    def declare(view: View) -> View:
        setattr(view, _DECLARED, right)
        return view

    return declare


def anybody(view: View) -> View:
    """Let a view be asked for by who is not signed in: it proves by itself who is meant."""
    setattr(view, _DECLARED, None)
    return view


def right_of(view: Callable[..., Any]) -> Right | None:
    """The right that a view declared; None: it is for anybody."""
    found: Right | None = getattr(view, _DECLARED)
    return found


class Guarded(Blueprint):
    """A blueprint for views that declared who may ask for them."""

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Callable[..., Any] | None = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        """Register a view; raises TypeError where it did not declare who may ask for it."""
        if view_func is None or not hasattr(view_func, _DECLARED):
            raise TypeError(f"{rule}: its view says not who may ask for it. Put @allows(Right.…) under the route.")
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)
