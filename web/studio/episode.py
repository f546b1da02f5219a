"""One episode: a form of its note that is saved line by line, and a look at its notes as the page will show them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from catalogue.actions.discarding import can_discard
from catalogue.actions.episode_editing import OpenForm, open_form, save_form
from catalogue.actions.foreseen import find_faults
from catalogue.actions.handing_over import is_draft, talks_in
from catalogue.actions.note_form import NOTES, NoteTexts
from catalogue.domain.episode_status import Status
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_FORM, EPISODE_REVIEW
from catalogue.errors import (
    CatalogueError,
    Conflict,
    ContentError,
    ContentErrors,
    MediaError,
    NoRoom,
    NotFound,
    NotPublishable,
    PlanRefused,
    SandboxFailure,
    UploadRefused,
)
from catalogue.store.index import EpisodeRow
from web.current import now, site
from web.embedded import notes_html
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import can, log, place
from web.studio.faults import Told, told_error, told_faults, told_findings, told_problems
from web.studio.guard import is_own_draft
from web.studio.loudness import heard_on_page
from web.studio.note_fields import Form, compared, form_of, read_form
from web.studio.rights import allows
from web.studio.shows.choices import languages_to_choose
from web.studio.words import studio_words
from web.studio.work import find_row, head_of, name_of, standing, wishes

# Their moment has passed: another date would surprise who subscribes, and is not for this form.
DATED = (Status.PUBLIC, Status.MISSING, Status.MEMBERS)
# What of a note a reviewer may write.
REVIEW_FIELDS = ("reviewed", "next_review", "reviewed_by")
# What the deeds behind a form refuse; nothing was written then, and what was typed is shown again.
REFUSALS = (
    *(NotPublishable, PlanRefused, ContentError, ContentErrors, SandboxFailure),
    *(Conflict, NotFound, MediaError, NoRoom, UploadRefused),
)


@studio.get(EPISODE_FORM, endpoint="episode")
@allows(Right.SEE_DRAFTS)
def episode(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """Show an episode to who makes it: the form of its note, and what there is to do."""
    return shown(find_row(episode), told_done=_done())


@studio.post(EPISODE_FORM, endpoint="save_episode")
@allows(Right.WRITE)
def save(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Save the form, or show how its notes look; what is wrong, or came first, is told and nothing typed is lost."""
    row, sent = find_row(episode), read_form(request.form)
    if standing(row)[0] in DATED and "audience" in sent.fields:  # its own deeds take it out of the feed
        sent = replace(sent, fields={name: text for name, text in sent.fields.items() if name != "audience"})
    if request.form.get("act") == "look":
        return _page(row, _typed(row, sent), look=_notes(row, sent[NOTES]))
    return _saved(row, sent, what="edited")


@studio.post(EPISODE_REVIEW, endpoint="review_episode")
@allows(Right.REVIEW)
def review(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Save when the words were read by somebody who knows, and nothing else of the note."""
    sent = {name: text for name, text in read_form(request.form).fields.items() if name in REVIEW_FIELDS}
    return _saved(find_row(episode), NoteTexts(fields=sent), what="reviewed")


def shown(row: EpisodeRow, **more: Any) -> str:
    """The page with the note as it stands; what is wrong with that is told in its place."""
    if row.line.discarded_at is not None:
        return _page(row, None, **more)
    try:
        found = open_form(place(), name_of(row))
    except REFUSALS as error:
        return _page(row, None, **{"reason": told_error(error), **more})
    return _page(row, _form(found), **more)


def _typed(row: EpisodeRow, sent: NoteTexts) -> Form:
    version, base = (request.form.get(name, "") for name in ("version", "base"))
    return Form(texts=_whole(row, sent), version=version, base=base)


def _saved(row: EpisodeRow, sent: NoteTexts, *, what: str) -> ResponseReturnValue:
    """Save what was sent, or show it again with what is wrong or came first."""
    mine = _typed(row, sent)
    version, base = mine.version, mine.base
    try:
        answer = save_form(place(), name_of(row), sent, expected=version, wishes=wishes())
    except REFUSALS as error:
        return _page(row, replace(mine, faults=(told_error(error),))), status_of(error)
    if answer.theirs is not None:
        theirs = answer.theirs
        return _page(row, compared(sent, theirs.texts, version=theirs.note.version, base=base), is_stale=True), 409
    if answer.saved is None:
        return _page(row, replace(mine, faults=told_faults(answer.faults))), 422
    if answer.saved.is_changed:
        log(what, show=current.show(), which=row.line.slug)
    slug = answer.saved.episode.slug if answer.saved.episode else row.line.slug
    return redirect(url_for("studio.episode", show=current.show().slug, episode=slug, done="saved"), 303)


def status_of(error: CatalogueError) -> int:
    """What a form is answered that was refused for it."""
    return 409 if isinstance(error, Conflict) else 404 if isinstance(error, NotFound) else 422


def _done() -> str:
    """What was done just now, as the address says: a sentence of ours, or nothing."""
    words, done = studio_words(), request.args.get("done", "")
    key = "edit_done_new_own" if done == "new" and not can(Right.PUBLISH, current.show()) else f"edit_done_{done}"
    return words(key) if key in words else ""


def _form(found: OpenForm) -> Form:
    return form_of(found.texts, version=found.note.version, faults=told_faults(found.faults))


def _whole(row: EpisodeRow, sent: NoteTexts) -> NoteTexts:
    """What was sent, and of what was not on the form, what the note says."""
    try:
        there = open_form(place(), name_of(row)).texts
    except REFUSALS:  # told by what saves
        return sent
    return NoteTexts(fields={**there.fields, **sent.fields}, rows={**there.rows, **sent.rows})


def _notes(row: EpisodeRow, text: str) -> Markup:
    """Notes as the episode's page shows them."""
    length = row.episode.duration if row.episode else None
    return notes_html(text.replace("\r\n", "\n"), address=None, duration=length, home=current.show())


def _minded(row: EpisodeRow) -> tuple[Told, ...]:
    """What directories and listeners mind about it as it was indexed; nothing where it can never be one of theirs."""
    if row.episode is None or row.line.withdrawn_at is not None:
        return ()
    show, links = current.show(), site().public
    return told_findings(find_faults(place(), show, row.episode, links=links, now=now()))


def _page(row: EpisodeRow, form: Form | None, **more: Any) -> str:
    status, problems = standing(row)
    minded = _minded(row)
    may_write = can(Right.WRITE, current.show()) or is_own_draft(current.show(), row.line.slug, current.producer())
    return render_template(
        "studio/episode.html",
        **head_of(row) | {"status": status},
        sheet=form,
        problems_of_files=told_problems(problems),
        minded=minded,
        heard=heard_on_page(row),
        elsewhere=[told for told in minded if not told.field],
        is_dated=status in DATED,
        may_write=may_write,
        may_discard=may_write and can_discard(place(), current.show(), row),
        talk=talks_in(place(), current.show().guid).get(row.line.guid) if is_draft(row) else None,
        may_hand_over=is_draft(row),
        languages=languages_to_choose(studio_words().language),
        **more,
    )
