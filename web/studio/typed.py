"""What somebody typed into a form that was refused: it is given back, so that no text is lost with it."""

from __future__ import annotations

from typing import NamedTuple

from flask import request

from web.studio.cookies import FIELD

# Never shown again; what stands for itself in a form, and is no text of anybody's, needs not be.
_SECRET = frozenset({FIELD, "password", "again", "current", "code", "code_password"})
_OWN = frozenset({"next", "language", "role"})
# What pages write into their forms themselves: what a field was filled from, which button was pressed.
_OURS = frozenset({"version", "base", "act", "was", "person_place", "begun"})
_OUR_MARKS = "was-"
_FORM = "application/x-www-form-urlencoded"


class Typed(NamedTuple):
    """What stood in a field; its label is the word `field_` with its name, where there is such a word."""

    name: str
    text: str


def typed_texts() -> tuple[Typed, ...]:
    """The texts of a form that was sent, in its order; of an upload none, for reading it would take it in."""
    if request.mimetype != _FORM:
        return ()
    pairs = request.form.items(multi=True)
    known = _SECRET | _OWN | _OURS
    typed = (Typed(name, text) for name, text in pairs if text.strip() and name not in known)
    return tuple(one for one in typed if not one.name.startswith(_OUR_MARKS))
