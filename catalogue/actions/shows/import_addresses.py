"""Addresses of feeds, which may hold a key behind a `?`: kept in errands no longer than these work with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from catalogue.actions.open import Place
from catalogue.actions.shows.import_errands import IMPORT, LOOK
from catalogue.domain.errands import OPEN_STATES, Errand, ErrandState

# For so long an import that ended can be gone on with, and a look be followed by its import.
KEPT_FOR = timedelta(days=1)
IS_CUT = "is_cut"


def cut_addresses(place: Place, now: datetime) -> None:
    """Cut the query off the addresses of errands that ended a day ago, or whose import brought everything."""
    open_ones = {_source(one) for kind in (LOOK, IMPORT) for one in place.index.errands(states=OPEN_STATES, kind=kind)}
    over = frozenset(ErrandState) - OPEN_STATES
    ended = [one for kind in (LOOK, IMPORT) for one in place.index.errands(states=over, kind=kind)]
    done = {_source(one) for one in ended if one.kind == IMPORT and one.outcome.get("is_whole")}
    for one in ended:
        source, is_old = _source(one), one.ended_at is not None and one.ended_at < now - KEPT_FOR
        if "?" in source and source not in open_ones and (is_old or source in done):
            bare = source.partition("?")[0]
            parameters = {**_without(one.parameters, source, bare), IS_CUT: True}
            place.index.rewrite_errand(one.id, parameters=parameters, outcome=_without(one.outcome, source, bare))


def _source(errand: Errand) -> str:
    """Where a feed is on the net; empty for one that was sent as a file."""
    source = str(errand.parameters.get("source", ""))
    return source if "://" in source else ""


def _without(value: Mapping[str, object], text: str, other: str) -> Mapping[str, Any]:
    """The same with a text in place of another, wherever it stands."""
    found: Mapping[str, Any] = json.loads(json.dumps(value).replace(json.dumps(text)[1:-1], json.dumps(other)[1:-1]))
    return found
