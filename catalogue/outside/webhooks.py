"""Webhooks: tell a machine of the producer's what happened, signed so that it can believe it.

The signature is that of Standard Webhooks (standardwebhooks.com, specification 1.0), for which receivers find a
library in most languages: an HMAC over the event's name, the moment it is sent and the body.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from catalogue.errors import ConfigError
from catalogue.outside.exchange import Asked

PREFIX = "whsec_"
# Standard Webhooks, "Signature scheme": how long a secret is.
SECRET_BYTES = range(24, 65)


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened: `id` is the same each time it is told, so that a receiver can leave out what it knows.

    `kind` is such as `episode.published`; `data` is what JSON can say.
    """

    id: str
    kind: str
    happened_at: datetime
    data: Mapping[str, object]


def ask_webhook(url: str, event: Event, *, secret: str, sent_at: datetime) -> Asked:
    """Tell an event; 2xx means that it was taken. Raises ConfigError where the secret cannot be one."""
    stated = {"type": event.kind, "timestamp": event.happened_at.isoformat(), "data": dict(event.data)}
    content = json.dumps(stated, ensure_ascii=False, separators=(",", ":")).encode()
    seconds = int(sent_at.timestamp())
    headers = (
        ("Content-Type", "application/json"),
        ("webhook-id", event.id),
        ("webhook-timestamp", str(seconds)),
        ("webhook-signature", sign(content, id=event.id, seconds=seconds, secret=secret)),
    )
    return Asked(url=url, method="POST", headers=headers, content=content)


def sign(content: bytes, *, id: str, seconds: int, secret: str) -> str:  # noqa: A002  (the specification's name)
    """Sign what is sent at that second of Unix time.

    >>> sign(b"{}", id="1", seconds=0, secret="whsec_" + "A" * 32)[:3]
    'v1,'
    """
    signed = b".".join((id.encode(), str(seconds).encode("ascii"), content))
    return "v1," + b64encode(hmac.digest(read_secret(secret), signed, hashlib.sha256)).decode("ascii")


def read_secret(text: str) -> bytes:
    """Read a secret of 24 to 64 bytes, written as `whsec_` and Base64; raises ConfigError, which does not show it."""
    try:
        secret = b64decode(text.strip().removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _unusable() from error
    if len(secret) not in SECRET_BYTES:
        raise _unusable()
    return secret


def _unusable() -> ConfigError:
    return ConfigError(
        "webhook-secret",
        "The webhook's secret cannot be used. Write `whsec_` and 24 to 64 bytes in Base64; "
        "`openssl rand -base64 32` makes them.",
    )
