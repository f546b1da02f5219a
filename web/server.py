"""The server behind `castalogue serve`: waitress, set so that a thousand slow phones are only slow.

Waitress, because it sends files from a loop: a stalled listener costs a socket, never a thread. The limit of open
files is raised as far as allowed, and the number of connections kept below it. The loop is ours (`loop.py`), how
connections come in and end is in `listener.py`, how bodies are sent in `channel.py`.
"""

from __future__ import annotations

import errno
import logging
import resource
import signal
import socket
import threading
import time
from collections.abc import Iterable
from types import FrameType
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from catalogue.errors import ConfigError
from web.bodies import BodyRoom
from web.channel import Channel
from web.file_bodies import SENDER
from web.listener import Listener
from web.segments import SegmentBuffer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONNECTIONS = 4000
# A download holds a socket and a file; the rest of the process needs some too.
FILES_PER_CONNECTION, FILES_FOR_US = 2, 256
FEWEST_CONNECTIONS = 16
# What a request that is being answered gets to end in, once asked to stop.
GRACE_SECONDS = 1.0
LONGEST_TURN_SECONDS = 1.0
LARGEST_HEADERS_BYTES = 32 * 1024
# Nothing is sent to the site but questions: what is more is not even taken in. The studio has room of its own.
LARGEST_BODY_BYTES = 64 * 1024
# At a time: a recording comes in thousands of them.
RECEIVED_BYTES = 64 * 1024
LOG = logging.getLogger("castalogue")


class Server:
    """A bound server: `port` is the one it has, also where 0 asked for any."""

    def __init__(
        self, app: WSGIApplication, *, host: str, port: int, threads: int, trusted_proxy: str | None = None
    ) -> None:
        self._sockets: dict[int, Any] = {}
        self._listener = _listen(host, port)
        self.port: int = self._listener.getsockname()[1]
        # waitress says with every request how many wait: a line a listener, in the hour when there are many.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        logging.getLogger("waitress").addFilter(_without_address)
        answering = ThreadedTaskDispatcher()
        answering.set_thread_count(threads)
        self._server = Listener(
            _with_sender(app),
            map=self._sockets,
            _sock=self._listener,
            bind_socket=False,
            sockinfo=(self._listener.family, self._listener.type, self._listener.proto, self._listener.getsockname()),
            dispatcher=answering,
            adj=_adjustments(trusted_proxy),
        )

    def run(self) -> None:
        """Answer until SIGTERM or SIGINT (in the main thread) or `stop`; then end within two seconds."""
        previous = _end_on_signals()
        try:
            while self._sockets:
                self._server.loop.turn(LONGEST_TURN_SECONDS)
                self._server.tidy(time.monotonic())
        except (KeyboardInterrupt, SystemExit):
            LOG.info("Stopping.")
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
            self._server.task_dispatcher.shutdown(timeout=GRACE_SECONDS)
            self._server.loop.close()
            self._close_all()

    def make_room(self, room: BodyRoom) -> None:
        """Take larger bodies from now on, where the studio takes them."""
        self._server.adj.body_room = room

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The connections there are."""
        return tuple(self._server.active_channels.values())

    def stop(self) -> None:
        """End `run` from another thread: a loop without sockets has nothing left to wait for."""
        trigger = self._server.trigger
        with trigger.lock:  # else the loop, woken by something else, could close the pipe before it is written to
            trigger.thunks.append(self._close_all)
            trigger.pull_trigger()

    def _close_all(self) -> None:
        for channel in self.channels:  # waitress's own `close` leaves open what was still to be sent
            channel.handle_close()
        wasyncore.close_all(self._sockets)


def serve(app: WSGIApplication, host: str, port: int, threads: int) -> None:
    """Bind and answer until asked to stop; raises ConfigError where the port or the host cannot be had."""
    Server(app, host=host, port=port, threads=threads).run()


def _with_sender(app: WSGIApplication) -> WSGIApplication:
    """Let the application hand over parts of files, for the loop to send."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[SENDER] = SegmentBuffer
        return app(environ, start_response)

    return answer


def _adjustments(trusted_proxy: str | None) -> Adjustments:
    """Waitress's settings. Of a proxy that is trusted only the last address is believed, which it added itself."""
    proxy: dict[str, Any] = {}
    if trusted_proxy:
        proxy = {"trusted_proxy": trusted_proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": "x-forwarded-for"}
    return Adjustments(
        connection_limit=_connection_limit(),
        ident=None,
        recv_bytes=RECEIVED_BYTES,
        max_request_header_size=LARGEST_HEADERS_BYTES,
        max_request_body_size=LARGEST_BODY_BYTES,
        clear_untrusted_proxy_headers=True,
        **proxy,
    )


def _without_address(record: logging.LogRecord) -> bool:
    """Take the address off what waitress says of a request: it may hold somebody's key."""
    said, serving, _ = str(record.msg).partition(" while serving ")
    if serving:
        record.msg = f"{said}{serving}a request"
    return True


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _no_such_host(host) from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise (_no_such_host(host) if error.errno == errno.EADDRNOTAVAIL else _no_such_port(port, error)) from error
    return listener


def _no_such_host(host: str) -> ConfigError:
    return ConfigError(
        "host", "There is no address {host} here to listen on. Try 127.0.0.1, or 0.0.0.0 for the network.", host=host
    )


def _no_such_port(port: int, error: OSError) -> ConfigError:
    return ConfigError(
        "port-in-use",
        "Cannot listen on port {port}: {why}. Choose another: --port {other}, with make PORT={other}.",
        port=port,
        why=(error.strerror or str(error)).lower(),
        other=port + 1 if 1023 < port < 65535 else 8000,
    )


def _connection_limit() -> int:
    """As many connections as the system lets us have files for; says so where that is few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard == resource.RLIM_INFINITY:
        return CONNECTIONS
    limit = max(FEWEST_CONNECTIONS, min(CONNECTIONS, (hard - FILES_FOR_US) // FILES_PER_CONNECTION))
    if limit < CONNECTIONS:
        LOG.warning("Only %d connections at a time: the system allows %d open files (ulimit -n).", limit, hard)
    return limit


def _end_on_signals() -> dict[int, Any]:
    """Let both signals end the loop; gives the handlers there were. Only the main thread may set them."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    return {number: signal.signal(number, _stop) for number in (signal.SIGTERM, signal.SIGINT)}


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
