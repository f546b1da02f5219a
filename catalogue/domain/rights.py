"""Who may do what: roles as sets of rights, for one show or for all of them.

Everything that a producer can do asks `may`; what no role has a right to, nobody may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

# Stands for every show there is and will be, in place of a show's GUID.
ALL_SHOWS = "*"


class Right(Enum):
    """One thing that somebody may do in the studio."""

    ENTER = "enter"
    """Be in the studio at all: the own account, the list of the own shows."""
    SEE = "see"
    """See a show: its episodes' states, findings, the plan."""
    SEE_DRAFTS = "see-drafts"
    REVIEW = "review"
    """Say that an episode was reviewed."""
    WRITE = "write"
    UPLOAD = "upload"
    PUBLISH = "publish"
    """Publish, schedule, take back to draft."""
    WITHDRAW = "withdraw"
    SETTINGS = "settings"
    PEOPLE = "people"
    """Invite, change roles, remove."""
    LOG = "log"
    """Read who did what."""
    BEGIN_SHOW = "begin-show"
    """Begin a show, bring one in from elsewhere; only for all shows."""


class Role(Enum):
    """What somebody is to a show."""

    OWNER = "owner"
    EDITOR = "editor"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"


_READING = frozenset({Right.ENTER, Right.SEE})
_REVIEWING = _READING | {Right.SEE_DRAFTS, Right.REVIEW}
_EDITING = _REVIEWING | {Right.WRITE, Right.UPLOAD, Right.PUBLISH, Right.WITHDRAW}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.EDITOR: _EDITING,
    Role.CONTRIBUTOR: _READING | {Right.UPLOAD},
    Role.REVIEWER: _REVIEWING,
}
# What a role may do to a draft that its holder began, beside what it may do to all.
RIGHTS_TO_OWN: dict[Role, frozenset[Right]] = {Role.CONTRIBUTOR: frozenset({Right.SEE_DRAFTS, Right.WRITE})}
# What needs a role for all shows: there is no one show that it is about.
FOR_ALL_SHOWS = frozenset({Right.BEGIN_SHOW})


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role in a show, by the show's GUID, or in all (`ALL_SHOWS`)."""

    show_guid: str
    role: Role


def may(grants: Iterable[Grant], right: Right, show_guid: str | None, *, is_own: bool = False) -> bool:
    """Whether somebody with these grants may do it to a show.

    `show_guid` None: to what belongs to no show, for which a role in any gives the right to enter, and all other
    rights come from a role for all shows. `is_own`: to a draft that they began; nothing that is public is that.

    >>> editor = [Grant(show_guid="a", role=Role.EDITOR)]
    >>> may(editor, Right.PUBLISH, "a"), may(editor, Right.PUBLISH, "b"), may(editor, Right.PEOPLE, "a")
    (True, False, False)
    """
    held = list(grants)
    if right is Right.ENTER and show_guid is None:
        return True
    if show_guid is None or right in FOR_ALL_SHOWS:
        return any(_allows(one.role, right, is_own) for one in held if one.show_guid == ALL_SHOWS)
    return any(_allows(one.role, right, is_own) for one in held if one.show_guid in (show_guid, ALL_SHOWS))


def invited(held: Role | None, offered: Role) -> Role:
    """The role of somebody who takes up an invitation where they have a role already: it takes no right away.

    >>> invited(Role.OWNER, Role.EDITOR).value, invited(Role.REVIEWER, Role.EDITOR).value
    ('owner', 'editor')
    """
    return held if held is not None and RIGHTS[held] >= RIGHTS[offered] else offered


def is_only_for_own(grants: Iterable[Grant], right: Right, show_guid: str) -> bool:
    """Whether they may do it to drafts of their own alone, so that whose it is has to be looked up."""
    held = list(grants)
    return not may(held, right, show_guid) and may(held, right, show_guid, is_own=True)


def _allows(role: Role, right: Right, is_own: bool) -> bool:
    return right in RIGHTS[role] or (is_own and right in RIGHTS_TO_OWN.get(role, frozenset()))
