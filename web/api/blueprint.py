"""The operations put under their addresses: each is read, asked for, and answered in the same way."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from web.api.again import once
from web.api.guard import guard, operation_of_request
from web.api.operations import MARKDOWN, OPERATIONS, Operation, Reply
from web.api.problems import is_below_api
from web.api.reading import adapter, read_body, read_query
from web.api.versions import etag_of

# What stands in an address only for the guard or the server before it.
_PASSED = ("show", "ticket")


def make_blueprint() -> Blueprint:
    """Make the blueprint with all operations that were registered."""
    api = Blueprint("api", __name__)
    api.before_request(guard)
    api.after_request(finish)
    for one in OPERATIONS.values():
        api.add_url_rule(one.pattern, one.name, answer_request, methods=[one.method])
    return api


def answer_request(**arguments: str) -> Response:
    """Answer what the guard let through."""
    asked = operation_of_request()
    sent = [read_query(asked)] if asked.asks is not None else []
    if asked.asks is None:
        read_query(asked)
    if asked.takes is not None:
        sent.append(read_body(asked))
    named: dict[str, Any] = {name: value for name, value in arguments.items() if name not in _PASSED}

    def deed() -> Response:
        return _response(asked, asked.view(*sent, **named))

    return once(deed) if asked.method == "POST" else deed()


def lead_nowhere() -> None:
    """Let no address below the API lead to a page of the site that looks like it but for a slash."""
    if is_below_api(request.path) and isinstance(request.routing_exception, RequestRedirect):
        raise NotFound


def finish(response: Response) -> Response:
    """Let nobody keep an answer; a program asks again."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Authorization"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _response(asked: Operation, reply: Reply) -> Response:
    status = reply.status or asked.status
    if reply.value is None:
        response = Response(status=status)
        del response.headers["Content-Type"]
    elif asked.answers == MARKDOWN:
        response = Response(reply.value, status=status, content_type=f"{MARKDOWN}; charset=utf-8")  # type: ignore[arg-type]
    else:
        body = adapter(asked.gives).dump_json(reply.value) if asked.gives is not dict else reply.value
        response = Response(body, status=status, content_type=asked.answers)  # type: ignore[arg-type]
    if reply.version is not None:
        response.headers["ETag"] = f'"{etag_of(reply.version)}"'
    response.headers.update(dict(reply.headers))
    return response
