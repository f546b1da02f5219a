"""The signals that end a command which runs until somebody ends it."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

# Python lets nothing out of what it calls when it forgets an object: a signal that comes just then is sent again.
AGAIN_SECONDS = 0.01


def end_on_signals() -> None:
    """Let SIGTERM and SIGINT end the command with exit code 0, whatever they interrupt; only for the main thread."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)


def _end(number: int, _frame: object) -> None:
    # A connection whose closing is interrupted is an error to SQLAlchemy, told at length: it is closed all the same.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    sys.unraisablehook = _send_again
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(0)


def _send_again(lost: sys.UnraisableHookArgs) -> None:
    """Send the signal again whose end was lost; what else cannot be raised is told as ever."""
    if not issubclass(lost.exc_type, (SystemExit, KeyboardInterrupt)):
        sys.__unraisablehook__(lost)
        return
    number = signal.SIGINT if issubclass(lost.exc_type, KeyboardInterrupt) else signal.SIGTERM
    threading.Timer(AGAIN_SECONDS, os.kill, (os.getpid(), number)).start()
