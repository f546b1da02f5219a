"""A web on this machine that answers to the byte as a test says, right or wrong."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable

# Who it is in TLS.
NAME = "podcast.test"
# Of a body that never ends, so much at once.
PIECE = 64 * 1024
# RFC 8446, section 5.1: a record of type handshake.
TLS_GREETING = b"\x16"


def reply(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """An answer, with its length where no header states one."""
    is_stated = any(one.lower().startswith("content-length") for one in headers)
    length = () if is_stated else (f"Content-Length: {len(body)}",)
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, *length, "", "")).encode() + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return reply(b"", f"Location: {to}", status=status)


class SmallWeb:
    """Listens on 127.0.0.1; `answers` maps a target to bytes, or to what gives them piece by piece; one with its
    method before it (`HEAD /a.mp3`) counts more.

    `heard` are the requests as they came; `names` what TLS was asked for. A connection serves one request.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, bytes | Callable[[], Iterable[bytes]]] = {}
        self.heard: list[str] = []
        self.names: list[str | None] = []
        self.sent_bytes = 0
        self._tls = tls
        if tls is not None:
            tls.sni_callback = lambda _, name, __: self.names.append(name)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.over = threading.Event()
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def close(self) -> None:
        self.over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _listen(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            if self._tls is not None:
                connection = stack.enter_context(self._tls.wrap_socket(connection, server_side=True))
            request = _request(connection)
            if " " not in request:  # nobody, or somebody who speaks TLS
                connection.sendall(reply(b"?", status="400 Bad Request"))
                return
            self.heard.append(request)
            method, target = request.split(" ")[:2]
            missing = reply(b"not here", status="404 Not Found")
            answer = self.answers.get(f"{method} {target}", self.answers.get(target, missing))
            for piece in (answer,) if isinstance(answer, bytes) else answer():
                connection.sendall(piece)
                self.sent_bytes += len(piece)


def _request(connection: socket.socket) -> str:
    """Read a request with its body; latin-1, so that every byte is a character."""
    heard = b""
    while b"\r\n\r\n" not in heard and not heard.startswith(TLS_GREETING):
        heard += connection.recv(PIECE) or b"\r\n\r\n"
    head, _, body = heard.partition(b"\r\n\r\n")
    length = int(header(head.decode("latin-1"), "content-length") or 0)
    while len(body) < length:
        body += connection.recv(PIECE)
    return (head + b"\r\n\r\n" + body).decode("latin-1")


def header(request: str, name: str) -> str | None:
    """A header of a request that was heard; None where it has none."""
    lines = request.partition("\r\n\r\n")[0].split("\r\n")[1:]
    return next((line.partition(": ")[2] for line in lines if line.lower().startswith(f"{name.lower()}: ")), None)
