"""The errands' part of the index in memory."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from catalogue.domain.errands import Errand, ErrandState, ErrandWish

_FREE = {"owner": None, "leased_until": None}
_FROM_THE_BEGINNING = {"said": "", "done": 0, "total": 0}


class FakeErrands:
    """What `Errands` promises, in a dictionary by number."""

    def __init__(self) -> None:
        self._errands: dict[int, Errand] = {}
        self._errands_lock = threading.Lock()

    def ask_for_errand(self, wish: ErrandWish, *, now: datetime) -> Errand:
        stated = {name: getattr(wish, name) for name in ("kind", "show_guid", "guid", "parameters")}
        with self._errands_lock:
            for one in self._errands.values():
                if one.is_open and all(getattr(one, name) == value for name, value in stated.items()):
                    return one
            new = Errand(
                id=len(self._errands) + 1, asked_by=wish.asked_by, state=ErrandState.WAITING, outcome={}, asked_at=now,
                ended_at=None, tries=0, **stated, **_FREE, **_FROM_THE_BEGINNING,
            )  # fmt: skip
            return self._errands.setdefault(new.id, new)

    def errand(self, number: int) -> Errand | None:
        return self._errands.get(number)

    def errands(self, *, states: Collection[ErrandState], kind: str | None = None) -> tuple[Errand, ...]:
        found = (one for one in self._errands.values() if one.state in states)
        return tuple(one for one in found if kind in (None, one.kind))

    def errand_kinds_waiting(self, now: datetime) -> frozenset[str]:
        return frozenset(one.kind for one in self._errands.values() if _is_ready(one, now))

    def take_errand(self, kind: str, *, owner: str, now: datetime, until: datetime) -> Errand | None:
        with self._errands_lock:
            ready = (one for one in self._errands.values() if one.kind == kind and _is_ready(one, now))
            one = next(ready, None)
            if one is None:
                return None
            held = {"owner": owner, "leased_until": until, "tries": one.tries + 1}
            self._errands[one.id] = replace(one, state=ErrandState.RUNNING, **held, **_FROM_THE_BEGINNING)
            return self._errands[one.id]

    def keep_errand(self, errand: Errand, *, said: str, done: int, total: int, until: datetime) -> bool:
        return self._change_errand(errand, said=said, done=done, total=total, leased_until=until)

    def end_errand(self, errand: Errand, *, state: ErrandState, outcome: Mapping[str, object], now: datetime) -> bool:
        return self._change_errand(errand, state=state, outcome=dict(outcome), ended_at=now, **_FREE)

    def release_errand(self, errand: Errand, *, tries: int) -> None:
        self._change_errand(errand, state=ErrandState.WAITING, tries=tries, **_FREE, **_FROM_THE_BEGINNING)

    def cancel_errand(self, number: int, *, now: datetime) -> bool:
        with self._errands_lock:
            one = self._errands.get(number)
            if one is None or not one.is_open:
                return False
            self._errands[number] = replace(one, state=ErrandState.CANCELLED, ended_at=now, **_FREE)
            return True

    def rewrite_errand(self, number: int, *, parameters: Mapping[str, object], outcome: Mapping[str, object]) -> None:
        with self._errands_lock:
            one = self._errands.get(number)
            if one is not None and one.ended_at is not None:
                self._errands[number] = replace(one, parameters=dict(parameters), outcome=dict(outcome))

    def sweep_errands(self, before: datetime) -> None:
        with self._errands_lock:
            self._errands = {
                number: one for number, one in self._errands.items() if one.ended_at is None or one.ended_at >= before
            }

    def _change_errand(self, errand: Errand, **values: object) -> bool:
        with self._errands_lock:
            one = self._errands.get(errand.id)
            if one is None or one.owner != errand.owner or one.state is not ErrandState.RUNNING:
                return False
            self._errands[one.id] = replace(one, **values)
            return True


def _is_ready(one: Errand, now: datetime) -> bool:
    is_left = one.state is ErrandState.RUNNING and one.leased_until is not None and one.leased_until <= now
    return is_left or one.state is ErrandState.WAITING
