"""Being signed in: a browser holds a random token, the database its digest and whose it is.

The cookie is not signed and says nothing: a session ends everywhere at once when its row goes.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.limits import SECOND_STEP_LASTS, SEEN_STEP, SESSION_LASTS, SESSION_RESTS
from catalogue.domain.producers import Producer, Session, Stage
from catalogue.errors import StoreError

# As long as a digest: nobody guesses one.
TOKEN_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A session that holds, whose it is, and the token that its browser sent."""

    token: str
    session: Session
    producer: Producer


def new_token() -> str:
    """A token that nobody guesses, as it stands in cookies and links."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is known of a token. It is random, so a plain digest is as good as a slow one."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def begin_session(
    desk: Desk, producer: Producer, stage: Stage, *, device: str, now: datetime, replaces: str = ""
) -> str:
    """Sign somebody in, as far as that; gives the new token. The session of the token `replaces` is no more."""
    token = new_token()
    lasts = SESSION_LASTS if stage is Stage.WHOLE else SECOND_STEP_LASTS
    session = Session(
        token_hash=hash_token(token),
        producer_id=producer.id,
        stage=stage,
        device=device,
        created_at=now,
        expires_at=now + lasts,
        seen_at=_rounded(now),
    )
    desk.accounts.save_session(session, replaces=hash_token(replaces) if replaces else "")
    return token


def find_session(desk: Desk, token: str, *, now: datetime) -> SignedIn | None:
    """Say who sent this token; None where it is nobody's, or was not used for too long."""
    found = desk.accounts.session(hash_token(token)) if token else None
    if found is None:
        return None
    session, producer = found
    if now >= session.expires_at or now - session.seen_at >= SESSION_RESTS + SEEN_STEP:
        return None
    if _rounded(now) > session.seen_at:
        with suppress(StoreError):  # an index that cannot be written just now: then it counts as seen before
            desk.accounts.see_session(session.token_hash, _rounded(now))
    return SignedIn(token=token, session=session, producer=producer)


def _rounded(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
