"""The note of an episode as the file that it is: read and written whole."""

from __future__ import annotations

from flask import request

from catalogue.domain.api_patterns import API_NOTE
from catalogue.domain.rights import Right
from catalogue.domain.tokens import Scope
from web.api.episode_types import WholeEpisode
from web.api.episodes import opened, save
from web.api.operations import MARKDOWN, Reply, operation
from web.api.reading import check_media
from web.api.versions import check_match


@operation("GET", API_NOTE, name="getNote", scope=Scope.READ, right=Right.SEE_DRAFTS, answers=MARKDOWN,
           is_versioned=True)  # fmt: skip
def get_note(*, episode: str) -> Reply:
    """Give the note of an episode to the byte; of a recording without one, what would be its first."""
    note = opened(episode)
    return Reply(value=note.content, version=note.version)


@operation("PUT", API_NOTE, name="putNote", scope=Scope.WRITE, right=Right.WRITE, media=(MARKDOWN,),
           gives=WholeEpisode, is_versioned=True)  # fmt: skip
def put_note(*, episode: str) -> Reply:
    """Write the whole note of an episode: front matter and Markdown."""
    check_media((MARKDOWN,))
    note = opened(episode)
    check_match(note.version)
    return save(note, request.get_data())
