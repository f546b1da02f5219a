"""Beginning a show: one page of questions, then its picture, then the first recording."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.begin import local_timezone
from catalogue.actions.show_settings import CATEGORIES, MOST_CATEGORIES
from catalogue.actions.shows.beginning import NEEDED, NEW_FILES, NewShow, begin_new_show, check_room
from catalogue.check.categories import CATEGORIES as KNOWN
from catalogue.domain.rights import Right
from catalogue.domain.show_work_patterns import NEW_SHOW
from catalogue.errors import CatalogueError, Conflict, StoreError
from web.studio.blueprint import studio
from web.studio.current import log, place, producer
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.shows.choices import languages_to_choose, zones_to_choose
from web.studio.words import studio_words
from web.studio.work import wishes

TEXTS = (*NEEDED, NEW_FILES)
DRAFT = "draft"


@studio.get(NEW_SHOW, endpoint="new_show")
@allows(Right.BEGIN_SHOW)
def new_show() -> ResponseReturnValue:
    """Ask what the show is; where there is no room for one, say why."""
    try:
        check_room(place())
    except Conflict as error:
        return render_template("studio/new_show.html", no_room=told_error(error))
    words = studio_words()
    asked = {"author": producer().shown_name, "language": words.language, "timezone": local_timezone()}
    return _page(NewShow(texts={**asked, NEW_FILES: DRAFT}))


@studio.post(NEW_SHOW, endpoint="begin_show")
@allows(Right.BEGIN_SHOW)
def begin_show() -> ResponseReturnValue:
    """Begin it; what is wrong is told at its field, and nothing typed is lost."""
    sent = NewShow(
        texts={key: request.form.get(key, "") for key in TEXTS},
        categories=tuple(one for one in request.form.getlist("category")[:MOST_CATEGORIES] if one),
    )
    try:
        begun = begin_new_show(place(), sent, wishes=wishes())
    except StoreError:
        raise
    except CatalogueError as error:
        return _page(sent, (told_error(error),)), 409 if isinstance(error, Conflict) else 422
    if begun.show is None:
        fields = (*TEXTS, CATEGORIES)
        told = tuple(told_error(one.error, one.key if one.key in fields else "") for one in begun.faults)
        return _page(sent, told), 422
    log("show-begun", show=begun.show)
    return redirect(url_for("studio.show_artwork", show=begun.show.slug, begun=1), 303)


def _page(new: NewShow, faults: tuple[Told, ...] = ()) -> str:
    texts = {key: new.texts.get(key, "") for key in TEXTS}
    chosen = (*new.categories, *([""] * MOST_CATEGORIES))[:MOST_CATEGORIES]
    return render_template(
        "studio/new_show.html",
        sheet={"texts": texts, "faults": faults, "theirs": {}},
        chosen=chosen,
        known=[(name, sorted(inner)) for name, inner in KNOWN.items()],
        languages=languages_to_choose(studio_words().language),
        zones=zones_to_choose(),
    )
