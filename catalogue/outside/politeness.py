"""Not too many questions to one machine at once, and none while it asks for peace."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

# Browsers ask one host six things at once; who takes hundreds of files asks fewer.
PER_HOST = 2


class Politeness:
    """Lets `per_host` in for each machine at a time; for many threads."""

    def __init__(self, per_host: int = PER_HOST) -> None:
        self._lock = threading.Lock()
        self._rooms = defaultdict[str, threading.BoundedSemaphore](lambda: threading.BoundedSemaphore(per_host))

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Wait until the machine of this address may be asked, for the length of a `with` block."""
        with self._lock:
            room = self._rooms[_host(url)]
        with room:
            yield


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
