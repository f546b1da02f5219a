"""The headers every answer carries, in one place: nothing foreign is loaded, run, framed or remembered."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit

from flask import Response

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'{media}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# A transcript in HTML is the producer's, and is never a page of ours.
SANDBOXED = "sandbox; default-src 'none'"
SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
# Web players fetch feeds, chapters and transcripts from their own pages (Podcasting 2.0, transcripts).
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Length, Content-Range, Accept-Ranges, ETag",
}

# A player asks first (OPTIONS) whether it may send these; Range is more than "simple" to older browsers (Fetch).
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Range, If-Range, If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since",
    "Access-Control-Max-Age": "86400",
}


def secure(response: Response, remote_audio: str | None) -> Response:
    """Add what every answer carries; `remote_audio` is the one foreign URL this page may play, if any."""
    for name, value in SAFETY.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Security-Policy", POLICY.format(media=media_source(remote_audio)))
    return response


def framed(response: Response, remote_audio: str | None) -> Response:
    """Let other sites show this page in a frame; all else stays as forbidden as on any page."""
    policy = POLICY.format(media=media_source(remote_audio))
    response.headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'self'", "frame-ancestors *")
    return response


def share(response: Response) -> Response:
    """Let pages of other sites read this answer; never for pages of our own."""
    response.headers.update(SHARED)
    if "Allow" in response.headers:
        response.headers.update(PREFLIGHT)
    return response


@lru_cache(maxsize=4096)
def inline_disposition(name: str) -> str:
    r"""Say what the file is called when somebody saves it (RFC 6266, RFC 8187).

    >>> inline_disposition('niño "1".mp3')
    'inline; filename="ni_o _1_.mp3"; filename*=UTF-8\'\'ni%C3%B1o%20%221%22.mp3'
    """
    plain = "".join(c if " " <= c <= "~" and c not in '"\\%' else "_" for c in name)
    return f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


def media_source(url: str | None) -> str:
    """The origin of a foreign URL as a source of the policy; an address that is not plain allows nothing."""
    if url is None:
        return ""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    is_plain = parts.scheme in ("http", "https") and not any(c in origin for c in " ;,'\"*\r\n\t")
    return f" {origin}" if is_plain and origin.isascii() else ""
