"""The names that people choose for themselves: they sign in with them, and others see them."""

from __future__ import annotations

import unicodedata

from catalogue.actions.accounts.limits import NAME_MOST, NAME_TYPED_MOST

# Control signs, unassigned ones, and those that turn the direction of writing: a name could look like another's.
_ODD = ("Cc", "Cf", "Cn", "Co", "Cs")


def plain_name(typed: str) -> str:
    """A name as it is shown: without spaces around and between too many.

    >>> plain_name("  Ana   María ")
    'Ana María'
    """
    return unicodedata.normalize("NFC", " ".join(typed.split()))


def find_fault(typed: str) -> str | None:
    """Say what is wrong with a name, as a word of its own; None where nothing is.

    >>> find_fault("Ana"), find_fault("  "), find_fault("x" * 65), find_fault("An\u202ea")
    (None, 'empty', 'long', 'odd')
    """
    if len(typed) > NAME_TYPED_MOST:
        return "long"
    name = plain_name(typed)
    if not name:
        return "empty"
    if len(name) > NAME_MOST:
        return "long"
    return "odd" if any(unicodedata.category(sign) in _ODD for sign in name) else None
