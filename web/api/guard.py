"""What stands before every operation of the API: is it open, which program asks, may it, and not too often.

No cookie counts here: a browser cannot be made to ask, so there is no CSRF to be kept off. What a program has no part
in is not there for it.
"""

from __future__ import annotations

from flask import current_app, g, request

from catalogue.actions.accounts.tokens import Caller, find_caller
from catalogue.domain.rights import is_only_for_own
from catalogue.errors import NotFound, StudioClosed, TokenRefused
from web.api.operations import OPERATIONS, Operation
from web.api.problems import Refused
from web.api.rates import Rates
from web.bodies import LARGEST_FORM_BYTES
from web.current import now
from web.studio.current import desk, studio_of_request
from web.studio.guard import find_show, is_own_draft

RATES = "castalogue-api-rates"
_SCHEME = "bearer"


def operation_of_request() -> Operation:
    """What is asked; only where the address and the method are one of the table's."""
    assert request.endpoint is not None
    return OPERATIONS[request.endpoint.partition(".")[2]]


def guard() -> None:
    """Let a request through to its view; raises what is answered in its place."""
    asked = operation_of_request()
    request.max_content_length = _limit(asked)
    if request.method == "OPTIONS" or asked.scope is None:
        return
    if studio_of_request().desk is None:
        raise StudioClosed("studio-closed", "The API is closed: the key of this server cannot be used.")
    g.api_caller = found = find_caller(desk(), _token(), address=request.remote_addr or "", now=now())
    _count(found)
    _check(asked, found)


def _limit(asked: Operation) -> int:
    is_recording = asked.name == "sendPiece"
    return int(current_app.config["LARGEST_UPLOAD_BYTES"]) if is_recording else LARGEST_FORM_BYTES


def _token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != _SCHEME or not token.strip():
        template = "Send a token: Authorization: Bearer cst_…. castalogue token new NAME makes one."
        raise TokenRefused("no-token", template)
    return token.strip()


def _count(found: Caller) -> None:
    rates: Rates = current_app.extensions.setdefault(RATES, Rates())
    seconds = rates.count(found.token.id, now())
    if seconds:
        template = "This token asks too often. Wait {seconds} seconds."
        raise Refused(429, "too-often", template, seconds=seconds, headers={"Retry-After": str(seconds)})


def _check(asked: Operation, found: Caller) -> None:
    assert asked.scope is not None
    assert asked.right is not None
    arguments = request.view_args or {}
    guid = None
    if "show" in arguments:
        g.studio_show = find_show(arguments["show"], found.producer)
        guid = g.studio_show.guid
        if not found.token.reaches(guid):
            raise NotFound("no-show", "There is no such show.")
    if found.may(asked.scope, asked.right, guid) or _is_own(asked, found, arguments):
        return
    if asked.scope not in found.token.scopes:
        challenge = f'Bearer realm="castalogue", error="insufficient_scope", scope="{asked.scope.value}"'
        template = "This token is not for that. Make one with the scope {scope}."
        headers = {"WWW-Authenticate": challenge}
        raise Refused(403, "no-scope", template, scope=asked.scope.value, headers=headers)
    template = "Whoever this token belongs to may not do this. An owner can give them another role."
    raise Refused(403, "no-right", template)


def _is_own(asked: Operation, found: Caller, arguments: dict[str, str]) -> bool:
    """Whether it is about a draft that its producer began, and they may do it to these."""
    if "episode" not in arguments or asked.scope is None or asked.right is None:
        return False
    guid = g.studio_show.guid
    is_for_own = is_only_for_own(found.producer.grants, asked.right, guid)
    return (
        is_for_own
        and found.may(asked.scope, asked.right, guid, is_own=True)
        and is_own_draft(g.studio_show, arguments["episode"], found.producer)
    )
