"""The list of a show's episodes, for who makes them."""

from __future__ import annotations

from flask import render_template, request, url_for

from catalogue.actions.episode_lists import list_episodes
from catalogue.actions.handing_over import talks_in
from catalogue.domain.episode_status import Status
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import SHOW_EPISODES
from web.current import now
from web.studio.blueprint import studio
from web.studio.current import place, show
from web.studio.newest import worktable
from web.studio.rights import allows
from web.studio.work import may_open, shelf

LONGEST_WORDS = 200


@studio.get(SHOW_EPISODES, endpoint="episodes")
@allows(Right.SEE)
def episodes(show: str) -> str:  # noqa: ARG001  (the guard has found it)
    """List the episodes, narrowed by `status` and words (`q`), fifty a page."""
    status = _status(request.args.get("status", ""))
    words = request.args.get("q", "")[:LONGEST_WORDS].strip()
    number = request.args.get("page", 1, type=int)
    found = list_episodes(shelf(), worktable().problems(), now(), status=status, words=words, number=number)
    return render_template(
        "studio/episodes.html",
        found=found,
        status=status,
        asked=words,
        address=_address,
        may_open=may_open,
        talks=talks_in(place(), shelf().show.guid),
    )


def _status(text: str) -> Status | None:
    return Status(text) if text in list(Status) else None


def _address(*, status: Status | None = None, words: str = "", page: int = 1) -> str:
    """The address of another part of the list."""
    return url_for(
        "studio.episodes",
        show=show().slug,
        status=status.value if status else None,
        q=words or None,
        page=page if page > 1 else None,
    )
