"""The part of the index with tokens and kept answers, in memory."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from catalogue.domain.producers import Producer
from catalogue.domain.tokens import KeptAnswer, Token
from catalogue.store.kept_answers import MOST_KEPT, MOST_KEPT_BYTES


@dataclass(kw_only=True)
class _Kept:
    answer: KeptAnswer
    owner: str
    at: datetime


@dataclass
class FakeTokenTables:
    tokens: dict[int, Token] = field(default_factory=dict)
    answers: dict[tuple[int, str], _Kept] = field(default_factory=dict)

    def __copy__(self) -> FakeTokenTables:
        return FakeTokenTables(dict(self.tokens), dict(self.answers))

    def revoke_of(self, producer_id: int, now: datetime) -> None:
        for number, one in self.tokens.items():
            if one.producer_id == producer_id and one.revoked_at is None:
                self.tokens[number] = replace(one, revoked_at=now)


class FakeTokens:
    """What `Tokens` and `KeptAnswers` promise."""

    _tables: Any

    def _writing(self) -> AbstractContextManager[Any]:
        raise NotImplementedError

    def add_token(self, token: Token) -> Token:
        known = self._hashed(token.token_hash)
        if known is not None:
            return known
        with self._writing() as tables:
            kept = tables.tokens.tokens
            return kept.setdefault(len(kept) + 1, replace(token, id=len(kept) + 1))

    def token(self, token_hash: str) -> tuple[Token, Producer] | None:
        found = self._hashed(token_hash)
        whose = self._tables.accounts.people.get(found.producer_id) if found else None
        return (found, whose) if found and whose and whose.disabled_at is None else None

    def tokens(self) -> tuple[Token, ...]:
        return tuple(self._tables.tokens.tokens.values())

    def tokens_of(self, producer_id: int) -> tuple[Token, ...]:
        return tuple(one for one in self.tokens() if one.producer_id == producer_id)

    def see_token(self, token_id: int, day: date) -> None:
        self._change(token_id, used_on=day)

    def revoke_token(self, token_id: int, now: datetime) -> bool:
        found = self._tables.tokens.tokens.get(token_id)
        if found is None or found.revoked_at is not None:
            return False
        self._change(token_id, revoked_at=now)
        return True

    def sweep_tokens(self, before: datetime) -> None:
        with self._writing() as tables:
            kept = tables.tokens.tokens
            for number, one in list(kept.items()):
                if one.expires_at < before or (one.revoked_at or before) < before:
                    del kept[number]

    def begin_answer(
        self, token_id: int, key: str, *, asked: str, owner: str, now: datetime, kept_from: datetime,
        begun_from: datetime,
    ) -> KeptAnswer | None:  # fmt: skip
        with self._writing() as tables:
            answers = tables.tokens.answers
            for place, one in list(answers.items()):
                if one.at < kept_from or (one.answer.status is None and one.at < begun_from):
                    del answers[place]
            known = answers.get((token_id, key))
            if known is not None:
                return None if known.owner == owner and known.answer.status is None else known.answer
            mine = [place for place in answers if place[0] == token_id]
            for place in mine[: max(0, len(mine) + 1 - MOST_KEPT)]:
                del answers[place]
            answers[token_id, key] = _Kept(answer=KeptAnswer(asked=asked), owner=owner, at=now)
            return None

    def keep_answer(self, token_id: int, key: str, *, owner: str, answer: KeptAnswer) -> None:
        found = self._tables.tokens.answers.get((token_id, key))
        if found is not None and found.owner == owner:
            with self._writing() as tables:
                answers = tables.tokens.answers
                answers[token_id, key] = replace(found, answer=replace(answer, asked=found.answer.asked))
                mine = [place for place, one in answers.items() if place[0] == token_id and one.answer.status]
                room = MOST_KEPT_BYTES
                for place in reversed(mine):
                    room -= len(answers[place].answer.body)
                    if room < 0 and place != (token_id, key):
                        del answers[place]

    def drop_answer(self, token_id: int, key: str, *, owner: str) -> None:
        found = self._tables.tokens.answers.get((token_id, key))
        if found is not None and found.owner == owner:
            with self._writing() as tables:
                del tables.tokens.answers[token_id, key]

    def kept_answer(self, token_id: int, key: str) -> KeptAnswer | None:
        found = self._tables.tokens.answers.get((token_id, key))
        return found.answer if found else None

    def _hashed(self, token_hash: str) -> Token | None:
        return next((one for one in self.tokens() if one.token_hash == token_hash), None)

    def _change(self, token_id: int, **values: Any) -> None:
        with self._writing() as tables:
            if token_id in tables.tokens.tokens:
                tables.tokens.tokens[token_id] = replace(tables.tokens.tokens[token_id], **values)
