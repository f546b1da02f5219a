"""A foreign channel as the keys of `show.toml`: one row a key, each with the elements it is read from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from catalogue.domain.podcasting import RemoteItem
from catalogue.domain.show import UpdateFrequency
from catalogue.feed_reading import Element
from catalogue.formats.language_codes import find_language
from catalogue.library.imports.elements import Table, first, shared_values, tables
from catalogue.library.imports.texts import plain_text, yes_no


class Row(NamedTuple):
    """The elements that a key is read from, and how; None and empty: the channel does not say."""

    names: tuple[str, ...]
    read: Callable[[Element], Any]


def _line(*names: str) -> Row:
    """The first of these that says anything, in one line."""
    return Row(names, lambda channel: next((text for name in names if (text := _words(channel.text(name)))), None))


def _text(*names: str) -> Row:
    return Row(names, lambda channel: next((text for name in names if (text := plain_text(channel.text(name)))), None))


def _yes(name: str) -> Row:
    return Row((name,), lambda channel: "yes" if yes_no(channel.text(name)) == "yes" else None)


def _words(text: str) -> str:
    return " ".join(plain_text(text).split())


def _author(channel: Element) -> str | None:
    owner = channel.first("itunes:owner")
    return _words(channel.text("itunes:author")) or (_words(owner.text("itunes:name")) if owner else None)


def _apple_title(channel: Element) -> str | None:
    title = _words(channel.text("itunes:title"))
    return title if title and title != _words(channel.text("title")) else None


def _categories(channel: Element) -> list[str]:
    found: list[str] = []
    for outer in channel.all("itunes:category"):
        inner = [f"{outer.get('text')} > {one.get('text')}" for one in outer.all("itunes:category") if one.get("text")]
        found += inner or [outer.get("text")]
    return list(dict.fromkeys(one for one in found if one))


def _owner(channel: Element) -> Table | None:
    owner = channel.first("itunes:owner")
    stated = {key: _words(owner.text(f"itunes:{key}")) for key in ("name", "email")} if owner else {}
    name = stated.get("name") or _author(channel)
    email = {"email": stated["email"]} if stated.get("email") else {}
    return {"name": name, **email} if owner and name else None


def _update_frequency(channel: Element) -> Table | None:
    return first(tables(channel.all("podcast:updateFrequency"), UpdateFrequency))


def _services(answer: str) -> Callable[[Element], list[str]]:
    def read(channel: Element) -> list[str]:
        named = (one for one in channel.all("podcast:block") if one.get("id"))
        return [one.get("id") for one in named if yes_no(one.text()) == answer]

    return read


def _block(channel: Element) -> str | None:
    plain = [one.text() for one in channel.all("podcast:block") if not one.get("id")]
    return "yes" if "yes" in map(yes_no, (*plain, channel.text("itunes:block"))) else None


def _within(name: str) -> Callable[[Element], list[Table]]:
    def read(channel: Element) -> list[Table]:
        outer = channel.first(name)
        return tables(outer.all("podcast:remoteItem"), RemoteItem) if outer is not None else []

    return read


def _podping(channel: Element) -> str | None:
    element = channel.first("podcast:podping")
    return "yes" if element is not None and element.get("usesPodping").lower() == "true" else None


# Key of `show.toml` → where it comes from. Identity, language and cover are read elsewhere.
SHOW_ROWS: dict[str, Row] = {
    "title": _line("title", "itunes:title"),
    "subtitle": _line("itunes:subtitle"),
    "description": _text("description", "itunes:summary", "content:encoded", "itunes:subtitle"),
    "author": Row(("itunes:author",), _author),
    "language": Row(("language",), lambda channel: find_language(channel.text("language"))),
    "categories": Row(("itunes:category",), _categories),
    "explicit": Row(("itunes:explicit",), lambda channel: yes_no(channel.text("itunes:explicit"))),
    "type": Row(("itunes:type",), lambda channel: channel.text("itunes:type")),
    "link": Row(("link",), lambda channel: channel.text("link")),
    "copyright": _line("copyright"),
    "apple_title": Row(("itunes:title",), _apple_title),
    "owner": Row(("itunes:owner",), _owner),
    "locked": Row(("podcast:locked",), lambda channel: yes_no(channel.text("podcast:locked"))),
    "medium": Row(("podcast:medium",), lambda channel: channel.text("podcast:medium")),
    "update_frequency": Row(("podcast:updateFrequency",), _update_frequency),
    "block": Row(("itunes:block", "podcast:block"), _block),
    "complete": _yes("itunes:complete"),
    "podroll": Row(("podcast:podroll",), _within("podcast:podroll")),
    "publisher": Row(("podcast:publisher",), lambda channel: first(_within("podcast:publisher")(channel))),
    "remote_items": Row(("podcast:remoteItem",), lambda channel: tables(channel.all("podcast:remoteItem"), RemoteItem)),
    "allow_services": Row((), _services("no")),
    "block_services": Row((), _services("yes")),
    "podping": Row(("podcast:podping",), _podping),
}


def show_values(channel: Element) -> Table:
    """Give what a channel says by the keys of `show.toml`, as typed by nobody yet."""
    own = {key: row.read(channel) for key, row in SHOW_ROWS.items()}
    return {key: value for key, value in own.items() if value} | shared_values(channel)
