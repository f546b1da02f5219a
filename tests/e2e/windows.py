"""One Chromium for all tests of this room in a process, and one profile for each way of looking.

A browser, or a fresh profile in it, costs more than opening most pages does: profiles are kept and emptied.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

FLAGS = (
    "--no-sandbox --disable-gpu --in-process-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --autoplay-policy=user-gesture-required --mute-audio"
).split()
EMPTY = "() => location.protocol.startsWith('http') && (localStorage.clear(), sessionStorage.clear())"


class Windows:
    """Opens pages; starts the browser when it first has to."""

    def __init__(self) -> None:
        self._playwright: Any = None
        self._browser: Any = None
        self._profiles: dict[str, Any] = {}

    @contextmanager
    def page(self, **stated: Any) -> Iterator[Any]:
        """A page with nothing kept from others, until the block ends; `stated` is what `new_context` takes."""
        page = self._profile(stated).new_page()
        try:
            yield page
            page.evaluate(EMPTY)
        finally:
            page.close()

    def close(self) -> None:
        """End the browser; a later page starts it anew."""
        if self._playwright is not None:
            self._browser.close()
            self._playwright.stop()
        self._playwright = self._browser = None
        self._profiles.clear()

    def _profile(self, stated: dict[str, Any]) -> Any:
        key = json.dumps(stated, sort_keys=True)
        if key not in self._profiles:
            self._profiles[key] = self._started().new_context(**stated)
        return self._profiles[key]

    def _started(self) -> Any:
        if self._browser is None:
            from playwright.sync_api import sync_playwright

            self._playwright = sync_playwright().start()
            self._browser = self._playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        return self._browser


WINDOWS = Windows()
