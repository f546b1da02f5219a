"""Open and save one transcript of an episode cue by cue: only what was changed is written, over the version read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from catalogue.actions.attaching import put_side_file
from catalogue.actions.cues.times import CueEdit, CueFault, find_shift_fault, find_time_faults
from catalogue.actions.index import Wishes
from catalogue.actions.named import find_episode
from catalogue.actions.open import Place
from catalogue.domain.episode import Episode
from catalogue.domain.media import Cue, Transcript
from catalogue.errors import NotFound, StaleEdit
from catalogue.formats.transcripts.cue_sheets import (
    SPLICED,
    CueSheet,
    EditedSheet,
    edit_cue_sheet,
    read_cue_sheet,
)
from catalogue.formats.transcripts.writing import FORMS, TranscriptForm


@dataclass(frozen=True, kw_only=True)
class OpenCues:
    """A transcript's cues in the order of its file, and the version to save them over."""

    transcript: Transcript
    cues: tuple[Cue, ...]
    version: str
    length: timedelta | None

    @property
    def is_spliced(self) -> bool:
        """Whether all that nobody changes stays in the file; else it is written anew as a whole."""
        return self.transcript.format in SPLICED

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks, in the order in which they begin."""
        return tuple(dict.fromkeys(cue.speaker for cue in self.cues if cue.speaker))

    @property
    def form(self) -> TranscriptForm:
        """What its kind can hold."""
        return FORMS[self.transcript.format]


@dataclass(frozen=True, kw_only=True)
class SavedCues:
    """How many cues are other ones now; or `theirs`, which came first, or what is wrong: then nothing was written."""

    changed: int = 0
    theirs: OpenCues | None = None
    faults: tuple[CueFault, ...] = ()


def open_cues(place: Place, name: str, called: str) -> OpenCues:
    """Read the transcript of an episode that is called by language and kind, such as `en.vtt` (`cues_name`).

    Raises NotFound, Conflict as `find_episode`, TranscriptError where it cannot be read.
    """
    _, episode = find_episode(place, name)
    transcript = _find(episode, called)
    there = place.storage.stat(transcript.path)
    if there is None:
        raise _no_such(called)
    local = str(place.storage.local_path(transcript.path))
    sheet: CueSheet = place.box.call(read_cue_sheet, local, transcript.path)
    return OpenCues(transcript=transcript, cues=sheet.cues, version=there.version, length=episode.duration)


def save_cues(
    place: Place,
    name: str,
    called: str,
    edits: Sequence[CueEdit],
    *,
    names: Mapping[str, str] | None = None,
    shift: timedelta = timedelta(0),
    expected: str,
    wishes: Wishes | None = None,
) -> SavedCues:
    """Write cues that were changed or are new, and index; `names` are speakers that are called otherwise now.

    All times move by `shift`. `expected` is the version that was read. A cue without words is taken away.
    Raises TranscriptError where none would be left, NotPublishable, NotFound, Conflict, ContentError.
    """
    found = open_cues(place, name, called)
    if found.version != expected:
        return SavedCues(theirs=found)
    path, local = found.transcript.path, str(place.storage.local_path(found.transcript.path))
    faults = (*find_time_faults(found.cues, edits, found.form), *find_shift_fault(found.cues, edits, shift))
    if faults:
        return SavedCues(faults=faults)
    wanted = [one.written() for one in edits]
    by = shift // timedelta(milliseconds=1)
    edited: EditedSheet = place.box.call(edit_cue_sheet, local, path, wanted, dict(names or {}), by)
    if not edited.changed:
        return SavedCues()
    try:
        put_side_file(place, name, path, edited.text.encode("utf-8", "replace"), expected=expected, wishes=wishes)
    except StaleEdit:
        return SavedCues(theirs=open_cues(place, name, called))
    return SavedCues(changed=edited.changed)


def cues_name(transcript: Transcript) -> str:
    """What a transcript is called in the address of its page: no episode has two of one language and kind."""
    return f"{transcript.language}.{transcript.format}"


def _find(episode: Episode, called: str) -> Transcript:
    found = next((one for one in episode.transcripts if cues_name(one) == called), None)
    if found is None:
        raise _no_such(called)
    return found


def _no_such(called: str) -> NotFound:
    return NotFound("no-such-transcript", "There is no transcript {called} here.", called=called[:80])
