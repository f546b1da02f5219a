"""Ask the site in this process what a server would be asked: no socket, no port."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Questions:
    """Questions to a site under its base URL; paths are as in addresses, with what is special escaped."""

    def __init__(self, application: WSGIApplication, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._application, self._base_path = application, parts.path.rstrip("/")
        self._common = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": parts.hostname or "localhost",
            "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": parts.netloc,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": parts.scheme,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    def ask(self, path: str, **headers: str) -> Answer:
        """Ask for a path below the base URL; `ACCEPT_ENCODING="gzip"` sends that header."""
        environ: dict[str, Any] = self._common | {f"HTTP_{name}": value for name, value in headers.items()}
        environ["PATH_INFO"] = unquote_to_bytes(self._base_path + path).decode("latin-1")
        environ["wsgi.input"] = io.BytesIO()
        told: list[Any] = []

        def start_response(status: str, found: list[tuple[str, str]], _error: object = None) -> Any:
            told[:] = [int(status[:3]), {name.lower(): value for name, value in found}]

        body = _joined(self._application(environ, start_response))
        return Answer(status=told[0], headers=told[1], body=body)


def _joined(body: Iterable[bytes]) -> bytes:
    try:
        return b"".join(body)
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()
