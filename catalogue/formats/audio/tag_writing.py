"""Tags written into an audio file, a copy that nobody else has: a table of formats, one writer each.

mutagen writes in place, so the file must be a copy. What was written is read back, and the sound must be the same
to the byte. Called in the sandbox.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.documents import read_document
from catalogue.domain.facts import AudioFacts, NewTags, Remark, TagsWritten
from catalogue.errors import AudioError
from catalogue.formats.audio.id3_writing import write_chunk_id3, write_stream_id3
from catalogue.formats.audio.mp4_writing import find_obstacle, write_mp4
from catalogue.formats.audio.opened import BROKEN
from catalogue.formats.audio.reading import read_audio
from catalogue.formats.audio.vorbis_writing import write_flac, write_ogg

# Remarks of the reader on tags that it could not read: whoever wrote over them would lose what they say.
_UNREAD = ("tags-refused", "tags-broken")
# What must be the same afterwards → how messages call it.
_KEPT = {
    "essence": "sound",
    "duration": "length",
    "author": "author",
    "album": "album",
    "published_at": "date",
    "published_on": "date",
    "language": "language",
    "summary": "summary",
    "notes": "notes",
    "guid": "identity",
    "feed_url": "feed's address",
}


def write_tags(file: str, path: str, tags: str, cover: str) -> TagsWritten:
    """Write `tags` (a NewTags, rendered) and the JPEG at `cover` (`""`: none) into the file, in place.

    Gives the file's hash afterwards, and a remark for each thing that the format has no place for. Raises AudioError,
    which names `path`, where file or tags cannot be read, or where the sound or another tag would change.
    """
    before = read_audio(file, path)
    unread = next((remark for remark in before.remarks if remark.code in _UNREAD), None)
    if unread is not None:
        raise AudioError("tag-unread", "Nothing was written: {why}", path=path, why=unread.message)
    wanted = read_document(NewTags, tags)
    wanted = replace(wanted, length=before.duration)
    family = _FAMILIES[before.format]
    _write(family, file, wanted, Path(cover).read_bytes() if cover else None, path=path)
    after = read_audio(file, path)
    changed = next((name for name in _KEPT if getattr(after, name) != getattr(before, name)), None)
    if changed is not None:
        mend = "ID3v2.4 holds more than ID3v2.3." if wanted.id3_version == 3 else "Export it again, and tag that."
        sentence = "Nothing was written: its {what} would be lost or changed. {mend}"
        raise AudioError("tag-loss", sentence, path=path, what=_KEPT[changed], mend=mend)
    return TagsWritten(
        sha256=after.sha256,
        is_same=after.sha256 == before.sha256,
        remarks=_lost(wanted, after, family, path),
    )


@dataclass(frozen=True, kw_only=True)
class _Family:
    """How tags of one family are written, what stands in the way, and whether silent chapters have a place."""

    write: Callable[[str, NewTags, bytes | None], None]
    obstacle: Callable[[str, NewTags], str | None] = lambda _file, _tags: None
    holds_silent: bool = False


def _write(family: _Family, file: str, tags: NewTags, cover: bytes | None, *, path: str) -> None:
    """Write the tags, or say why not: a table of contents can be read that mutagen does not find its way back into."""
    try:
        obstacle = family.obstacle(file, tags)
        if obstacle is not None:
            raise AudioError("tag-obstacle", "Nothing was written: {why}", path=path, why=obstacle)
        family.write(file, tags, cover)
    except BROKEN as error:
        sentence = "Nothing was written: what it says of its own parts is damaged. Export it again, and tag that."
        raise AudioError("tag-damaged", sentence, path=path, why=str(error)[:200]) from error


_ID3 = _Family(write=write_stream_id3, holds_silent=True)
_CHUNK = replace(_ID3, write=write_chunk_id3)
_MP4 = _Family(write=write_mp4, obstacle=find_obstacle)
_OGG = _Family(write=write_ogg)
_FAMILIES = {
    "mp3": _ID3,
    "aac": _ID3,
    "wav": _CHUNK,
    "aiff": _CHUNK,
    "m4a": _MP4,
    "mp4": _MP4,
    "ogg": _OGG,
    "opus": _OGG,
    "flac": replace(_OGG, write=write_flac),
}


def _lost(wanted: NewTags, after: AudioFacts, family: _Family, path: str) -> tuple[Remark, ...]:
    """What was wanted and does not read back, told."""
    lost = []
    if after.title != wanted.title or (wanted.number is not None and after.number != wanted.number):
        lost.append(Remark(code="tag-number", message=f"{path}: title or number do not read back as they were given."))
    if wanted.season is not None and after.season != wanted.season:
        lost.append(Remark(code="tag-season", message=f"{path}: the season does not read back as it was given."))
    listed = {(one.start, one.title) for one in wanted.chapters if one.is_listed}
    missing = len(listed - {(one.start, one.title) for one in after.chapters})
    if missing:
        sentence = f"{path}: {missing} of {len(listed)} chapters are not in it: its tags take no others."
        lost.append(Remark(code="tag-chapters", message=sentence))
    elif any(one.image_url or not (one.is_listed or family.holds_silent) for one in wanted.chapters):
        sentence = f"{path}: its tags have no place for pictures of chapters, and may have none for silent ones."
        lost.append(Remark(code="tag-chapters", message=sentence))
    return tuple(lost)
