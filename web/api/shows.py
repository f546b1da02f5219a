"""Shows: which there are for a token, one with its settings, and changes of these."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, with_config
from typing_extensions import TypedDict

from catalogue.actions.episode_lists import standing_of
from catalogue.actions.show_settings import (
    MOST_CATEGORIES,
    TEXT_KEYS,
    ShowFault,
    ShowForm,
    read_show_form,
    save_show_form,
)
from catalogue.domain.api_patterns import API_SHOW, API_SHOWS
from catalogue.domain.episode_status import Status
from catalogue.domain.rights import Right
from catalogue.domain.show import Show
from catalogue.domain.tokens import Scope
from web.api import current
from web.api.operations import JSON, MERGE_PATCH, Reply, operation
from web.api.problems import Fault, pointer, unprocessable
from web.api.reading import STRICT
from web.api.shown import CLOSED
from web.api.versions import check_match
from web.current import now, site
from web.studio.current import place
from web.studio.newest import worktable
from web.studio.work import shelf


@dataclass(frozen=True, kw_only=True)
class ShowLine:
    """A show as lists have it."""

    __pydantic_config__ = CLOSED

    guid: str
    slug: str
    title: str
    language: str
    page: str
    feed: str


@dataclass(frozen=True, kw_only=True)
class ShowList:
    """All shows that the token is for and its producer has a part in."""

    __pydantic_config__ = CLOSED

    shows: tuple[ShowLine, ...]


_Text = Annotated[str, Field(min_length=1, max_length=4000)] | None


@with_config(STRICT)
class ShowChange(TypedDict, total=False):
    """Keys of `show.toml` to be set; null takes one away, and what is not named stays."""

    title: _Text
    subtitle: _Text
    description: _Text
    author: _Text
    language: _Text
    timezone: _Text
    link: _Text
    feedback: _Text
    copyright: _Text
    disclaimer: _Text
    new_files: _Text
    categories: Annotated[list[str], Field(max_length=MOST_CATEGORIES)] | None


@dataclass(frozen=True, kw_only=True)
class WholeShow(ShowLine):
    """A show with the keys of its `show.toml` that can be changed here, as they are written; its episodes counted."""

    folder: str
    settings: dict[str, str]
    categories: tuple[str, ...]
    episodes: dict[Status, int]


@operation("GET", API_SHOWS, name="listShows", scope=Scope.READ, right=Right.ENTER, gives=ShowList)
def list_shows() -> Reply:
    """List the shows that the token is for."""
    caller = current.caller()
    found = [one.show for one in worktable().now().shows if caller.may(Scope.READ, Right.SEE, one.show.guid)]
    return Reply(value=ShowList(shows=tuple(map(_line, found))))


@operation("GET", API_SHOW, name="getShow", scope=Scope.READ, right=Right.SEE, gives=WholeShow, is_versioned=True)
def get_show() -> Reply:
    """Give a show with its settings; the ETag is that of its `show.toml`."""
    return _whole(read_show_form(place(), current.show()))


@operation(
    "PATCH", API_SHOW, name="changeShow", scope=Scope.SETTINGS, right=Right.SETTINGS, takes=ShowChange,
    media=(JSON, MERGE_PATCH), gives=WholeShow, is_versioned=True,
)  # fmt: skip
def change_show(sent: ShowChange) -> Reply:
    """Change settings of a show; all other lines of its `show.toml` stay as they are."""
    known = read_show_form(place(), current.show())
    check_match(known.version)
    answer = save_show_form(place(), current.show().guid, _form(sent, known), wishes=current.wishes())
    if answer.theirs is not None:
        check_match(answer.theirs.version)
    if answer.faults:
        raise unprocessable(*map(_fault, answer.faults))
    current.log("edited", which="show.toml")
    return _whole(read_show_form(place(), worktable().now().shelf(current.show()).show))


def _form(sent: ShowChange, known: ShowForm) -> ShowForm:
    """The whole form, of which the rest stays as it is known."""
    stated = dict(sent)
    texts = {**known.texts, **{key: str(stated[key] or "") for key in TEXT_KEYS if key in stated}}
    categories = tuple(sent["categories"] or ()) if "categories" in sent else known.categories
    return ShowForm(texts=texts, categories=categories, version=known.version)


def _fault(fault: ShowFault) -> Fault:
    return Fault(pointer=pointer(fault.key) if fault.key else None, line=fault.error.line, detail=fault.error.sentence)


def _line(show: Show) -> ShowLine:
    return ShowLine(**_named(show))


def _named(show: Show) -> dict[str, str]:
    links = site().public
    return {
        "guid": show.guid,
        "slug": show.slug,
        "title": show.title,
        "language": show.language,
        "page": links.show(show),
        "feed": links.feed(show),
    }


def _whole(form: ShowForm) -> Reply:
    whole = shelf()
    counts = Counter(one.status for one in standing_of(whole, worktable().problems(), now()))
    value = WholeShow(
        **_named(whole.show),
        folder=whole.show.path,
        settings={key: text for key, text in form.texts.items() if text and key in TEXT_KEYS},
        categories=form.categories,
        episodes=dict(counts),
    )
    return Reply(value=value, version=form.version)
