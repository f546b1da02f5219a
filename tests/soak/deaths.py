"""Death in the middle of a run, played inside this process: at one of the calls to library or database."""

from __future__ import annotations

from typing import Any


class Died(BaseException):
    """Ends a run in its middle; no `except Exception` may catch it, as none catches a kill."""


class Mortal:
    """Stands before a library or a database, and dies before or after one of the calls to come."""

    def __init__(self, real: Any, fate: Fate) -> None:
        self._real, self._fate = real, fate

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._real, name)
        if not callable(value):
            return value

        def called(*args: Any, **named: Any) -> Any:
            self._fate.meet()
            answer = value(*args, **named)
            self._fate.meet()
            return answer

        return called


class Fate:
    """How many calls are left before death."""

    def __init__(self, calls: int) -> None:
        self.calls = calls

    def meet(self, *_: object) -> None:
        self.calls -= 1
        if self.calls == 0:
            raise Died
