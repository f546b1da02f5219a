"""Bringing a show in from another host: its address or file, what would come, how far it is, the proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from catalogue.actions.begin import local_timezone
from catalogue.actions.errands.asking import ask_for, errands_like, find_errand
from catalogue.actions.errands.failures import error_of
from catalogue.actions.shows.beginning import check_room
from catalogue.actions.shows.import_addresses import IS_CUT
from catalogue.actions.shows.import_errands import IMPORT, LOOK, keep_feed_file
from catalogue.domain.errands import Errand, ErrandState, ErrandWish
from catalogue.domain.rights import Right
from catalogue.domain.show_work_patterns import IMPORT as IMPORT_PAGE
from catalogue.domain.show_work_patterns import IMPORT_FORM, IMPORT_START, IMPORT_STATE
from catalogue.errors import CatalogueError, Conflict, NotFound, StoreError, UploadRefused
from web.current import now
from web.phrases import host_of
from web.studio.blueprint import studio
from web.studio.current import desk, log, place, producer
from web.studio.errands import ONWARD, errand_parts
from web.studio.faults import Told, needs_code, told_error
from web.studio.kept_files import path_of
from web.studio.rights import allows
from web.studio.shows.choices import zones_to_choose
from web.studio.shows.left_behind import left_behind
from web.studio.shows.proof import proof_page
from web.studio.tickets import make_ticket
from web.studio.words import studio_words

FILE = "feed_file"
AUDIO, LEAVE = "audio_choice", "leave"
LONGEST_ADDRESS = 2000
# So many of those that were begun before are named.
SHOWN = 5
KINDS = (LOOK, IMPORT)


@studio.get(IMPORT_PAGE, endpoint="import_form")
@allows(Right.BEGIN_SHOW)
def import_form() -> str:
    """Ask for a feed, and name what was begun before."""
    return _form()


@studio.post(IMPORT_FORM, endpoint="look_into_feed")
@allows(Right.BEGIN_SHOW)
def look_into_feed(ticket: str) -> ResponseReturnValue:  # noqa: ARG001  (the server before has looked at it)
    """Ask for a look into a feed, by its address or as a file; nothing is fetched meanwhile."""
    scheme, stroke, rest = request.form.get("address", "").strip()[:LONGEST_ADDRESS].partition("://")
    address = f"{scheme.lower()}{stroke}{rest}"  # keyboards of telephones begin with a capital
    try:
        parameters = _source(address)
    except UploadRefused as error:
        field = FILE if error.code.startswith("feed-file") else "address"
        return _form(address=address, told=told_error(error, field)), 422
    wish = ErrandWish(kind=LOOK, parameters=parameters, asked_by=producer().shown_name)
    return redirect(_address(ask_for(place(), wish, now=now())), 303)


@studio.get(IMPORT_STATE, endpoint="import_state")
@allows(Right.BEGIN_SHOW)
def import_state(errand: int) -> ResponseReturnValue:
    """Show how far a look or an import is, then what came of it."""
    found = _find(errand)
    if found.kind == LOOK and IS_CUT in found.parameters:
        return _ask_again(found)
    if found.kind == LOOK and found.state is ErrandState.FAILED:
        source = found.parameters["source"] if found.parameters["name"] == found.parameters["source"] else ""
        return _form(address=str(source), told=_failed(found))
    if found.state is not ErrandState.DONE:
        parts = errand_parts(found) | {"address": _address(found)}
        return render_template("studio/import_state.html", parts=parts, errand=found, name=found.parameters["name"])
    if found.kind == IMPORT:
        return proof_page(found)
    return _plan(found)


@studio.post(IMPORT_START, endpoint="start_import")
@allows(Right.BEGIN_SHOW)
def start_import(errand: int) -> ResponseReturnValue:
    """Bring in what was looked into, or go on with an import that was cut off."""
    found, zone = _find(errand), request.form.get("timezone", "")
    if IS_CUT in found.parameters:
        return _ask_again(found), 422
    if found.kind == LOOK and "is_new" not in found.outcome:  # nobody was shown yet what would come
        return redirect(_address(found), 303)
    is_new = found.kind == LOOK and found.outcome.get("is_new")
    if is_new and zone not in available_timezones():
        return _plan(found, _told(needs_code("timezone"), "timezone")), 422
    asked = {"metadata_only": request.form.get(AUDIO) == LEAVE, "timezone": zone}
    parameters = {**found.parameters, **(asked if found.kind == LOOK else {})}
    wish = ErrandWish(kind=IMPORT, parameters=parameters, asked_by=producer().shown_name)
    begun = ask_for(place(), wish, now=now())
    log("import-begun", which=host_of(str(found.parameters["name"])))
    return redirect(_address(begun), 303)


def _source(address: str) -> dict[str, object]:
    """Where the feed is: `source`, and the `name` by which pages call it. Raises UploadRefused."""
    file = request.files.get(FILE)
    if file is not None and file.filename:
        return {"source": str(_kept(file)), "name": file.filename[:LONGEST_ADDRESS]}
    if not address:
        raise UploadRefused("import-nothing", "Write the address of the feed, or choose a file.")
    _check_address(address)
    return {"source": address, "name": address}


def _kept(file: FileStorage) -> Path:
    with path_of(file).open("rb") as stream:
        return keep_feed_file(place(), stream)


def _check_address(address: str) -> None:
    """An address is kept until the import is done: none with a password is taken."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if not address.startswith(("http://", "https://")) or not parts.hostname:
        raise UploadRefused("import-address", "This is not the address of a feed. It begins with https://.")
    if parts.username is not None:
        why = "This address has a password in it, which would be kept. Save the feed as a file, and send that."
        raise UploadRefused("import-password", why)


def _find(number: int) -> Errand:
    found = find_errand(place(), number, show_guid="")
    if found.kind not in KINDS:
        raise NotFound("no-errand", "There is no errand {number} any more.", number=number)
    return found


def _address(errand: Errand) -> str:
    return url_for("studio.import_state", errand=errand.id)


def _form(*, address: str = "", told: Told | None = None) -> str:
    before = errands_like(place(), IMPORT, show_guid="")
    return render_template(
        "studio/import.html",
        address=address or request.args.get("address", ""),
        told=told,
        before=before[-SHOWN:][::-1],
        ticket=make_ticket(desk().key, "", producer().id, now=now()),
    )


def _ask_again(errand: Errand) -> str:
    """The form with what is left of an address whose key was forgotten."""
    return _form(address=str(errand.parameters["source"]), told=_told("import-cut", "address"))


def _failed(errand: Errand) -> Told | None:
    """Why a look failed; the address it is about stands in the field anyway."""
    error = error_of(errand)
    field = "address" if errand.parameters["name"] == errand.parameters["source"] else FILE
    return told_error(error, field) if error is not None else None


def _told(code: str, field: str) -> Told:
    words = studio_words()
    return Told(sentence=words(f"fault_{code}"), language=words.language, field=field, label=words(f"field_{field}"))


def _plan(errand: Errand, *faults: Told) -> str:
    """What would come; where there is no room for a new show, why."""
    texts = {name: request.form.get(name, asked) for name, asked in (("timezone", local_timezone()), (AUDIO, "fetch"))}
    more: dict[str, Any] = {}
    if errand.outcome.get("is_new"):
        try:
            check_room(place())
        except StoreError:
            raise
        except (Conflict, CatalogueError) as error:
            more["no_room"] = told_error(error)
    return render_template(
        "studio/import_plan.html",
        errand=errand,
        plan=errand.outcome,
        left_behind=() if "list" in errand.outcome else left_behind(errand.outcome),
        name=errand.parameters["name"],
        sheet={"texts": texts, "faults": faults, "theirs": {}},
        zones=zones_to_choose(),
        ticket=make_ticket(desk().key, "", producer().id, now=now()),
        **more,
    )


ONWARD.update(dict.fromkeys(KINDS, _address))
