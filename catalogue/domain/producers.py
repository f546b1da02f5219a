"""Producers: who signs in, what they hold to prove it, and what is remembered of what they did."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from catalogue.domain.rights import Grant, Right, Role, may

# In place of a producer's number: who began a draft at the terminal.
NOBODY = 0


@dataclass(frozen=True, kw_only=True)
class Producer:
    """Somebody who may sign in; `id` is 0 for one that is not saved yet.

    `name` is what they sign in with, folded (`fold_name`), `shown_name` as they write it. `password` is an argon2 hash.
    `second_step` is the number that their one-time codes are made from, None: they have none; `proposed_step` one
    that was shown and not confirmed yet. `last_step` is the latest time step whose code was used.
    """

    id: int = 0
    name: str
    shown_name: str
    password: str = field(repr=False)
    language: str = "en"
    second_step: int | None = None
    proposed_step: int | None = None
    last_step: int = 0
    created_at: datetime
    disabled_at: datetime | None = None
    grants: tuple[Grant, ...] = ()

    def may(self, right: Right, show_guid: str | None, *, is_own: bool = False) -> bool:
        """Whether they may do it, as `rights.may` says."""
        return may(self.grants, right, show_guid, is_own=is_own)

    def role_in(self, show_guid: str) -> Role | None:
        """The role they were given in exactly this show, or for exactly all; None where none was."""
        return next((one.role for one in self.grants if one.show_guid == show_guid), None)


class Stage(Enum):
    """How far somebody has come who signs in."""

    PASSWORD = "password"  # noqa: S105  (a stage)
    """The password was right, the second step is owed."""
    WHOLE = "whole"


@dataclass(frozen=True, kw_only=True)
class Session:
    """A browser that is signed in. `token_hash` is all that is known of its token; `device` a word or two for people.

    `seen_at` is rounded down to the hour.
    """

    id: int = 0
    token_hash: str
    producer_id: int
    stage: Stage
    device: str
    created_at: datetime
    expires_at: datetime
    seen_at: datetime


class LinkKind(Enum):
    """What a one-time link is for."""

    BEGIN = "begin"
    INVITE = "invite"
    RESET = "reset"


@dataclass(frozen=True, kw_only=True)
class OneTimeLink:
    """A link that one person may use once. `grant` is what it gives, `producer_id` whose password it sets."""

    token_hash: str
    kind: LinkKind
    producer_id: int | None = None
    grant: Grant | None = None
    made_by: int | None = None
    created_at: datetime
    expires_at: datetime


class Deed(Enum):
    """What the log says somebody did; each has words under `deed_…` in every language of the studio."""

    BEGAN = "began"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105  (a deed)
    SECOND_STEP_ON = "second-step-on"
    SECOND_STEP_OFF = "second-step-off"
    RECOVERY_USED = "recovery-used"
    DEVICE_ENDED = "device-ended"
    INVITED = "invited"
    INVITATION_ENDED = "invitation-ended"
    JOINED = "joined"
    ROLE_CHANGED = "role-changed"
    REMOVED = "removed"
    DISABLED = "disabled"
    ENABLED = "enabled"
    RESET_MADE = "reset-made"
    TOKEN_MADE = "token-made"  # noqa: S105  (a deed)
    TOKEN_ENDED = "token-ended"  # noqa: S105  (a deed)


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """Who did what, to which show (its GUID, or empty) and which thing in it, and when.

    `what` is the value of a Deed or any other word; `who` the name they had then, empty: somebody at the terminal.
    """

    at: datetime
    who: str
    what: str
    show_guid: str = ""
    which: str = ""


def fold_name(name: str) -> str:
    """A name as it is compared: two that look alike but for case are one.

    >>> fold_name("  José "), fold_name("JOSE\u0301")
    ('josé', 'josé')
    """
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()
