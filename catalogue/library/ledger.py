"""`ledger.jsonl`: one JSON object a line, first the show, then its episodes in order of first sight.

The file is kept in git with `merge=union`, so a merge may leave two lines for one GUID, or two show lines; they
are united (`ledger_union`). A line that cannot be read is an error, never passed over: an episode whose
line is lost would be published again under a new GUID.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from catalogue.documents import read_document
from catalogue.domain.identity import LEDGER_FORMAT, Ledger, LedgerEpisode, LedgerShow, MediaLine
from catalogue.errors import LedgerError
from catalogue.library.ledger_union import Line, Numbered, unite_lines

LEDGER_NAME = "ledger.jsonl"
# Keys in the order they are written; what has its default is left out.
SHOW_KEYS = ("format", "guid", "slug", "first_seen_at", "was", "media", "was_media", "feeds")
EPISODE_KEYS = (
    "guid",
    "path",
    "slug",
    "published_at",
    "draft",
    "media",
    "was",
    "was_media",
    "missing_since",
    "withdrawn_at",
    "discarded_at",
    "page",
)
MEDIA_KEYS = ("sha256", "essence", "size_bytes")

_KEYS = {LedgerShow: frozenset(SHOW_KEYS), LedgerEpisode: frozenset(EPISODE_KEYS)}
_MOMENTS = ("first_seen_at", "published_at", "missing_since", "withdrawn_at", "discarded_at")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def render_ledger(ledger: Ledger) -> bytes:
    """Render UTF-8 lines, each ending in a line feed; the same ledger always gives the same bytes."""
    return b"".join((render_line(ledger.show), *map(render_line, ledger.episodes)))


def render_line(line: LedgerShow | LedgerEpisode) -> bytes:
    """Render one line, its line feed with it."""
    plain = _plain(line, SHOW_KEYS if isinstance(line, LedgerShow) else EPISODE_KEYS)
    return _ENCODER.encode(plain).encode("utf-8") + b"\n"


def read_ledger(content: bytes, path: str) -> Ledger:
    """Read a ledger; `remarks` says what a merge left double.

    Raises LedgerError, with `path` and the line, for a line that cannot be read, a newer format, no show line,
    or a slug that two episodes hold.
    """
    shows: list[Numbered[LedgerShow]] = []
    episodes: list[Numbered[LedgerEpisode]] = []
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not raw.strip():
            continue
        place = _Place(path=path, line=number)
        members = _members(raw, place)
        if "format" in members:
            show = _read_line(LedgerShow, raw, members=members, place=place)
            _refuse_other_guid(show.guid, place)
            shows.append((number, show))
        else:
            episodes.append((number, _read_line(LedgerEpisode, raw, members=members, place=place)))
    return unite_lines(shows, episodes, path=path)


@dataclass(frozen=True, kw_only=True)
class _Place:
    path: str
    line: int

    def error(self, code: str, template: str, **params: object) -> LedgerError:
        return LedgerError(code, template, path=self.path, line=self.line, **params)


def _plain(value: object, keys: tuple[str, ...]) -> dict[str, Any]:
    stated = ((key, getattr(value, key)) for key in keys)
    return {key: _json(value) for key, value in stated if value or (value in (0, "") and value is not False)}


def _json(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, MediaLine):
        return _plain(value, MEDIA_KEYS)
    if isinstance(value, dict):
        return {key: _json(member) for key, member in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _members(raw: bytes, place: _Place) -> dict[str, object]:
    """Read one line as a JSON object whose keys stand once."""
    if raw.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        raise place.error("ledger-conflict", "A merge was left half done. Keep the lines of both sides, without marks.")
    try:
        members = json.loads(raw.decode("utf-8"), object_pairs_hook=_once)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _no_object(place) from error
    except ValueError as error:
        raise place.error("ledger-line", "In this line {why}. Restore it from git or a backup.", why=error) from error
    if not isinstance(members, dict):
        raise _no_object(place)
    return members


def _no_object(place: _Place) -> LedgerError:
    return place.error("ledger-line", "This line is not a JSON object. Restore it from git or a backup.")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key stands twice")
    return members


def _read_line(kind: type[Line], raw: bytes, *, members: dict[str, object], place: _Place) -> Line:
    from pydantic import ValidationError  # here: it is slow, and a sandbox that maps a feed reads no ledger

    _refuse_newer(members, place)
    _refuse_unknown(members, kind=kind, place=place)
    try:
        line = read_document(kind, raw.strip())
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "line"
        raise place.error(
            "ledger-value",
            "`{key}` cannot be read: {why}. Restore the line from git or a backup.",
            key=key,
            why=first["msg"].rstrip("."),
        ) from error
    if "/" in line.slug or not line.slug or not line.guid:
        raise place.error("ledger-value", "`slug` and `guid` must not be empty, nor a slug hold a `/`.")
    return _in_utc(line, members=members, place=place)


def _refuse_other_guid(guid: str, place: _Place) -> None:
    """Refuse a show's GUID that is no UUID (Podcasting 2.0, guid): those of its new episodes follow from it."""
    try:
        uuid.UUID(guid)
    except ValueError as error:
        raise place.error(
            "ledger-value", "`guid` of the show is no UUID: '{guid}'. Restore it from git or a backup.", guid=guid[:60]
        ) from error


def _refuse_unknown(members: dict[str, object], *, kind: type[Line], place: _Place) -> None:
    """Refuse a key that the next writing would lose."""
    media = members.get("media")
    within = [row for row in media.values() if isinstance(row, dict)] if isinstance(media, dict) else []
    unknown = [key for key in members if key not in _KEYS[kind]]
    unknown += [key for row in within for key in row if key not in MEDIA_KEYS]
    if unknown:
        raise place.error("ledger-key", "`{key}` is no key of the ledger. Remove or correct it.", key=unknown[0])


def _refuse_newer(members: dict[str, object], place: _Place) -> None:
    written = members.get("format", LEDGER_FORMAT)
    if not isinstance(written, int) or written < 1:
        raise place.error("ledger-value", "`format` is not a number of a format. Write {known}.", known=LEDGER_FORMAT)
    if written > LEDGER_FORMAT:
        raise place.error(
            "ledger-newer",
            "A newer Castalogue wrote this (format {written}; this one knows {known}). Update Castalogue.",
            written=written,
            known=LEDGER_FORMAT,
        )


def _in_utc(line: Line, *, members: dict[str, object], place: _Place) -> Line:
    """Give the line with its moments in UTC; pydantic alone would take a number for seconds since 1970."""
    moments: dict[str, Any] = {}
    for key in _MOMENTS:
        value = getattr(line, key) if key in members else None
        if value is not None:
            if value.tzinfo is None or not _MOMENT.match(str(members[key])):
                raise place.error("ledger-value", "`{key}` is no moment. Write it like 2021-10-05T08:00:00Z.", key=key)
            moments[key] = value.astimezone(UTC)
    return replace(line, **moments) if moments else line
