"""What there is, who asks, and the description of all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import ConfigDict

from catalogue import __version__
from catalogue.domain.api_patterns import API, API_DESCRIPTION
from catalogue.domain.rights import Right
from catalogue.domain.tokens import Scope
from web.api import openapi
from web.api.current import caller
from web.api.operations import Reply, operation
from web.current import site


@dataclass(frozen=True, kw_only=True)
class About:
    """Which version answers, in whose name the token works, what it is for and until when; where to go on."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    version: str
    producer: str
    token: str
    scopes: tuple[Scope, ...]
    expires_at: datetime
    description: str
    shows: str
    search: str


@operation("GET", API, name="about", scope=Scope.READ, right=Right.ENTER, gives=About)
def about() -> Reply:
    """Say what there is, and whose token this is."""
    found, base = caller(), site().public.base_url
    return Reply(
        value=About(
            version=__version__,
            producer=found.producer.shown_name,
            token=found.token.name,
            scopes=found.token.scopes,
            expires_at=found.token.expires_at,
            description=f"{base}{API_DESCRIPTION}",
            shows=f"{base}{API}shows",
            search=f"{base}{API}search",
        )
    )


@operation("GET", API_DESCRIPTION, name="describe", scope=None, right=None, gives=dict)
def describe() -> Reply:
    """Describe this API as OpenAPI 3.1; for anybody."""
    return Reply(value=openapi.rendered(site().public.base_url))
