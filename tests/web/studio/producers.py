"""Somebody who works in the studio: a library on disk, an index, a browser that may be signed in."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from builders import NOON, make_episode, make_ledger_show, make_line, make_show
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalogue.actions.accounts import passwords
from catalogue.actions.accounts.desk import Desk, write_down
from catalogue.actions.accounts.server_key import ServerKey
from catalogue.actions.accounts.sessions import begin_session, hash_token
from catalogue.actions.open import Place, open_library
from catalogue.actions.publish import Publication
from catalogue.config import Settings
from catalogue.domain.links import Links
from catalogue.domain.producers import LinkKind, OneTimeLink, Producer, Stage, fold_name
from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from catalogue.store.index import EpisodeRow, Index, ShowRow, open_index
from web.app import create_app
from web.studio.cookies import SESSION
from web.studio.current import Studio

BASE_URL = "http://localhost"
# The GUIDs of the shows `conversations` and `talks`.
FIRST, SECOND = "917393e3-1b1e-5cef-ace4-edaa54e1f810", "917393e3-1b1e-5cef-ace4-edaa54e1f811"
SHOWS = ((FIRST, "conversations"), (SECOND, "talks"))
PASSWORD = "quiet rooms by the sea"
KEY = ServerKey(b"a key that is only for these tests")
_names = itertools.count(1)


@dataclass
class Browser:
    """A browser in the studio: it follows no redirect by itself, and fills in forms as they stand on the page."""

    client: FlaskClient
    producer: Producer | None = None

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers=_named(headers))

    def text(self, path: str) -> str:
        response = self.get(path)
        assert response.status_code == 200, (response.status_code, response.text)
        return response.text

    def token(self, path: str = "/studio/sign-in/") -> str:
        """What a form of a page carries."""
        text = self.client.get(path, follow_redirects=True).text
        return re.search(r'name="csrf" value="([0-9a-f]{64})"', text)[1]

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, on: str | None = None, **headers: str
    ) -> TestResponse:
        """Send a form with the token of the page `on`."""
        filled = {"csrf": self.token(on or "/studio/sign-in/"), **(data or {})}
        return self.client.post(path, data=filled, headers=_named(headers))


@dataclass
class House:
    """A site with a studio over a library and an index; `now` is its clock."""

    index: Index
    place: Place
    now: datetime = NOON
    base_url: str = BASE_URL
    is_open: bool = True
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(accounts=self.index, key=KEY)
        publication = Publication(self.index, self.place.storage, self.place.derived)
        studio = Studio(place=self.place, desk=self.desk if self.is_open else None)
        self.app = create_app(publication, links=Links(self.base_url), clock=lambda: self.now, studio=studio)

    def add(self, role: Role = Role.OWNER, show_guid: str = ALL_SHOWS, *, name: str = "", **stated: Any) -> Producer:
        """Somebody with that role."""
        name = name or f"Producer {next(_names)}"
        grant = Grant(show_guid=show_guid, role=role)
        link = OneTimeLink(
            token_hash=hash_token(name), kind=LinkKind.INVITE, grant=grant, created_at=self.now,
            expires_at=self.now + timedelta(days=1),
        )  # fmt: skip
        self.index.save_link(link)
        values = {"name": fold_name(name), "shown_name": name, "password": hashed_password(), "created_at": self.now}
        return self.index.add_producer(Producer(**values | stated), link_hash=link.token_hash, now=self.now)

    def log(self, what: str) -> None:
        """Something that somebody at the terminal did."""
        write_down(self.desk, None, what, now=self.now)

    def browser(self) -> Browser:
        """One that nobody signed in with."""
        return Browser(self.app.test_client())

    def sign_in(self, producer: Producer, stage: Stage = Stage.WHOLE) -> Browser:
        """A browser that this producer is signed in with."""
        browser = self.browser()
        browser.producer = producer
        token = begin_session(self.desk, producer, stage, device="Firefox, Linux", now=self.now)
        browser.client.set_cookie(SESSION, token, path="/studio")
        return browser

    def signed_in_client(self, role: Role = Role.OWNER, show_guid: str = ALL_SHOWS) -> Browser:
        """A browser that somebody new with that role is signed in with."""
        return self.sign_in(self.add(role, show_guid))


@cache
def hashed_password() -> str:
    """What is kept of `PASSWORD`."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def open_house(index: Index, root: Path, data: Path, **stated: Any) -> House:
    """A house over a library folder; the box is only for what needs it."""
    root.mkdir(parents=True, exist_ok=True)
    settings = Settings(library=root, data=data, settle_seconds=0, workers=1)
    box: Any = stated.pop("box", nullcontext())
    place = Place(
        storage=open_library(settings), index=index, box=box, derived=settings.derived_folder, settings=settings
    )
    return House(index=index, place=place, **stated)


def fill(index: Index) -> None:
    """Two shows as they would be after an index."""
    for position, (guid, slug) in enumerate(SHOWS):
        show = make_show(guid=guid, slug=slug, path=slug, title=slug.capitalize(), artwork=None)
        line = make_ledger_show(guid=guid, slug=slug)
        row = ShowRow(show=show, line=line, changed_at=NOON, version="1", position=position)
        index.save_show(row, episodes={one.line.guid: one for one in (_row(guid, "public"), _row(guid, "draft"))})


def _row(show_guid: str, name: str) -> EpisodeRow:
    guid = f"{show_guid}-{name}"
    stated = {"draft": True, "published_at": None} if name == "draft" else {}
    episode = make_episode(guid=guid, slug=name, path=name, title=f"The {name} one", **stated)
    return EpisodeRow(episode=episode, line=make_line(guid=guid, slug=name, path=name), version="1")


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take no time; what real ones take is measured elsewhere."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def house(tmp_path: Path, blank: Path) -> Iterator[House]:
    """A site over an SQLite index with the shows `conversations` and `talks`, of an episode and a draft each."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(blank, data)
    index = open_index(f"sqlite:///{data / blank.name}")
    fill(index)
    yield open_house(index, tmp_path / "library", data)
    index.close()
