"""The members' part of the index in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from catalogue.domain.members import Member


class FakeMembers:
    """What `Members` promises, in a dictionary by the hash of the token."""

    def __init__(self) -> None:
        self._members: dict[str, Member] = {}

    def add_member(self, show_guid: str, name: str, *, token_hash: str, now: datetime) -> Member:
        new = Member(id=len(self._members) + 1, show_guid=show_guid, name=name, added_at=now.replace(microsecond=0))
        return self._members.setdefault(token_hash, new)

    def members(self, show_guid: str) -> tuple[Member, ...]:
        return tuple(one for one in self._members.values() if one.show_guid == show_guid)

    def find_member(self, token_hash: str) -> Member | None:
        return self._members.get(token_hash)

    def revoke_member(self, member: Member, *, now: datetime) -> None:
        for token_hash, one in self._members.items():
            if one.id == member.id and one.revoked_at is None:
                self._members[token_hash] = replace(one, revoked_at=now.replace(microsecond=0))
