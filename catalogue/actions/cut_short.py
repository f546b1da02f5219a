"""Hold a published episode whose audio became smaller and now seems cut off: half of it must not be served as all.

Most formats say how long they should be, and a file that is cut off is no audio then (`audio-truncated`). Raw AAC, an
MP3 without a header and Ogg give a hint alone: the last frame is not whole, the last page not called the last. That is
harmless in what came from an encoder so, and told as a remark; in a file that has got shorter it is a half-made copy.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from catalogue.actions.reading import ReadEpisode
from catalogue.domain.facts import SHORT
from catalogue.domain.matching import Held, Matches
from catalogue.domain.media import Audio
from catalogue.domain.plan import Problem
from catalogue.store.index import EpisodeRow

CUT = "cut"


def hold_cut(
    matches: Matches,
    reads: Mapping[str, ReadEpisode],
    *,
    known: Mapping[str, EpisodeRow],
    claimed: Collection[str],
    show_path: str,
    earlier: Callable[[], Sequence[Problem]],
    now: datetime,
) -> None:
    """Move from `known` to `held` what seems cut off since it was published, but what is `claimed` (paths).

    `earlier` gives what the last run found: a file of which that run said the same, and took it, is as it always was.
    """
    for path, line in list(matches.known.items()):
        row = known.get(line.guid)
        audio = _cut_audio(reads[path], row, now) if row is not None and path not in claimed else None
        if audio is not None and not _was_so(audio, earlier()):
            inside = audio.path.removeprefix(f"{show_path}/" if show_path else "")
            matches.held[path] = Held(path=path, code=CUT, line=line, other=inside)
            del matches.known[path]


def _cut_audio(read: ReadEpisode, row: EpisodeRow, now: datetime) -> Audio | None:
    """The first rendition with another sound in fewer bytes than the public had, and a hint that some are lacking."""
    hinted = {problem.path for problem in read.problems if problem.code == SHORT}
    if not hinted or row.episode is None or not row.episode.is_public(now) or _leaves(read, row):
        return None
    published = {audio.extension: audio for audio in row.episode.renditions}
    for audio in _renditions(read):
        old = published.get(audio.extension)
        if old is None or old.essence == audio.essence:
            continue
        if audio.path in hinted and audio.size_bytes < old.size_bytes:
            return audio
    return None


def _leaves(read: ReadEpisode, row: EpisodeRow) -> bool:
    """Whether somebody says that nobody is to hear it."""
    return row.line.withdrawn_at is not None or bool((read.values or {}).get("draft"))


def _renditions(read: ReadEpisode) -> tuple[Audio, ...]:
    renditions = (read.values or {}).get("renditions", ())
    assert isinstance(renditions, tuple)
    return renditions


def _was_so(audio: Audio, earlier: Sequence[Problem]) -> bool:
    codes = {problem.code for problem in earlier if problem.path == audio.path}
    return SHORT in codes and f"held-{CUT}" not in codes
