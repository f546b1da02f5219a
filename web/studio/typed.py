"""What somebody typed into a form that was refused: it is given back, so that no text is lost with it."""

from __future__ import annotations

from flask import request

from web.studio.cookies import FIELD

# Never shown again; what stands for itself in a form, and is no text of anybody's, needs not be.
_SECRET = frozenset({FIELD, "password", "again", "current", "code", "code_password"})
_OWN = frozenset({"next", "language", "role"})
_FORM = "application/x-www-form-urlencoded"


def typed_texts() -> tuple[str, ...]:
    """The texts of a form that was sent, in its order; of an upload none, for reading it would take it in."""
    if request.mimetype != _FORM:
        return ()
    pairs = request.form.items(multi=True)
    return tuple(text for name, text in pairs if text.strip() and name not in _SECRET | _OWN)
