"""Transcripts in JSON: segments with speaker, times and words."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from catalogue.domain.facts import Remark
from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.plain_text import one_line
from catalogue.formats.transcripts.spoken import Spoken, refuse_count

LONGEST_SECONDS = 30 * 24 * 3600


def read_json(text: str, path: str) -> Spoken:
    """Read `{"version", "segments": [{"speaker", "startTime", "endTime", "body"}]}` (podcast namespace, transcripts).

    A segment without words or with a time that is none is left out, and a remark says how many. Raises
    TranscriptError where there are no such segments.
    """
    document = _document(text, path)
    segments = document.get("segments") if isinstance(document, dict) else None
    if not isinstance(segments, list) or not any("body" in one for one in segments if isinstance(one, dict)):
        raise TranscriptError(
            "transcript-kind",
            'There are no segments with `startTime` and `body` in it. Write {{"version": "1.0.0", "segments": […]}}.',
            path=path,
        )
    refuse_count(len(segments), path)
    cues = tuple(cue for cue in map(_find_cue, segments) if cue is not None)
    return Spoken(cues=cues, language=str(document.get("language", "")), remarks=_remarks(len(segments) - len(cues)))


def _document(text: str, path: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise TranscriptError("transcript-json", "The JSON is nested too deeply.", path=path) from error
    except ValueError as error:  # JSONDecodeError, or a number of more digits than Python reads
        raise TranscriptError(
            "transcript-json",
            "This is not JSON: {why}. Export the transcript again.",
            path=path,
            line=getattr(error, "lineno", None),
            why=getattr(error, "msg", "a number is too long"),
        ) from error


def _find_cue(segment: object) -> Cue | None:
    if not isinstance(segment, dict) or not isinstance(segment.get("body"), str):
        return None
    words, start, end = one_line(segment["body"]), _find_moment(segment, "startTime"), _find_moment(segment, "endTime")
    if not words or start is None:
        return None
    speaker = segment.get("speaker")
    return Cue(
        text=words,
        start=start,
        end=end if end is not None and end > start else None,
        speaker=one_line(speaker) or None if isinstance(speaker, str) else None,
    )


def _find_moment(segment: dict[str, Any], key: str) -> timedelta | None:
    value = segment.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return timedelta(milliseconds=round(value * 1000)) if 0 <= value <= LONGEST_SECONDS else None


def _remarks(lost: int) -> tuple[Remark, ...]:
    if lost == 0:
        return ()
    sentence = f"Segments without words or without a `startTime` in seconds were left out: {lost}."
    return (Remark(code="transcript-segments", message=sentence),)
