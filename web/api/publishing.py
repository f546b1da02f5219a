"""Publishing, scheduling, taking back, withdrawing, revising: what it would be (`dry_run`), or the deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from catalogue.actions.effects import Effect
from catalogue.actions.foreseen import Foreseen, foresee_leaving, foresee_publishing, foresee_revising
from catalogue.actions.named import find_row
from catalogue.actions.revise import revise_episode
from catalogue.actions.scheduling import check_not_out, moment_to_come, publish_now, schedule_episode
from catalogue.actions.unpublish import republish_episode, unpublish_episode
from catalogue.actions.upload_episode import replace_audio
from catalogue.actions.withdraw import find_traces, withdraw_episode
from catalogue.domain.api_patterns import API_PUBLISH, API_REVISE, API_SCHEDULE, API_UNPUBLISH, API_WITHDRAW
from catalogue.domain.episode import Episode
from catalogue.domain.rights import Right
from catalogue.domain.tokens import Scope
from catalogue.errors import CatalogueError, Conflict
from catalogue.store.index import EpisodeRow
from web.api import current
from web.api.deed_types import Outcome, PublishWish, RevisionWish, ScheduleWish, Wish, WithdrawWish
from web.api.episodes import find
from web.api.operations import Reply, operation
from web.api.problems import Fault, unprocessable
from web.api.shown import fresh_line, keyed_lines
from web.api.uploads import found_upload, uploads
from web.current import now, site
from web.studio.current import place
from web.studio.work import name_of


@operation("POST", API_PUBLISH, name="publishEpisode", scope=Scope.PUBLISH, right=Right.PUBLISH, takes=PublishWish,
           gives=Outcome)  # fmt: skip
def publish(sent: PublishWish, *, episode: str) -> Reply:
    """Publish an episode now, or as it was before."""
    row = find(episode)
    moment = row.episode.published_at if sent.keep_date and row.episode else None
    foreseen = _foreseen(row, lambda one: _publishing(one, moment or now()))
    if sent.dry_run and not sent.keep_date:
        check_not_out(row.episode, now())
    deed = republish_episode if sent.keep_date else publish_now
    return _outcome(row, sent, foreseen, lambda: deed(place(), name_of(row), wishes=current.wishes()), "published")


@operation("POST", API_SCHEDULE, name="scheduleEpisode", scope=Scope.PUBLISH, right=Right.PUBLISH, takes=ScheduleWish,
           gives=Outcome)  # fmt: skip
def schedule(sent: ScheduleWish, *, episode: str) -> Reply:
    """Let an episode come out at a moment to come."""
    show, row = find_row(place(), name_of(find(episode)))
    try:
        moment = moment_to_come(show, row, sent.at, now=now())
    except Conflict:
        raise
    except CatalogueError as error:
        raise unprocessable(Fault(pointer="/at", detail=error.sentence)) from error
    foreseen = _foreseen(row, lambda one: _publishing(one, moment))
    return _outcome(
        row,
        sent,
        foreseen,
        lambda: schedule_episode(place(), name_of(row), sent.at, wishes=current.wishes()),
        "scheduled",
    )


@operation("POST", API_UNPUBLISH, name="unpublishEpisode", scope=Scope.PUBLISH, right=Right.PUBLISH, takes=Wish,
           gives=Outcome)  # fmt: skip
def unpublish(sent: Wish, *, episode: str) -> Reply:
    """Take an episode back to draft."""
    row = find(episode)
    foreseen = _foreseen(row, lambda one: foresee_leaving(one, now=now()))
    return _outcome(
        row, sent, foreseen, lambda: unpublish_episode(place(), name_of(row), wishes=current.wishes()), "unpublished"
    )


@operation("POST", API_WITHDRAW, name="withdrawEpisode", scope=Scope.PUBLISH, right=Right.WITHDRAW, takes=WithdrawWish,
           gives=Outcome)  # fmt: skip
def withdraw(sent: WithdrawWish, *, episode: str) -> Reply:
    """Withdraw an episode for good."""
    row = find(episode)
    if not sent.dry_run and sent.confirm != row.line.slug:
        detail = f"Write {row.line.slug} here: nothing brings a withdrawn episode back."
        raise unprocessable(Fault(pointer="/confirm", detail=detail))
    traces = find_traces(place(), name_of(row))
    foreseen = Foreseen(effects=(Effect.WITHDRAWN,))
    return _outcome(
        row, sent, foreseen, lambda: withdraw_episode(place(), name_of(row), wishes=current.wishes()), "withdrawn",
        traces=(*traces.files, *map(str, traces.elsewhere)),
    )  # fmt: skip


@operation("POST", API_REVISE, name="reviseEpisode", scope=Scope.PUBLISH, right=Right.PUBLISH, takes=RevisionWish,
           gives=Outcome)  # fmt: skip
def revise(sent: RevisionWish, *, episode: str) -> Reply:
    """Replace the recording of an episode, write down what was corrected, or both."""
    row, note = find(episode), " ".join(sent.note.split())
    upload = found_upload(sent.upload) if sent.upload is not None else None
    if upload is None and not note:
        raise Conflict("nothing-to-revise", "There is nothing to revise: name an upload, or say what is corrected.")
    if upload is not None and (there := uploads().offset(upload)) != upload.size_bytes:
        raise Conflict("upload-gap", "{there} bytes have come; go on there.", there=there)
    foreseen = _foreseen(row, lambda one: foresee_revising(one, has_audio=upload is not None, note=note, now=now()))

    def deed() -> object:
        if upload is None:
            return revise_episode(place(), name_of(row), note=note, wishes=current.wishes())
        with uploads().alone(upload) as whole:
            return replace_audio(place(), uploads(), whole, episode=name_of(row), note=note, wishes=current.wishes())

    return _outcome(row, sent, foreseen, deed, "revised")


def _publishing(episode: Episode, at: datetime) -> Foreseen:
    return foresee_publishing(place(), current.show(), episode, at=at, links=site().public, now=now())


def _foreseen(row: EpisodeRow, foresee: Callable[[Episode], Foreseen]) -> Foreseen:
    """What it would be; of an episode that only the ledger knows nothing can be said."""
    if row.line.withdrawn_at is not None:
        raise Conflict("is-withdrawn", "“{slug}” was withdrawn for good.", slug=row.line.slug)
    return foresee(row.episode) if row.episode is not None else Foreseen(effects=())


def _outcome(
    row: EpisodeRow,
    sent: Wish,
    foreseen: Foreseen,
    deed: Callable[[], object],
    what: str,
    *,
    traces: tuple[str, ...] = (),
) -> Reply:
    if not sent.dry_run:
        deed()
        current.log(what, which=row.line.slug)
    value = Outcome(
        is_done=not sent.dry_run,
        effects=foreseen.effects,
        findings=keyed_lines(foreseen.findings),
        traces=traces,
        episode=fresh_line(row.line.guid),
    )
    return Reply(value=value)
