"""What a database's errors mean: away, busy, or something to be told as it is."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

# PostgreSQL 15, appendix A: classes 08 (connection), 57P (shut down, starting), 40 (deadlock, serialization).
_AWAY_STATES = ("08", "57P", "40")
_LOCK_NOT_AVAILABLE = "55P03"
_DISK_FULL = "53100"


def reason(error: Exception) -> str:
    """What failed in one line, without the statement, the numbers and the address that come with it."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return " ".join(str(getattr(error, "orig", None) or error).split()).rstrip(".")


def is_lost(error: BaseException | None) -> bool:
    """Whether the server went away, or undid a transaction for another's sake, so that doing it again may help."""
    if not isinstance(error, DBAPIError):
        return False
    # SQLite's errors have no such thing; that of a connection that failed is None.
    state: str | None = getattr(error.orig, "sqlstate", "")
    is_connection = isinstance(error, (OperationalError, InterfaceError)) and state is None
    return error.connection_invalidated or is_connection or (state or "").startswith(_AWAY_STATES)


def is_busy(error: BaseException | None) -> bool:
    """Whether another was waited for, and did not end."""
    if not isinstance(error, DBAPIError):
        return False
    is_locked = getattr(error.orig, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return is_locked or getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE


def is_full(error: BaseException | None) -> bool:
    """Whether the database's disk has no room left."""
    if not isinstance(error, DBAPIError):
        return False
    is_lite = getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return is_lite or getattr(error.orig, "sqlstate", None) == _DISK_FULL
