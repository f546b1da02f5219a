"""The studio's list of ten thousand episodes: processor time of one page, in a process that has read the index."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from flask.testing import FlaskClient

from benchmarks.bench import Bench
from benchmarks.table import Row
from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.server_key import ServerKey
from catalogue.actions.accounts.sessions import begin_session, hash_token
from catalogue.actions.open import Place, open_library
from catalogue.actions.publish import Publication
from catalogue.config import Settings
from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode, LedgerShow
from catalogue.domain.links import Links
from catalogue.domain.media import RemoteAudio
from catalogue.domain.plan import Problem, Severity
from catalogue.domain.producers import LinkKind, OneTimeLink, Producer, Stage
from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from catalogue.domain.show import Show
from catalogue.store.index import EpisodeRow, Index, ShowRow, open_index
from web.app import create_app
from web.studio.cookies import SESSION
from web.studio.current import Studio

EPISODES = 10_000
MOST_SECONDS = 0.1
TRIES = 21
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
# What is asked for, and what its answer must say.
PAGES = (
    ("the first fifty", "", "night-09999/"),
    ("a page in the middle", "?page=100", "night-05000/"),
    ("narrowed by words and status", "?q=living+7&status=public", "night-09997/"),
)


def rows(bench: Bench) -> Iterable[Row]:
    """Ask for pages of the list, and for the first page of the studio, again and again."""
    number = bench.count(EPISODES)
    client = _signed_in(bench.folder, number)
    client.get("/studio/")
    for name, query, said in PAGES if number == EPISODES else PAGES[:1]:
        address = f"/studio/shows/nights/{query}"
        yield _row(f"studio: list of {number:,} episodes, {name}", list(_costs(client, address, said)))
    yield _row(f"studio: what waits among {number:,} episodes", list(_costs(client, "/studio/", "Nights")))


def _costs(client: FlaskClient, address: str, said: str) -> Iterator[float]:
    for _ in range(TRIES):
        began = time.process_time()
        answer = client.get(address)
        cost = time.process_time() - began
        if answer.status_code != 200 or (said not in answer.text and "night-" in said):
            raise RuntimeError(f"{address} answers {answer.status_code}, without {said}")
        yield cost


def _row(what: str, costs: list[float]) -> Row:
    middle, most = median(costs), max(costs)
    return Row(
        what=what,
        ours=f"{1000 * middle:.0f} ms CPU (at most {1000 * most:.0f})",
        beside="",
        ratio="",
        wanted=f"≤ {1000 * MOST_SECONDS:.0f} ms",
        is_met=middle <= MOST_SECONDS,
    )


def _signed_in(folder: Path, number: int) -> FlaskClient:
    client, desk, owner = opened_studio(folder, number)
    client.set_cookie(SESSION, begin_session(desk, owner, Stage.WHOLE, device="", now=NOW), path="/studio")
    return client


def opened_studio(folder: Path, number: int) -> tuple[FlaskClient, Desk, Producer]:
    """A server over a library of so many episodes, its desk, and its owner; nobody is signed in."""
    library = folder / "library"
    library.mkdir()
    settings = Settings(library=library, data=folder / "data")
    index = open_index(settings.store_url)
    _fill(index, number)
    box: Any = nullcontext()  # nothing is read
    place = Place(
        storage=open_library(settings), index=index, box=box, derived=settings.derived_folder, settings=settings
    )
    desk = Desk(accounts=index, key=ServerKey(b"a key for this benchmark alone"))
    publication = Publication(index, place.storage, place.derived)
    links = Links("http://localhost")
    app = create_app(publication, links=links, clock=lambda: NOW, studio=Studio(place=place, desk=desk))
    return app.test_client(), desk, _owner(index)


def _owner(index: Index) -> Producer:
    grant = Grant(show_guid=ALL_SHOWS, role=Role.OWNER)
    link = OneTimeLink(
        token_hash=hash_token("owner"), kind=LinkKind.BEGIN, grant=grant, created_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )  # fmt: skip
    index.save_link(link)
    owner = Producer(name="owner", shown_name="Owner", password="none", created_at=NOW)  # noqa: S106
    return index.add_producer(owner, link_hash=link.token_hash, now=NOW)


def _fill(index: Index, number: int) -> None:
    """A show as it would be after an index: one in a hundred is a draft, one in ten has something to mend."""
    show = Show(
        guid="nights", slug="nights", path="", title="Nights", description="Nights", author="A", language="en",
        first_seen_at=NOW,
    )  # fmt: skip
    line = LedgerShow(guid=show.guid, slug=show.slug, first_seen_at=NOW)
    found = {row.line.guid: row for row in (_episode(at) for at in range(number))}
    index.save_show(ShowRow(show=show, line=line, changed_at=NOW, version="1"), episodes=found)
    index.save_problems(
        [
            Problem(severity=Severity.WARNING, code="note", path=f"night-{at:05}/episode.md", message="Mend it.")
            for at in range(0, number, 10)
        ]
    )


def _episode(at: int) -> EpisodeRow:
    name = f"night-{at:05}"
    episode = Episode(
        guid=f"guid-{at:05}", slug=name, path=name, title=f"Noche {at}: “living” with it", language="en",
        published_at=NOW - timedelta(hours=20_000 - at), draft=at % 100 == 50, notes="Notes of this night. " * 20,
        remote=RemoteAudio(url=f"https://media.example/{name}.mp3", size_bytes=1000, media_type="audio/mpeg"),
    )  # fmt: skip
    line = LedgerEpisode(guid=episode.guid, path=name, slug=name)
    return EpisodeRow(episode=episode, line=line, version="1")
