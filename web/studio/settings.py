"""What is true of a whole show: a form of its `show.toml`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.show_settings import (
    FORM_FIELDS,
    MOST_CATEGORIES,
    ShowForm,
    open_show_form,
    save_show_form,
)
from catalogue.check.categories import CATEGORIES as KNOWN
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import SHOW_SETTINGS
from catalogue.errors import CatalogueError, Conflict, StoreError
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.shows.choices import languages_to_choose, zones_to_choose
from web.studio.words import studio_words
from web.studio.work import wishes

NEW_FILES = (("", "settings_unsaid"), ("publish", "settings_publish"), ("draft", "settings_draft"))
FOR_ADULTS = (("", "settings_explicit_unsaid"), ("no", "new_show_for_all"), ("yes", "new_show_for_adults"))
# The first of these is what counts where nothing is said.
IN_THE_FEED = (("no", "settings_owner_hidden"), ("yes", "settings_owner_shown"))
ORDERS = (("episodic", "settings_newest_first"), ("serial", "settings_from_the_beginning"))
TO_BE_FOUND = (("no", "settings_to_be_found"), ("yes", "settings_not_to_be_found"))


@studio.get(SHOW_SETTINGS, endpoint="settings")
@allows(Right.SETTINGS)
def settings(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """Show the form."""
    try:
        form = open_show_form(place(), current.show().guid)
    except StoreError:
        raise
    except CatalogueError as error:
        return _page(ShowForm(texts={}), faults=(told_error(error),))
    return _page(form, is_done="done" in request.args)


@studio.post(SHOW_SETTINGS, endpoint="save_settings")
@allows(Right.SETTINGS)
def save_settings(show: str) -> ResponseReturnValue:  # noqa: ARG001
    """Save what was changed; what is wrong, or came first, is told and nothing typed is lost."""
    sent = ShowForm(
        texts={key: request.form[key] for key in FORM_FIELDS if key in request.form},
        categories=tuple(one for one in request.form.getlist("category")[:MOST_CATEGORIES] if one),
        version=request.form.get("version", ""),
    )
    try:
        answer = save_show_form(place(), current.show().guid, sent, wishes=wishes())
    except StoreError:
        raise
    except CatalogueError as error:
        return _page(sent, faults=(told_error(error),)), 409 if isinstance(error, Conflict) else 422
    if answer.theirs is not None:
        theirs = answer.theirs
        other = {key: text for key, text in theirs.texts.items() if _plain(text) != _plain(sent.texts.get(key, text))}
        return _page(replace(sent, version=theirs.version), theirs=other, is_stale=True), 409
    if answer.faults:
        told = tuple(told_error(one.error, one.field) for one in answer.faults)
        return _page(sent, faults=told), 422
    log("edited", show=current.show(), which="show.toml")
    return redirect(url_for("studio.settings", show=current.show().slug, done=1), 303)


def _page(form: ShowForm, *, faults: tuple[Told, ...] = (), theirs: dict[str, str] | None = None, **more: Any) -> str:
    words = studio_words()
    sheet = {"texts": form.texts, "faults": faults, "theirs": theirs or {}, "version": form.version}
    chosen = (*form.categories, *([""] * MOST_CATEGORIES))[: max(MOST_CATEGORIES, len(form.categories))]
    return render_template(
        "studio/settings.html",
        sheet=sheet,
        chosen=chosen,
        known=[(name, sorted(inner)) for name, inner in KNOWN.items()],
        languages=languages_to_choose(words.language),
        zones=zones_to_choose(),
        waiting=[(value, words(key)) for value, key in NEW_FILES],
        for_adults=[(value, words(key)) for value, key in FOR_ADULTS],
        in_the_feed=_or_unsaid(IN_THE_FEED, form.texts.get("show_owner_email", "")),
        to_be_found=_or_unsaid(TO_BE_FOUND, form.texts.get("block", "")),
        orders=_or_unsaid(ORDERS, form.texts.get("type", "")),
        **more,
    )


def _or_unsaid(choices: tuple[tuple[str, str], ...], stated: str) -> list[tuple[str, str]]:
    """What can be chosen; where nothing is stated, to choose what counts then is to leave it so."""
    words, first = studio_words(), choices[0][0]
    found = [("" if value == first and not stated else value, words(key)) for value, key in choices]
    return found if stated in dict(found) else [*found, (stated, stated)]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
