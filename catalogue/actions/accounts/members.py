"""The people of a show, or of all shows: what role they have, and that they leave."""

from __future__ import annotations

from datetime import datetime

from catalogue.actions.accounts.desk import Desk, write_down
from catalogue.domain.producers import Deed, OneTimeLink, Producer
from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from catalogue.errors import NotFound


def members(desk: Desk, show_guid: str) -> tuple[Producer, ...]:
    """Who has a role in a show, be it one for all shows; of all shows everybody. Who owns comes first, then by name."""
    found = desk.accounts.producers()
    if show_guid != ALL_SHOWS:
        found = tuple(one for one in found if one.role_in(show_guid) or one.role_in(ALL_SHOWS))
    order = list(Role)
    return tuple(sorted(found, key=lambda one: (_rank(one, show_guid, order), one.name)))


def find_member(desk: Desk, show_guid: str, member_id: int) -> Producer:
    """Give somebody with a role in exactly this show (of all shows: anybody); raises NotFound."""
    found = desk.accounts.producer(member_id)
    if found is None or (show_guid != ALL_SHOWS and found.role_in(show_guid) is None):
        raise NotFound("no-member", "There is nobody like that here.")
    return found


def change_role(desk: Desk, who: Producer | None, member: Producer, grant: Grant, *, now: datetime) -> None:
    """Give somebody another role; raises LastOwner."""
    if member.role_in(grant.show_guid) is grant.role:
        return
    desk.accounts.grant(member.id, grant, now=now)
    which = f"{member.shown_name}: {grant.role.value}"
    write_down(desk, who, Deed.ROLE_CHANGED, now=now, show_guid=_logged(grant.show_guid), which=which)


def remove(desk: Desk, who: Producer | None, member: Producer, show_guid: str, *, now: datetime) -> None:
    """Take somebody's role away; raises LastOwner."""
    desk.accounts.revoke(member.id, show_guid, now=now)
    write_down(desk, who, Deed.REMOVED, now=now, show_guid=_logged(show_guid), which=member.shown_name)


def disable(desk: Desk, who: Producer | None, member: Producer, *, now: datetime) -> None:
    """Let somebody sign in no more, and end what they are signed in with; raises LastOwner."""
    desk.accounts.disable_producer(member.id, now)
    write_down(desk, who, Deed.DISABLED, now=now, which=member.shown_name)


def enable(desk: Desk, who: Producer | None, member: Producer, *, now: datetime) -> None:
    """Let somebody sign in again."""
    desk.accounts.enable_producer(member.id)
    write_down(desk, who, Deed.ENABLED, now=now, which=member.shown_name)


def end_invitation(desk: Desk, who: Producer | None, show_guid: str, token_hash: str, *, now: datetime) -> None:
    """Take an invitation back; raises NotFound where it was taken up, or is another show's."""
    if not desk.accounts.end_invitation(show_guid, token_hash):
        raise NotFound("no-invitation", "There is no such invitation any more.")
    write_down(desk, who, Deed.INVITATION_ENDED, now=now, show_guid=_logged(show_guid))


def open_invitations(desk: Desk, show_guid: str, *, now: datetime) -> tuple[OneTimeLink, ...]:
    """The invitations that somebody may still take up, the oldest first."""
    return tuple(one for one in desk.accounts.invitations(show_guid) if now < one.expires_at)


def _rank(member: Producer, show_guid: str, order: list[Role]) -> int:
    role = member.role_in(show_guid) or member.role_in(ALL_SHOWS)
    return order.index(role) if role else len(order)


def _logged(show_guid: str) -> str:
    return "" if show_guid == ALL_SHOWS else show_guid
