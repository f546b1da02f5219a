"""Somebody who visits a site held in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from builders import NOON
from fake_publication import FakePublication
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalogue.domain.links import Links
from web.app import create_app

BASE_URL = "https://pods.example"


@dataclass
class Visitor:
    """Somebody who asks the site for things at a moment."""

    publication: FakePublication
    now: datetime = NOON
    base_url: str = BASE_URL
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        app = create_app(self.publication, links=Links(self.base_url), clock=lambda: self.now)
        self.client = app.test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        """Ask; `If_None_Match="x"` sends the header If-None-Match."""
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(path, method=method, headers=named, buffered=True)

    def text(self, path: str) -> str:
        response = self.get(path)
        assert response.status_code == 200, response.text
        return response.text
