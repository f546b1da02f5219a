"""One-time links: the way in for who has no password yet, or has it no more. There is no mail; somebody hands them on.

A link is a random token, of which the database has the digest. Opening it uses nothing up, for programs that show a
message open its links too; what is sent from its page does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.actions.accounts.desk import Desk, write_down
from catalogue.actions.accounts.limits import BEGIN_LASTS, INVITATION_LASTS, RESET_LASTS
from catalogue.actions.accounts.names import find_fault, plain_name
from catalogue.actions.accounts.passwords import find_weakness, hash_password
from catalogue.actions.accounts.sessions import hash_token, new_token
from catalogue.domain.producers import Deed, LinkKind, OneTimeLink, Producer, fold_name
from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from catalogue.domain.studio_patterns import BEGIN, INVITATION, RESET
from catalogue.errors import NotFound

LASTS = {LinkKind.BEGIN: BEGIN_LASTS, LinkKind.INVITE: INVITATION_LASTS, LinkKind.RESET: RESET_LASTS}
ADDRESSES = {LinkKind.BEGIN: BEGIN, LinkKind.INVITE: INVITATION, LinkKind.RESET: RESET}
OWNER_OF_ALL = Grant(show_guid=ALL_SHOWS, role=Role.OWNER)


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """What somebody fills in who begins an account, or chooses a new password (then `name` is theirs already)."""

    name: str
    password: str
    again: str
    language: str = "en"


def begin_address(desk: Desk, base_url: str, *, now: datetime) -> str | None:
    """Make the link by which the first owner begins, in place of any before; None where there is a producer."""
    if desk.accounts.has_producers():
        return None
    return _address(desk, base_url, LinkKind.BEGIN, grant=OWNER_OF_ALL, now=now)


def invitation_address(desk: Desk, base_url: str, grant: Grant, *, made_by: Producer | None, now: datetime) -> str:
    """Make a link that gives whoever uses it a role."""
    address = _address(desk, base_url, LinkKind.INVITE, grant=grant, made_by=made_by, now=now)
    show_guid = "" if grant.show_guid == ALL_SHOWS else grant.show_guid
    write_down(desk, made_by, Deed.INVITED, now=now, show_guid=show_guid, which=grant.role.value)
    return address


def reset_address(desk: Desk, base_url: str, producer: Producer, *, made_by: Producer | None, now: datetime) -> str:
    """Make a link by which somebody chooses a new password, and then needs no second step any more."""
    address = _address(desk, base_url, LinkKind.RESET, producer_id=producer.id, made_by=made_by, now=now)
    write_down(desk, made_by, Deed.RESET_MADE, now=now, which=producer.shown_name)
    return address


def find_link(desk: Desk, token: str, kind: LinkKind, *, now: datetime) -> OneTimeLink:
    """Give what a link is; raises NotFound where it is gone, over or of another kind."""
    found = desk.accounts.link(hash_token(token))
    is_over = found is None or found.kind is not kind or now >= found.expires_at
    if found is None or is_over or (kind is LinkKind.BEGIN and desk.accounts.has_producers()):
        raise NotFound("link-gone", "This link was used already, or is too old. Ask for a new one.")
    return found


def find_problems(account: NewAccount, *, has_name: bool = True) -> dict[str, str]:
    """Say what is wrong with what was filled in, as field → word; `has_name` where the name was filled in too."""
    fault = find_fault(account.name) if has_name else None
    weakness = find_weakness(account.password, name=account.name)
    problems = {"name": fault and f"name_{fault}", "password": weakness and f"password_{weakness}"}
    problems["again"] = None if weakness or account.password == account.again else "password_differs"
    return {field: word for field, word in problems.items() if word}


def join(desk: Desk, token: str, account: NewAccount, *, now: datetime) -> Producer:
    """Make a producer of who holds a link and filled in an account without problems.

    Raises NotFound where the link is gone, NameTaken where the name is.
    """
    link = desk.accounts.link(hash_token(token))
    shown = plain_name(account.name)
    producer = Producer(
        name=fold_name(shown),
        shown_name=shown,
        password=hash_password(account.password),
        language=account.language,
        created_at=now,
    )
    made = desk.accounts.add_producer(producer, link_hash=hash_token(token), now=now)
    deed = Deed.BEGAN if link is not None and link.kind is LinkKind.BEGIN else Deed.JOINED
    _write_joined(desk, made, link, deed, now)
    return made


def accept(desk: Desk, token: str, producer: Producer, *, now: datetime) -> None:
    """Give a producer what an invitation gives; raises NotFound where it is gone."""
    link = desk.accounts.link(hash_token(token))
    desk.accounts.accept_invitation(producer.id, link_hash=hash_token(token), now=now)
    _write_joined(desk, producer, link, Deed.JOINED, now)


def choose_password(desk: Desk, token: str, password: str, *, now: datetime) -> Producer:
    """Set the password of whose link it is, and end all they are signed in with; raises NotFound where it is gone."""
    producer = desk.accounts.reset_password(hash_password(password), link_hash=hash_token(token), now=now)
    write_down(desk, producer, Deed.PASSWORD_CHANGED, now=now)
    return producer


def _address(
    desk: Desk,
    base_url: str,
    kind: LinkKind,
    *,
    now: datetime,
    grant: Grant | None = None,
    producer_id: int | None = None,
    made_by: Producer | None = None,
) -> str:
    token = new_token()
    link = OneTimeLink(
        token_hash=hash_token(token),
        kind=kind,
        producer_id=producer_id,
        grant=grant,
        made_by=made_by.id if made_by else None,
        created_at=now,
        expires_at=now + LASTS[kind],
    )
    desk.accounts.sweep_links(now)
    desk.accounts.save_link(link)
    return base_url + ADDRESSES[kind].replace("<token>", token)


def _write_joined(desk: Desk, producer: Producer, link: OneTimeLink | None, deed: Deed, now: datetime) -> None:
    grant = link.grant if link else None
    guid = grant.show_guid if grant and grant.show_guid != ALL_SHOWS else ""
    write_down(desk, producer, deed, now=now, show_guid=guid, which=grant.role.value if grant else "")
