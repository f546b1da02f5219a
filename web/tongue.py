"""The language a page speaks: what its address asks for, else that of what it shows; never the browser's guess.

`/es/` before the address of any page asks for Spanish. It is taken off before the routes are looked up,
so that every page has one route. What a page would speak anyway has one address only: without the prefix.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from catalogue.domain.catalogue import Catalogue
from catalogue.domain.show import Show
from catalogue.domain.tongues import FALLBACK, Tongue, primary
from web.words import languages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ASKED_LANGUAGE = "castalogue.language"


class Tongues:
    """A WSGI application that takes the language off an address, and says so in the environment."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application
        self._prefixes = {language: f"/{language}" for language in languages()}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        language = path[1:].partition("/")[0]
        prefix = self._prefixes.get(language)
        if prefix is not None and path != prefix:  # without its slash it is no page's address
            environ[ASKED_LANGUAGE] = language
            environ["PATH_INFO"] = path[len(prefix) :]
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
        return self._application(environ, start_response)


def read_tongue(catalogue: Catalogue, shows: Iterable[Show], *, asked: str | None) -> Tongue:
    """Say what a page of the whole catalogue speaks: what is asked for, else as its first show."""
    written = languages()
    allowed = None if catalogue.languages is None else {primary(tag) for tag in catalogue.languages}
    offered = tuple(language for language in written if allowed is None or language in allowed)
    first = next(iter(shows), None)
    tongue = Tongue(speaking=FALLBACK, home=FALLBACK, written=written, offered=offered)
    home = tongue.own(first.language) if first else FALLBACK
    return Tongue(speaking=asked or home, home=home, written=written, offered=offered)
