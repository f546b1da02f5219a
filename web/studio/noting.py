"""Beginning an episode before there is a recording: its title is asked for, the rest on its own page."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.actions.named import row_at
from catalogue.actions.new_note import begin_episode
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_NEW
from catalogue.errors import CatalogueError, ContentErrors, StoreError
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import desk, log, place, producer
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.work import wishes


@studio.get(EPISODE_NEW, endpoint="new_note")
@allows(Right.UPLOAD)
def new_note(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """Ask what it is to be called."""
    return _page()


@studio.post(EPISODE_NEW, endpoint="begin_note")
@allows(Right.UPLOAD)
def begin_note(show: str) -> ResponseReturnValue:  # noqa: ARG001
    """Begin a draft that has only a note, or say at its title why not."""
    found, title = current.show(), request.form.get("title", "")
    try:
        begun = begin_episode(place(), title, show_path=found.path or ".", wishes=wishes())
    except StoreError:
        raise
    except ContentErrors as errors:
        return _page(*(told_error(error, "title") for error in errors.errors)), 422
    except CatalogueError as error:
        return _page(told_error(error, "title")), 422
    row = row_at(place(), begun.note.rpartition("/")[0])
    desk().accounts.save_author(found.guid, row.line.guid, producer().id)
    log("begun", show=found, which=row.line.slug)
    return redirect(url_for("studio.episode", show=found.slug, episode=row.line.slug, done="begun"), 303)


def _page(*faults: Told) -> str:
    sheet = {"texts": {"title": request.form.get("title", "")}, "faults": faults, "theirs": {}}
    return render_template("studio/new_note.html", sheet=sheet)
