"""The server's key: a secret that lies beside the database and never in it.

With it one-time codes, digests of recovery codes and networks are made, so that who has the database alone can neither
make a code nor read an address back. Machines that share a database share it: it is a setting there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from catalogue.config import Settings
from catalogue.errors import ConfigError

NAME = "server.key"
# As 64 hexadecimal digits. A person may state any text that is as hard to guess.
KEY_BYTES = 32
LEAST_CHARACTERS, LEAST_DIFFERENT = 32, 10
MEND = "Take it from a backup, or remove it: a new one is made, and everybody sets up one-time codes anew."


class ServerKey:
    """The key itself; says nothing of itself."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def digest(self, purpose: str, *parts: str) -> bytes:
        """HMAC-SHA256 of some texts for a purpose; without the key nobody can tell what they were."""
        said = "\0".join((purpose, *parts)).encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, said, hashlib.sha256).digest()


def open_server_key(settings: Settings) -> ServerKey:
    """Give the key that is stated, else the one in the data folder, which is made at the first time.

    Raises ConfigError where it cannot be read or made, or is too weak; there is no other to fall back on.
    """
    if settings.secret_key:
        return ServerKey(_checked(settings.secret_key, "CASTALOGUE_SECRET_KEY", "State one of 64 random digits."))
    if settings.secret_key_file:
        return ServerKey(_checked(_read(settings.secret_key_file), str(settings.secret_key_file), MEND))
    path = settings.data_folder / NAME
    _make_where_missing(path)
    return ServerKey(_checked(_read(path), str(path), MEND))


def find_fault(settings: Settings) -> ConfigError | None:
    """Say why the key cannot be used; None where it can, or will be made when somebody needs it."""
    is_stated = settings.secret_key or settings.secret_key_file
    if not is_stated and not os.path.lexists(settings.data_folder / NAME):
        return None
    try:
        open_server_key(settings)
    except ConfigError as error:
        return error
    return None


def _checked(text: str, where: str, mend: str) -> bytes:
    secret = text.strip()
    if len(secret) < LEAST_CHARACTERS or len(set(secret)) < LEAST_DIFFERENT:
        raise ConfigError(
            "weak-key",
            "{where} holds no key that is hard to guess: it needs {least} characters or more. {mend}",
            where=where,
            least=LEAST_CHARACTERS,
            mend=mend,
        )
    return secret.encode()


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeError) as error:
        why = (error.strerror or "").lower() if isinstance(error, OSError) else "it is not text"
        raise _unusable(path, why) from error


def _make_where_missing(path: Path) -> None:
    """Make the file whole or not at all; of two who make it at once one wins, and both read that one's."""
    if os.path.lexists(path):
        return
    temporary = path.with_name(f".{NAME}-{secrets.token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, stat.S_IRUSR | stat.S_IWUSR)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(KEY_BYTES) + "\n")
                file.flush()
                os.fsync(handle)
            with suppress(FileExistsError):
                os.link(temporary, path)
        finally:
            temporary.unlink()
    except OSError as error:
        raise _unusable(path, (error.strerror or "").lower()) from error


def _unusable(path: Path, why: str) -> ConfigError:
    return ConfigError(
        "no-key",
        "The key of this server, {path}, cannot be used: {why}. Give yourself the right to read and write it, or state "
        "one with CASTALOGUE_SECRET_KEY_FILE.",
        path=path,
        why=why,
    )
