"""An episode's transcripts: which there are, and sending one."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from catalogue.actions.attaching import attach_transcript
from catalogue.actions.cues.sheets import cues_name
from catalogue.actions.scratch import scratch_folder
from catalogue.domain.media import TRANSCRIPT_TYPES
from catalogue.domain.rights import Right
from catalogue.domain.work_patterns import EPISODE_TRANSCRIPTS
from catalogue.errors import UploadRefused
from catalogue.store.index import EpisodeRow
from web.bodies import LARGEST_FORM_BYTES
from web.studio import current
from web.studio.blueprint import studio
from web.studio.current import log, place
from web.studio.episode import REFUSALS, status_of
from web.studio.faults import Told, told_error
from web.studio.rights import allows
from web.studio.shows.choices import languages_to_choose
from web.studio.words import studio_words
from web.studio.work import find_row, head_of, name_of, wishes

FIELD = "transcript"
LANGUAGE = "transcript_language"
LARGEST_BYTES = LARGEST_FORM_BYTES - 64 * 1024
ENDINGS = (*TRANSCRIPT_TYPES, "htm")


@studio.get(EPISODE_TRANSCRIPTS, endpoint="transcripts")
@allows(Right.WRITE)
def transcripts(show: str, episode: str) -> str:  # noqa: ARG001  (the guard has found the show)
    """Name the transcripts there are, with a form for another."""
    return _page(find_row(episode))


@studio.post(EPISODE_TRANSCRIPTS, endpoint="send_transcript")
@allows(Right.WRITE)
def send_transcript(show: str, episode: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a transcript in the language that is stated, the file's or the episode's."""
    row, file = find_row(episode), request.files.get(FIELD)
    language = request.form.get(LANGUAGE, "").strip() or None
    try:
        _attach(row, file, language)
    except REFUSALS as error:
        field = LANGUAGE if error.code == "language" else FIELD
        return _page(row, told=told_error(error, field)), status_of(error)
    log("transcript", show=current.show(), which=row.line.slug)
    return redirect(url_for("studio.episode", show=current.show().slug, episode=row.line.slug, done="transcript"), 303)


def _attach(row: EpisodeRow, file: FileStorage | None, language: str | None) -> None:
    """Attach what was sent, under a name of ours: only its ending is looked at."""
    if file is None or not file.filename:
        raise UploadRefused("none-chosen", "No file was chosen.")
    ending = file.filename.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise UploadRefused("transcript-ending", "This is none of the forms that are taken.")
    content = file.stream.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise UploadRefused("transcript-too-large", "This file is too large for a transcript.")
    with scratch_folder(place().settings.upload_folder) as own:
        kept = own / f"{FIELD}.{ending}"
        kept.write_bytes(content)
        attach_transcript(place(), name_of(row), kept, language=language, wishes=wishes())


def _page(row: EpisodeRow, *, told: Told | None = None) -> str:
    sheet = {"texts": {LANGUAGE: request.form.get(LANGUAGE, "")}, "faults": (told,) if told else (), "theirs": {}}
    languages = languages_to_choose(studio_words().language)
    spoken = row.episode.language if row.episode else current.show().language
    return render_template(
        "studio/transcripts.html",
        **head_of(row),
        there=row.episode.transcripts if row.episode else (),
        cues_name=cues_name,
        endings=",".join(f".{one}" for one in ENDINGS),
        sheet=sheet,
        languages=languages,
        spoken=dict(languages).get(spoken, spoken),
        limit_bytes=LARGEST_BYTES,
        told=told,
    )
