"""An application that is made in the process that answers, not in the one that started it.

Servers may load an application once and then fork their workers (`gunicorn --preload`). Threads do not live through
that, locks that they held stay held for ever, and a connection to a database would be shared by all: so nothing of
the kind may be there before a process is asked for something.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from catalogue.errors import StoreError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NOT_YET = (("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "10"), ("Cache-Control", "no-store"))
LOG = logging.getLogger("castalogue")


class PerProcess:
    """A WSGI application before the one that `make` gives, which each process makes for itself at its first request.

    Where `make` raises StoreError, that request is answered 503, and the next one tries again.
    """

    def __init__(self, make: Callable[[], WSGIApplication]) -> None:
        self._make = make
        self._making = threading.Lock()
        self._made_in: int | None = None
        self._application: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._made_in != os.getpid():
            try:
                self._begin()
            except StoreError as error:
                LOG.warning("No request can be answered yet: %s", error)
                start_response("503 SERVICE UNAVAILABLE", list(_NOT_YET))
                return [b"Not ready.\n"]
        return self._application(environ, start_response)

    def _begin(self) -> None:
        with self._making:
            if self._made_in != os.getpid():
                self._application = self._make()
                self._made_in = os.getpid()
