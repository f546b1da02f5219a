"""The second step: a one-time code of an authenticator app (RFC 6238), or one of a few codes kept on paper.

No secret of it is stored: it is made of the server's key, whose it is and a random number that changes whenever
somebody sets it up anew. Of recovery codes there are digests under the same key.
"""

from __future__ import annotations

import base64
import re
import secrets
from datetime import datetime, timedelta

import pyotp

from catalogue.actions.accounts.desk import Desk, write_down
from catalogue.actions.accounts.limits import CODE_TRIES, RECOVERY_CODES, TRIES_WINDOW
from catalogue.actions.accounts.sign_in import Asker, is_known, too_many
from catalogue.domain.producers import Deed, Producer

# RFC 6238, 5.2: one step before and after, for clocks that are a little off.
STEPS = (0, -1, 1)
STEP_SECONDS = 30
# RFC 4226, 4: 160 bits.
SECRET_BYTES = 20
# No letter or digit that looks like another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE_LENGTH = 10


def propose(desk: Desk, producer: Producer) -> str:
    """Give the secret for an authenticator app, in base32, that a code is to confirm; the same until one does."""
    number = producer.proposed_step
    if number is None:
        number = secrets.randbits(62)
        desk.accounts.propose_step(producer.id, number)
    return _secret(desk, producer, number)


def app_address(secret: str, producer: Producer, *, host: str) -> str:
    """What an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=producer.shown_name, issuer_name=f"Castalogue {host}")


def confirm(desk: Desk, producer: Producer, typed: str, *, now: datetime) -> tuple[str, ...] | None:
    """Ask for the second step from now on, if the code is of the proposed secret; gives recovery codes, said this once.

    None where the code is not right, or another was proposed meanwhile.
    """
    if producer.proposed_step is None:
        return None
    step = _find_step(_secret(desk, producer, producer.proposed_step), typed, now)
    if step is None:
        return None
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    digests = [_digest(desk, producer, code) for code in codes]
    number = producer.proposed_step
    if not desk.accounts.begin_second_step(producer.id, number=number, step=step, codes=digests):
        return None
    write_down(desk, producer, Deed.SECOND_STEP_ON, now=now)
    return codes


def check_code(desk: Desk, producer: Producer, typed: str, asker: Asker, *, now: datetime) -> bool:
    """Whether it is a code of the app or of the paper, none of which counts twice. Raises TooManyTries."""
    where = "known" if is_known(desk, producer, asker.known) else "new"
    limits = {f"c{desk.key.digest('attempt', 'code', where, str(producer.id)).hex()[:32]}": (CODE_TRIES, TRIES_WINDOW)}
    full = desk.accounts.take_attempt({key: (most, now - window) for key, (most, window) in limits.items()}, now)
    if full is not None:
        raise too_many(full, now, limits)
    is_right = _is_of_app(desk, producer, typed, now) or _is_of_paper(desk, producer, typed, now)
    if is_right:
        desk.accounts.forget_attempts(list(limits))
    return is_right


def _is_of_app(desk: Desk, producer: Producer, typed: str, now: datetime) -> bool:
    if producer.second_step is None:
        return False
    step = _find_step(_secret(desk, producer, producer.second_step), typed, now)
    return step is not None and desk.accounts.use_step(producer.id, step)


def _is_of_paper(desk: Desk, producer: Producer, typed: str, now: datetime) -> bool:
    is_right = desk.accounts.use_recovery_code(producer.id, _digest(desk, producer, typed))
    if is_right:
        write_down(desk, producer, Deed.RECOVERY_USED, now=now)
    return is_right


def _find_step(secret: str, typed: str, now: datetime) -> int | None:
    """The time step that a code is of; None where it is of none near."""
    code = re.sub(r"\s", "", typed)
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    for offset in STEPS:
        moment = now + timedelta(seconds=offset * STEP_SECONDS)
        if secrets.compare_digest(totp.at(moment).encode(), code.encode("utf-8", "surrogatepass")):
            return int(moment.timestamp()) // STEP_SECONDS
    return None


def _secret(desk: Desk, producer: Producer, number: int) -> str:
    made = desk.key.digest("one-time codes", str(producer.id), str(number))
    return base64.b32encode(made[:SECRET_BYTES]).decode()


def _new_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def _digest(desk: Desk, producer: Producer, typed: str) -> str:
    plain = re.sub(r"[\s-]", "", typed).lower()
    return desk.key.digest("recovery code", str(producer.id), plain).hex()
