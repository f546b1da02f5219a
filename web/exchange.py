"""A request and its answer, where waitress's own would leave a client waiting or without its connection."""

from __future__ import annotations

from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from web.bodies import make_room, refusal_of


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request as it comes in."""

    path = ""
    """Also of what nobody can read: waitress names it in its log."""
    brings_much = False
    """Whether a body is coming that may take its time."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head; what the studio takes finds room."""
        super().parse_header(header_plus)
        self.brings_much = make_room(self, getattr(self.adj, "body_room", None))

    def received(self, data: bytes) -> int:
        """Take what has come; gives how much of it was of this request."""
        try:
            taken: int = super().received(data)
        except OSError as error:
            if not self.brings_much:
                raise
            self.error, self.completed, taken = refusal_of(error), True, len(data)
        if self.completed:  # there is nothing left to ask for, and waitress would wait for it (RFC 9110, 10.1.1)
            self.expect_continue = False
        return taken


class Answer(WSGITask):  # type: ignore[misc]
    """The answer to a request.

    waitress ends a connection after every answer without a Content-Length. A 304 and a 204 have none and end with
    their headers (RFC 9112, 6.3), and a 304 is what an app that looks for news gets nearly every time.
    """

    def set_close_on_finish(self) -> None:
        if self.has_body or self.version != "1.1" or self.request.connection_close:
            super().set_close_on_finish()
