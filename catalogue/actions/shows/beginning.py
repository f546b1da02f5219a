"""Begin a show from what a form says: its folder and its `show.toml`, with all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from catalogue.actions.begin import GIT_ATTRIBUTES
from catalogue.actions.index import Wishes, index_leased
from catalogue.actions.leases import open_lease
from catalogue.actions.listing import list_files
from catalogue.actions.open import Place
from catalogue.actions.show_settings import CATEGORIES, NEEDED_TEXTS, ShowFault, key_of, lacking
from catalogue.check.categories import is_category
from catalogue.domain.show import Show
from catalogue.errors import Conflict, ContentErrors, NotPublishable, ShowFileError
from catalogue.library.folder import SHOW_NAME
from catalogue.library.new_names import new_show_folder
from catalogue.library.show_file import read_show_file, render_show_file

# What a show cannot be begun without: apps and directories show all of it.
NEEDED = (*NEEDED_TEXTS, "explicit")
EXPLICIT = {"yes": True, "no": False}
NEW_FILES = "new_files"


@dataclass(frozen=True, kw_only=True)
class NewShow:
    """What a form says of a show to come: texts by key of `show.toml` (`explicit`: yes or no), and its categories."""

    texts: Mapping[str, str]
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A show that was begun, or what is wrong with the form: then nothing was written."""

    show: Show | None = None
    faults: tuple[ShowFault, ...] = ()


def check_room(place: Place) -> None:
    """Raise Conflict where the library is itself a show: a second one would lie inside the first."""
    if place.storage.stat(SHOW_NAME) is not None:
        raise Conflict(
            "library-is-show",
            "This library is itself a show, and its files lie where the folder of another would begin. Put all of "
            "them, ledger.jsonl too, into a folder of their own in it; then there is room for a second show beside it.",
        )


def begin_new_show(place: Place, new: NewShow, *, wishes: Wishes | None = None) -> Begun:
    """Write a show into a folder of its own and index it.

    Raises Conflict where there is no room (`check_room`), NotPublishable where the index does not take it (nothing of
    it stays), ContentError and ConfigError where the library cannot be written or read, StoreError.
    """
    check_room(place)
    texts = {key: text.strip() for key, text in new.texts.items()}
    folder = new_show_folder(texts.get("title", ""), (file.path for file in list_files(place.storage)))
    path = f"{folder}/{SHOW_NAME}"
    categories = tuple(dict.fromkeys(new.categories))
    faults = (*_faults(place, texts, path), *_category_faults(categories, path))
    content = _rendered(texts, categories)
    try:
        read_show_file(content, path)
    except ContentErrors as errors:
        lacking = {fault.key for fault in faults}
        found = (ShowFault(key=key_of(one), error=one) for one in errors.errors)
        faults += tuple(fault for fault in found if fault.key not in lacking)
    if faults:
        return Begun(faults=faults)
    return Begun(show=_written(place, path, content, wishes or Wishes()))


def _faults(place: Place, texts: Mapping[str, str], path: str) -> Iterator[ShowFault]:
    for key in NEEDED:
        if not texts.get(key) or (key == "explicit" and texts[key] not in EXPLICIT):
            yield lacking(key, path)
    title = texts.get("title", "").casefold()
    twin = next((row.show for row in place.index.shows() if row.show.title.casefold() == title), None)
    if twin is not None:
        template = "There is a show of this title already, in “{folder}”. Give this one another."
        error = ShowFileError("show-twin", template, path=path, key="title", folder=twin.path or ".")
        yield ShowFault(key="title", error=error)


def _category_faults(categories: tuple[str, ...], path: str) -> Iterator[ShowFault]:
    for one in categories:
        name, _, part = one.partition(" > ")
        if not is_category(name, part):
            template = "“{text}” is none of Apple's categories. Choose another."
            error = ShowFileError("show-category", template, path=path, key=CATEGORIES, text=one[:60])
            yield ShowFault(key=CATEGORIES, error=error)


def _rendered(texts: Mapping[str, str], categories: tuple[str, ...]) -> bytes:
    more: dict[str, str | tuple[str, ...]] = {
        key: texts[key] for key in ("description", NEW_FILES) if texts.get(key)
    }  # fmt: skip
    if categories:
        more[CATEGORIES] = categories
    stated = {key: texts.get(key, "") for key in ("title", "author", "language", "timezone")}
    return render_show_file(**stated, is_explicit=EXPLICIT.get(texts.get("explicit", ""), False), more=more)


def _written(place: Place, path: str, content: bytes, wishes: Wishes) -> Show:
    """Write it under the show's own lease, so that whoever watches the library leaves it to this run."""
    folder = path.rpartition("/")[0]
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((folder,))
        if place.storage.stat(".gitattributes") is None:
            place.storage.replace(".gitattributes", GIT_ATTRIBUTES)
        place.storage.replace(path, content, expected="")
        report = index_leased(replace(place, index=lease.fenced_index()), wishes, lease)
    found = next((row.show for row in place.index.shows() if row.show.path == folder), None)
    if found is None:
        place.storage.remove(path)
        template = "The show was not begun, and nothing of it was kept: {why}"
        raise NotPublishable("show-not-begun", template, path=path, why=report.reason())
    return found
