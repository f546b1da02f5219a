"""Passwords: which may be chosen, and how what was typed is compared.

argon2id with what OWASP's cheat sheet calls enough for a web server (19 MiB, two passes): a small machine takes a tenth
of a second, and two at a time take no more memory than it has.
"""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from catalogue.actions.accounts.limits import PASSWORD_LEAST, PASSWORD_MOST, PASSWORD_TYPED_MOST
from catalogue.domain.producers import fold_name

MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
AT_ONCE = 2
# What common passwords of twelve letters and more are made of, once digits and signs are taken away; in the languages
# of the studio. Most lists of leaked passwords are the first few of these with a number behind them.
_COMMON = frozenset(
    "password passw passwort contrasena contraseña qwerty qwertyuiop qwertzuiop asdfghjkl zxcvbnm letmein welcome "
    "bienvenido bienvenida iloveyou tequiero teamo admin administrator administrador changeme secret secreto princess "
    "princesa dragon monkey football futbol baseball sunshine superman batman podcast castalogue abcdefghijkl".split()
)
_ROWS = ("01234567890123456789", "09876543210987654321", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
_turn = threading.BoundedSemaphore(AT_ONCE)


def find_weakness(password: str, *, name: str) -> str | None:
    """Say what is wrong with a password somebody chose, as a word of its own; None where nothing is.

    >>> [find_weakness(text, name="ana") for text in ("short", "password2024!", "ana-ana-ana-ana")]
    ['short', 'common', 'name']
    >>> find_weakness("quiet rooms by the sea", name="ana")
    """
    if len(password) > PASSWORD_TYPED_MOST:
        return "long"
    text = _plain(password)
    if len(text) < PASSWORD_LEAST:
        return "short"
    if len(text) > PASSWORD_MOST:
        return "long"
    folded, own = fold_name(password), fold_name(name)
    if own and own in folded and not re.sub(r"[\W\d_]+", "", folded.replace(own, "")):
        return "name"
    return "common" if _is_common(folded) else None


def hash_password(password: str) -> str:
    """Give what is kept of a password."""
    with _turn:
        return _hasher.hash(_plain(password))


def is_password(password: str, kept: str | None) -> bool:
    """Whether it is the password of which this is kept; None takes as long, and never is."""
    with _turn:
        try:
            return _hasher.verify(kept or _nobody_s(), _plain(password[:PASSWORD_TYPED_MOST])) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobody_s() -> str:
    return _hasher.hash(secrets.token_urlsafe())


def _plain(password: str) -> str:
    # NFC, as keyboards differ in how they type é; nothing else is changed (NIST SP 800-63B, 5.1.1.2).
    return unicodedata.normalize("NFC", password)


def _is_common(folded: str) -> bool:
    letters = re.sub(r"[\W\d_]+", "", folded)
    if letters in _COMMON or any(letters == word * (len(letters) // len(word)) for word in _COMMON if letters):
        return True
    compact = re.sub(r"\s+", "", folded)
    is_repeated = re.fullmatch(r"(.{1,4}?)\1+.{0,3}", compact) is not None
    return is_repeated or any(compact in row for row in _ROWS)
