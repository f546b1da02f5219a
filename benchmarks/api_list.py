"""The API's list of ten thousand episodes: processor time of one page, in a process that has read the index."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from statistics import median

from flask.testing import FlaskClient

from benchmarks.bench import Bench
from benchmarks.studio_list import EPISODES, MOST_SECONDS, NOW, TRIES, opened_studio
from benchmarks.table import Row
from catalogue.actions.accounts.tokens import TokenWish, make_token
from catalogue.domain.tokens import Scope

LIST = "/api/v1/shows/nights/episodes"
MIDDLE = EPISODES // 2
# What is asked for, and the slug of the first episode of its answer.
PAGES = (
    ("the first fifty", "?limit=50", "night-09999"),
    ("a page in the middle", "?limit=50&after={after}", f"night-{MIDDLE - 1:05}"),
    ("narrowed by status", "?limit=50&status=draft", "night-09950"),
)


def rows(bench: Bench) -> Iterable[Row]:
    """Ask for pages of the list, again and again."""
    number = bench.count(EPISODES)
    client, headers = _program(bench, number)
    after = _walk(client, headers, episodes=number - MIDDLE) if number == EPISODES else ""
    for name, query, first in PAGES if number == EPISODES else PAGES[:1]:
        address = LIST + query.format(after=after)
        expected = first if number == EPISODES else f"night-{number - 1:05}"
        costs = list(_costs(client, headers, address, expected))
        yield Row(
            what=f"API: list of {number:,} episodes, {name}",
            ours=f"{1000 * median(costs):.0f} ms CPU (at most {1000 * max(costs):.0f})",
            beside="",
            ratio="",
            wanted=f"≤ {1000 * MOST_SECONDS:.0f} ms",
            is_met=median(costs) <= MOST_SECONDS,
        )


def _costs(client: FlaskClient, headers: dict[str, str], address: str, first: str) -> Iterator[float]:
    client.get(address, headers=headers)
    for _ in range(TRIES):
        began = time.process_time()
        answer = client.get(address, headers=headers)
        cost = time.process_time() - began
        told = answer.get_json()
        if answer.status_code != 200 or told["episodes"][0]["slug"] != first:
            raise RuntimeError(f"{address} answers {answer.status_code}, and does not begin with {first}")
        yield cost


def _walk(client: FlaskClient, headers: dict[str, str], *, episodes: int) -> str:
    """The place behind so many episodes, as a program comes to it: page by page."""
    after = ""
    for _ in range(episodes // 200):
        query = f"?limit=200&after={after}" if after else "?limit=200"
        after = client.get(LIST + query, headers=headers).get_json()["next"]
    return after


def _program(bench: Bench, number: int) -> tuple[FlaskClient, dict[str, str]]:
    client, desk, owner = opened_studio(bench.folder, number)
    made = make_token(desk, owner, TokenWish(name="benchmark", scopes=(Scope.READ,)), by=owner, now=NOW)
    return client, {"Authorization": f"Bearer {made.secret}"}
