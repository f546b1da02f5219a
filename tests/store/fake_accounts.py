"""Accounts in memory, part of the fake index; what a write that fails leaves is up to the fake index."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from catalogue.domain.previews import Preview
from catalogue.domain.producers import LinkKind, LogEntry, OneTimeLink, Producer, Session
from catalogue.domain.rights import ALL_SHOWS, Grant, Right, Role, invited
from catalogue.errors import LastOwner, NameTaken
from catalogue.store.producers import link_gone


@dataclass
class FakeAccountTables:
    people: dict[int, Producer] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    links: dict[str, OneTimeLink] = field(default_factory=dict)
    codes: set[tuple[int, str]] = field(default_factory=set)
    attempts: list[tuple[str, datetime]] = field(default_factory=list)
    log: list[LogEntry] = field(default_factory=list)
    authors: dict[tuple[str, str], int] = field(default_factory=dict)
    last_id: int = 0

    def __copy__(self) -> FakeAccountTables:
        return FakeAccountTables(**{name: copy.copy(value) for name, value in vars(self).items()})

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def change(self, producer_id: int, **values: Any) -> None:
        if producer_id in self.people:
            self.people[producer_id] = replace(self.people[producer_id], **values)

    def set_grant(self, producer_id: int, show_guid: str, role: Role | None) -> None:
        if producer_id in self.people:
            kept = tuple(one for one in self.people[producer_id].grants if one.show_guid != show_guid)
            given = (Grant(show_guid=show_guid, role=role),) if role else ()
            self.change(producer_id, grants=kept + given)

    def keep_an_owner(self) -> None:
        if not any(p.role_in(ALL_SHOWS) is Role.OWNER and p.disabled_at is None for p in self.people.values()):
            raise LastOwner("last-owner", "Nobody would be left.")

    def take_link(self, token_hash: str, now: datetime, *kinds: LinkKind) -> OneTimeLink:
        link = self.links.get(token_hash)
        if link is None or link.expires_at <= now or link.kind not in kinds:
            raise link_gone()
        return self.links.pop(token_hash)

    def drop_sessions(self, keep: Any) -> bool:
        before = len(self.sessions)
        self.sessions = {key: one for key, one in self.sessions.items() if keep(one)}
        return len(self.sessions) < before


class FakeAccounts:
    """What `Accounts` promises, in dictionaries."""

    _tables: Any

    def _writing(self) -> AbstractContextManager[Any]:
        raise NotImplementedError

    def producers(self) -> tuple[Producer, ...]:
        return tuple(self._tables.accounts.people.values())

    def producer(self, producer_id: int) -> Producer | None:
        return self._tables.accounts.people.get(producer_id)

    def producer_named(self, name: str) -> Producer | None:
        return next((one for one in self.producers() if one.name == name), None)

    def has_producers(self) -> bool:
        return bool(self.producers())

    def add_producer(self, producer: Producer, *, link_hash: str, now: datetime) -> Producer:
        with self._writing() as tables:
            accounts = tables.accounts
            link = accounts.take_link(link_hash, now, LinkKind.BEGIN, LinkKind.INVITE)
            if link.grant is None or (link.kind is LinkKind.BEGIN and accounts.people):
                raise link_gone()
            if any(one.name == producer.name for one in accounts.people.values()):
                raise NameTaken("name-taken", "Somebody else has it.")
            made = replace(producer, id=accounts.next_id(), grants=(link.grant,))
            accounts.people[made.id] = made
            accounts.links = {key: one for key, one in accounts.links.items() if one.kind is not LinkKind.BEGIN}
            return made

    def grant(self, producer_id: int, grant: Grant, *, now: datetime) -> None:
        self._set_grant(producer_id, grant.show_guid, grant.role, now)

    def revoke(self, producer_id: int, show_guid: str, *, now: datetime) -> None:
        self._set_grant(producer_id, show_guid, None, now)

    def _set_grant(self, producer_id: int, show_guid: str, role: Role | None, now: datetime) -> None:
        with self._writing() as tables:
            tables.accounts.set_grant(producer_id, show_guid, role)
            tables.accounts.keep_an_owner()
        who = self._tables.accounts.people.get(producer_id)
        if who is not None:
            self._end_previews_of(who.shown_name, now, lambda one: not self._may_write(who, one))

    def _may_write(self, who: Producer, preview: Preview) -> bool:
        is_own = self.author(preview.show_guid, preview.guid) == who.id
        return who.may(Right.WRITE, preview.show_guid, is_own=is_own)

    def disable_producer(self, producer_id: int, now: datetime) -> None:
        with self._writing() as tables:
            accounts = tables.accounts
            accounts.change(producer_id, disabled_at=now)
            accounts.drop_sessions(lambda one: one.producer_id != producer_id)
            accounts.links = {key: one for key, one in accounts.links.items() if one.producer_id != producer_id}
            tables.tokens.revoke_of(producer_id, now)
            accounts.keep_an_owner()
        gone = self._tables.accounts.people.get(producer_id)
        if gone is not None:
            self._end_previews_of(gone.shown_name, now)

    def enable_producer(self, producer_id: int) -> None:
        with self._writing() as tables:
            tables.accounts.change(producer_id, disabled_at=None)

    def set_password(self, producer_id: int, password: str) -> None:
        with self._writing() as tables:
            tables.accounts.change(producer_id, password=password)
            tables.accounts.drop_sessions(lambda one: one.producer_id != producer_id)

    def reset_password(self, password: str, *, link_hash: str, now: datetime) -> Producer:
        with self._writing() as tables:
            accounts = tables.accounts
            mine = accounts.take_link(link_hash, now, LinkKind.RESET).producer_id
            accounts.change(mine, password=password, second_step=None, proposed_step=None)
            accounts.drop_sessions(lambda one: one.producer_id != mine)
            accounts.codes = {one for one in accounts.codes if one[0] != mine}
            if mine not in accounts.people:
                raise link_gone()
            tables.tokens.revoke_of(mine, now)
            return accounts.people[mine]

    def set_producer_language(self, producer_id: int, language: str) -> None:
        with self._writing() as tables:
            tables.accounts.change(producer_id, language=language)

    def save_author(self, show_guid: str, guid: str, producer_id: int) -> None:
        with self._writing() as tables:
            tables.accounts.authors[show_guid, guid] = producer_id

    def author(self, show_guid: str, guid: str) -> int | None:
        return self._tables.accounts.authors.get((show_guid, guid))

    def save_session(self, session: Session, *, replaces: str = "") -> None:
        with self._writing() as tables:
            tables.accounts.sessions.pop(replaces, None)
            tables.accounts.sessions[session.token_hash] = replace(session, id=tables.accounts.next_id())

    def session(self, token_hash: str) -> tuple[Session, Producer] | None:
        found = self._tables.accounts.sessions.get(token_hash)
        whose = self.producer(found.producer_id) if found else None
        return (found, whose) if found and whose and whose.disabled_at is None else None

    def sessions_of(self, producer_id: int) -> tuple[Session, ...]:
        mine = (one for one in self._tables.accounts.sessions.values() if one.producer_id == producer_id)
        return tuple(sorted(mine, key=lambda one: (one.seen_at, one.id), reverse=True))

    def see_session(self, token_hash: str, seen_at: datetime) -> None:
        with self._writing() as tables:
            sessions = tables.accounts.sessions
            if token_hash in sessions:
                sessions[token_hash] = replace(sessions[token_hash], seen_at=seen_at)

    def end_session(self, token_hash: str) -> None:
        with self._writing() as tables:
            tables.accounts.sessions.pop(token_hash, None)

    def end_session_of(self, producer_id: int, session_id: int) -> bool:
        with self._writing() as tables:
            return tables.accounts.drop_sessions(lambda one: (one.producer_id, one.id) != (producer_id, session_id))

    def end_other_sessions(self, producer_id: int, *, but: str) -> None:
        with self._writing() as tables:
            tables.accounts.drop_sessions(lambda one: one.producer_id != producer_id or one.token_hash == but)

    def save_link(self, link: OneTimeLink) -> None:
        with self._writing() as tables:
            same = (link.kind, link.producer_id) if link.kind is not LinkKind.INVITE else None
            links = tables.accounts.links
            kept = {key: one for key, one in links.items() if (one.kind, one.producer_id) != same}
            tables.accounts.links = {**kept, link.token_hash: link}

    def link(self, token_hash: str) -> OneTimeLink | None:
        return self._tables.accounts.links.get(token_hash)

    def invitations(self, show_guid: str) -> tuple[OneTimeLink, ...]:
        return tuple(one for one in self._tables.accounts.links.values() if _is_to(one, show_guid))

    def end_invitation(self, show_guid: str, token_hash: str) -> bool:
        with self._writing() as tables:
            links = tables.accounts.links
            is_there = token_hash in links and _is_to(links[token_hash], show_guid)
            return is_there and links.pop(token_hash) is not None

    def accept_invitation(self, producer_id: int, *, link_hash: str, now: datetime) -> None:
        with self._writing() as tables:
            link = tables.accounts.take_link(link_hash, now, LinkKind.INVITE)
            if link.grant is None:
                raise link_gone()
            held = tables.accounts.people[producer_id].role_in(link.grant.show_guid)
            tables.accounts.set_grant(producer_id, link.grant.show_guid, invited(held, link.grant.role))

    def propose_step(self, producer_id: int, number: int) -> None:
        with self._writing() as tables:
            tables.accounts.change(producer_id, proposed_step=number)

    def begin_second_step(self, producer_id: int, *, number: int, step: int, codes: Collection[str]) -> bool:
        with self._writing() as tables:
            accounts = tables.accounts
            if accounts.people[producer_id].proposed_step != number:
                return False
            accounts.change(producer_id, second_step=number, proposed_step=None, last_step=step)
            kept = {one for one in accounts.codes if one[0] != producer_id}
            accounts.codes = kept | {(producer_id, code) for code in codes}
            return True

    def end_second_step(self, producer_id: int) -> None:
        with self._writing() as tables:
            tables.accounts.change(producer_id, second_step=None, proposed_step=None)
            tables.accounts.codes = {one for one in tables.accounts.codes if one[0] != producer_id}

    def use_step(self, producer_id: int, step: int) -> bool:
        with self._writing() as tables:
            is_new = step > tables.accounts.people[producer_id].last_step
            if is_new:
                tables.accounts.change(producer_id, last_step=step)
            return is_new

    def use_recovery_code(self, producer_id: int, code_hash: str) -> bool:
        with self._writing() as tables:
            is_there = (producer_id, code_hash) in tables.accounts.codes
            tables.accounts.codes.discard((producer_id, code_hash))
            return is_there

    def recovery_codes_left(self, producer_id: int) -> int:
        return sum(one[0] == producer_id for one in self._tables.accounts.codes)

    def sweep_links(self, now: datetime) -> None:
        with self._writing() as tables:
            links = tables.accounts.links
            tables.accounts.links = {key: one for key, one in links.items() if one.expires_at > now}

    def take_attempt(
        self, limits: Mapping[str, tuple[int, datetime]], now: datetime, *, kept_from: datetime | None = None
    ) -> datetime | None:
        with self._writing() as tables:
            kept = [one for one in tables.accounts.attempts if kept_from is None or one[1] >= kept_from]
            tables.accounts.attempts = kept
            attempts = tables.accounts.attempts
            for key, (most, since) in limits.items():
                tries = sorted((at for one, at in attempts if one == key and at > since), reverse=True)
                if len(tries) >= most:
                    return tries[most - 1]
            attempts.extend((key, now) for key in limits)
            return None

    def forget_attempts(self, keys: Collection[str]) -> None:
        with self._writing() as tables:
            tables.accounts.attempts = [one for one in tables.accounts.attempts if one[0] not in keys]

    def save_log_entry(self, entry: LogEntry) -> None:
        with self._writing() as tables:
            tables.accounts.log.append(entry)

    def log_entries(self, *, show_guids: Iterable[str] | None, offset: int, limit: int) -> tuple[LogEntry, ...]:
        asked = None if show_guids is None else set(show_guids)
        found = [one for one in reversed(self._tables.accounts.log) if asked is None or one.show_guid in asked]
        return tuple(found[offset : offset + limit])

    def sweep_accounts(self, *, now: datetime, tried: datetime, logged: datetime) -> None:
        with self._writing() as tables:
            accounts = tables.accounts
            accounts.drop_sessions(lambda one: one.expires_at > now)
            accounts.attempts = [one for one in accounts.attempts if one[1] >= tried]
            accounts.log = [one for one in accounts.log if one.at >= logged]


def _is_to(link: OneTimeLink, show_guid: str) -> bool:
    return link.kind is LinkKind.INVITE and link.grant is not None and link.grant.show_guid == show_guid
