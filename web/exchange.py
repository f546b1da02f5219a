"""A request and its answer, where waitress's own would leave a client waiting or without its connection."""

from __future__ import annotations

from typing import Any

from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from web.bodies import EARNING_BYTES, FOR_PROGRAMS, AsProblem, make_room, refusal_of


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request as it comes in."""

    path = ""
    """Also of what nobody can read: waitress names it in its log."""
    has_room = False
    """Whether a body is coming to a place of its own."""
    brings_much = False
    """Whether it is one that may take its time."""
    _earned_at = 0

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head; what the studio takes finds room."""
        super().parse_header(header_plus)
        room = getattr(self.adj, "body_room", None)
        self.has_room = make_room(self, room)
        self.brings_much = room is not None and self.has_room and room.takes(self.path)

    def received(self, data: bytes) -> int:
        """Take what has come; gives how much of it was of this request."""
        try:
            taken: int = super().received(data)
        except OSError as error:
            if not self.has_room:
                raise
            self.error, self.completed, taken = refusal_of(error), True, len(data)
        if self.completed:  # there is nothing left to ask for, and waitress would wait for it (RFC 9110, 10.1.1)
            self.expect_continue = False
            if self.error is not None and FOR_PROGRAMS in self.path:
                self.error = AsProblem(self.error)
        return taken

    @property
    def why_let_by(self) -> str | None:
        """Why nothing of its body was kept (`web.bodies`); None where it was."""
        return getattr(self.body_rcv.getbuf(), "why_let_by", None) if self.body_rcv is not None else None

    def earns_time(self) -> bool:
        """Whether what came last earns it more: anything of a recording does, of a form a good part."""
        come = self.body_bytes_received - self._earned_at
        if not self.brings_much and (not self.has_room or come < EARNING_BYTES):
            return False
        self._earned_at = self.body_bytes_received
        return True


class Answer(WSGITask):  # type: ignore[misc]
    """The answer to a request.

    waitress ends a connection after every answer without a Content-Length. A 304 and a 204 have none and end with
    their headers (RFC 9112, 6.3), and a 304 is what an app that looks for news gets nearly every time.
    """

    def get_environment(self) -> dict[str, Any]:
        """What the application is told; of a body that was let by, why."""
        environ: dict[str, Any] = super().get_environment()
        if self.request.why_let_by is not None:
            environ |= {self.request.why_let_by: True, "CONTENT_LENGTH": "0"}
        return environ

    def set_close_on_finish(self) -> None:
        if self.has_body or self.version != "1.1" or self.request.connection_close:
            super().set_close_on_finish()
