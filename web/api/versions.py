"""Versions of files as ETags: what was read is what is written over, or nothing is."""

from __future__ import annotations

import hashlib

from flask import request

from web.api.problems import Refused


def etag_of(version: str) -> str:
    """The ETag of a version of a file, without its quotation marks; also of a file that is not there yet (`""`)."""
    return hashlib.sha256(version.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def check_match(version: str) -> None:
    """Raise Refused where `If-Match` names another version (412) or is missing (428), with the one there is."""
    now = {"ETag": f'"{etag_of(version)}"'}
    if "If-Match" not in request.headers:
        template = "Say which version you have seen: If-Match with the ETag of what you read."
        raise Refused(428, "no-version", template, headers=now)
    if not request.if_match.contains(etag_of(version)):
        template = "It was changed since you read it; nothing was written. Read it again, and send your change anew."
        raise Refused(412, "stale-edit", template, headers=now)
