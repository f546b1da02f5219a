"""A program with a token, as it asks the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from producers import House
from werkzeug.test import TestResponse

from catalogue.actions.accounts.tokens import TokenWish, make_token
from catalogue.domain.producers import Producer
from catalogue.domain.rights import ALL_SHOWS, Role
from catalogue.domain.tokens import Scope, Token

SHOW = "/api/v1/shows/conversations"


@dataclass
class Program:
    """It sends its token with each question."""

    client: FlaskClient
    producer: Producer
    token: Token
    secret: str

    def ask(self, method: str, path: str, **sent: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.secret}", **sent.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, **sent)

    def get(self, path: str, **sent: Any) -> TestResponse:
        return self.ask("GET", path, **sent)

    def told(self, path: str) -> Any:
        """What a question is answered, where it is."""
        response = self.get(path)
        assert response.status_code == 200, (response.status_code, response.text)
        return response.json

    def post(self, path: str, json: Any = None, **headers: str) -> TestResponse:
        return self.ask("POST", path, json=json or {}, headers=_named(headers))

    def change(self, path: str, json: Any, *, seen: str | None = None) -> TestResponse:
        """Change what is there now, or the version that was `seen`."""
        match = seen if seen is not None else self.get(path).headers["ETag"]
        return self.ask("PATCH", path, json=json, headers={"If-Match": match})


def program_of(
    house: House,
    role: Role = Role.OWNER,
    show_guid: str = ALL_SHOWS,
    *,
    scopes: tuple[Scope, ...] = tuple(Scope),
    shows: tuple[str, ...] = (),
    lasts: timedelta = timedelta(days=1),
) -> Program:
    """The program of somebody new with that role."""
    producer = house.add(role, show_guid)
    wish = TokenWish(name="newsroom", scopes=scopes, show_guids=shows, lasts=lasts)
    made = make_token(house.desk, producer, wish, by=producer, now=house.now)
    return Program(client=house.app.test_client(), producer=producer, token=made.token, secret=made.secret)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
