"""The signals that end a command which runs until somebody ends it."""

from __future__ import annotations

import logging
import signal


def end_on_signals() -> None:
    """Let SIGTERM and SIGINT end the command with exit code 0, whatever they interrupt; only for the main thread."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)


def _end(number: int, _frame: object) -> None:
    # A connection whose closing is interrupted is an error to SQLAlchemy, told at length: it is closed all the same.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(0)
