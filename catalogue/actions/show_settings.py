"""A show's `show.toml` as a form: its plain texts, filled and saved key by key, all else left as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from catalogue.actions.facts import read_whole
from catalogue.actions.index import Wishes
from catalogue.actions.open import Place
from catalogue.actions.planning import SHOW_FILE_LIMIT_BYTES
from catalogue.actions.show_editing import hold_show
from catalogue.domain.show import Show
from catalogue.errors import ContentError, ContentErrors, ShowFileError
from catalogue.library.folder import SHOW_NAME
from catalogue.library.notes.text_edits import show_values
from catalogue.library.show_edits import Changes, Value, edit_show_file
from catalogue.library.show_file import read_show_file

CATEGORIES = "categories"
MOST_CATEGORIES = 3
TEXT_KEYS = (
    *("title", "subtitle", "description", "author", "language", "timezone", "link", "feedback", "copyright"),
    *("disclaimer", "new_files"),
)
# What a show that says it is not saved without: apps and directories show it, and dates are read in the time zone.
NEEDED_TEXTS = ("title", "description", "author", "language", "timezone")
# Yes or no in the file, too: a show says so or, in older files, leaves it open.
EXPLICIT = "explicit"
YES_NO_KEYS = (EXPLICIT, "show_owner_email", "block")
# Texts that the studio alone has fields for; one that is a table in the file has none.
MORE_TEXT_KEYS = ("type", "artwork_alt", "license", "location")
# Key of a table → field of the form → key in the table; a text alone is the first of them.
TABLES = {
    "owner": {"owner_name": "name", "owner_email": "email"},
    "funding": {"funding_url": "url", "funding_label": "label"},
}
TABLE_FIELDS = {field: key for key, fields in TABLES.items() for field in fields}
FORM_FIELDS = (*TEXT_KEYS, *MORE_TEXT_KEYS, *YES_NO_KEYS, *TABLE_FIELDS)
YES_NO = {"yes": True, "no": False}
AS_TYPED = {"true": "yes", "false": "no", "yes": "yes", "no": "no"}
_NAMED = re.compile(r"`(\w+)`")


@dataclass(frozen=True, kw_only=True)
class ShowForm:
    """What the form says: texts by key, the categories as they are written, and the version of the file."""

    texts: Mapping[str, str]
    categories: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowFault:
    """What is wrong, and the key it is about; empty where it is about the file."""

    key: str
    error: ContentError

    @property
    def field(self) -> str:
        """The field of the form that it is said at; empty where there is none."""
        what = str(self.error.params.get("what", "")) + str(self.error.params.get("missing", ""))
        for key, fields in TABLES.items():
            if f"`{key}`" in what:
                return next((field for field, inner in fields.items() if f"`{inner}`" in what), next(iter(fields)))
        return self.key if self.key in (*FORM_FIELDS, CATEGORIES) else ""


@dataclass(frozen=True, kw_only=True)
class ShowAnswer:
    """What became of a form: saved, or refused for `faults`, or `theirs` came first and nothing was written."""

    faults: tuple[ShowFault, ...] = ()
    theirs: ShowForm | None = field(default=None)


def open_show_form(place: Place, name: str) -> ShowForm:
    """Fill the form of a show, named by slug, folder or GUID; raises NotFound, ContentErrors, ContentError."""
    with hold_show(place, name) as held:
        return _filled(*_content(held.place, held.show_file), held.show_file)


def read_show_form(place: Place, show: Show) -> ShowForm:
    """As `open_show_form`, without waiting for who is at the show just now; raises ContentErrors, ContentError."""
    path = f"{show.path}/{SHOW_NAME}".lstrip("/")
    return _filled(*_content(place, path), path)


def save_show_form(place: Place, name: str, sent: ShowForm, *, wishes: Wishes | None = None) -> ShowAnswer:
    """Write the keys that a form changed, and index; its version is that of the file that it was filled from.

    Raises NotPublishable where the index cannot follow, NotFound, Conflict, ContentError.
    """
    with hold_show(place, name, wishes) as held:
        content, version = _content(held.place, held.show_file)
        known = _filled(content, version, held.show_file)
        if sent.version != version:
            return ShowAnswer(theirs=known)
        changes = _changes(sent, known)
        if not changes:
            return ShowAnswer()
        faults = [lacking(key, held.show_file) for key in NEEDED_TEXTS if key in changes and changes[key] is None]
        try:
            edited = edit_show_file(content, changes, held.show_file)
            read_show_file(edited, held.show_file)
        except ContentErrors as errors:
            faults += [ShowFault(key=key_of(one), error=one) for one in errors.errors]
        if faults:
            return ShowAnswer(faults=tuple(faults))
        held.place.storage.replace(held.show_file, edited, expected=version)
        report, _ = held.index()
        if any(one.path == held.show_file for one in report.refused):
            raise held.not_indexed(report)
    return ShowAnswer()


def lacking(key: str, path: str) -> ShowFault:
    """What is wrong where a show says nothing of a key that it cannot go without."""
    error = ShowFileError("show-needs", "A show needs `{key}`. Fill it in.", path=path, key=key)
    return ShowFault(key=key, error=error)


def _content(place: Place, path: str) -> tuple[bytes, str]:
    file = place.storage.stat(path)
    if file is None:
        raise ShowFileError("no-show-file", "There is no show.toml here. Put it back.", path=path)
    return read_whole(place.storage, path, limit_bytes=SHOW_FILE_LIMIT_BYTES), file.version


def _filled(content: bytes, version: str, path: str) -> ShowForm:
    values = show_values(content, path)
    texts = {key: value for key in (*TEXT_KEYS, *MORE_TEXT_KEYS) if isinstance(value := values.get(key, ""), str)}
    texts |= {key: AS_TYPED.get(str(values.get(key, "")), "") for key in YES_NO_KEYS}
    for key, fields in TABLES.items():
        texts |= _table_texts(values.get(key), fields)
    stated = values.get(CATEGORIES, [])
    listed = stated if isinstance(stated, list) else [stated]
    return ShowForm(texts=texts, categories=tuple(one for one in listed if isinstance(one, str)), version=version)


def _table_texts(value: object, fields: Mapping[str, str]) -> dict[str, str]:
    """The texts of a table by field; nothing where it is a list of several, or has more in it than there are fields."""
    first = next(iter(fields.values()))
    table = value if isinstance(value, Mapping) else {} if value is None else {first: value}
    texts = {key: text for key, text in table.items() if isinstance(text, str)}
    is_shown = len(texts) == len(table) and texts.keys() <= set(fields.values())
    return {name: texts.get(key, "") for name, key in fields.items()} if is_shown else {}


def _changes(sent: ShowForm, known: ShowForm) -> Changes:
    changed: dict[str, str] = {}
    for key, before in known.texts.items():
        text = sent.texts.get(key, before).replace("\r\n", "\n").strip()
        if text != before.strip():
            changed[key] = text
    changes: dict[str, Value | None] = {
        key: YES_NO.get(text, text or None) if key in YES_NO_KEYS else text or None
        for key, text in changed.items()
        if key not in TABLE_FIELDS
    }
    texts = {**known.texts, **changed}
    for table, names in TABLES.items():
        if changed.keys() & names.keys():
            changes[table] = {key: texts[name] for name, key in names.items() if texts[name]} or None
    if sent.categories != known.categories:
        changes[CATEGORIES] = sent.categories or None
    return changes


def key_of(error: ContentError) -> str:
    """The key of `show.toml` that an error names first; empty where it names none."""
    if key := error.params.get("key"):
        return str(key)
    named = _NAMED.search(str(error.params.get("what", "")))
    return named[1] if named else ""
