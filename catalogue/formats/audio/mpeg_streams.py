"""How long an MP3 or ADTS stream plays: as its header states where the file bears that out, else counted."""

from __future__ import annotations

from dataclasses import replace

from catalogue.domain.facts import Remark
from catalogue.formats.audio.containers import cut_off
from catalogue.formats.audio.frame_count import FrameCount, count_frames
from catalogue.formats.audio.id3_blocks import audio_stop
from catalogue.formats.audio.id3_places import leading_id3
from catalogue.formats.audio.mpeg import Frame, frame_at
from catalogue.formats.audio.opened import Opened, Reading, clock_of, short_remark
from catalogue.formats.audio.seek_header import SeekHeader, find_seek_header
from catalogue.formats.audio.tags import RawTags

# How much less than its header promises makes a file one that is cut off, and not one that an editor trimmed.
_TOLERANCE = 0.05
_FIRST_FRAME_BYTES = 192
# ISO/IEC 11172-3 section 2.4.2.3, mode: of four only one has a single channel.
_MONO = 3


def read_mp3(opened: Opened) -> Reading:
    """Read an MP3; AudioError where its header promises much more than is there."""
    opened.stream.seek(opened.container.first_frame)
    head = opened.stream.read(_FIRST_FRAME_BYTES)
    first, header = frame_at(head, 0), find_seek_header(head)
    if first is None:  # it was one when the container was told
        raise EOFError("the file changed while it was read")
    if header is not None and not header.frames:  # it promises nothing, and leads no player anywhere
        header = None
    reading = _read_frames(opened, first, header)
    return replace(reading, sample_rate=first[2], channels=1 if head[3] >> 6 == _MONO else 2)


def _read_frames(opened: Opened, first: Frame, header: SeekHeader | None) -> Reading:
    stop = audio_stop(opened.stream, opened.size)
    held, tags = stop - opened.container.first_frame, leading_id3(opened)
    if header is not None and _bears_out(header, held):
        return _stated(header, first, tags=tags)
    count = count_frames(opened.stream, opened.container.first_frame, stop)
    if count is None:
        return Reading(seconds=None, bitrate=0, tags=tags)
    if header is None:
        return replace(_counted(count, tags), bitrate_mode="variable" if count.is_variable else "constant")
    return _compared(header, count, _stated(header, first, tags=tags), held=held, path=opened.path)


def read_aac(opened: Opened) -> Reading:
    """Read AAC in ADTS, where nothing but the frames tells how long it plays."""
    tags = leading_id3(opened)
    count = count_frames(opened.stream, opened.container.first_frame, audio_stop(opened.stream, opened.size))
    return Reading(seconds=None, bitrate=0, tags=tags) if count is None else _counted(count, tags)


def _bears_out(header: SeekHeader, held: int) -> bool:
    """Whether the file holds what the header states; if not, or if it states no size, only counting tells."""
    return 0 < header.sound_bytes <= held <= header.sound_bytes * (1 + _TOLERANCE)


def _stated(header: SeekHeader, first: Frame, *, tags: RawTags) -> Reading:
    bits = max(0, header.sound_bytes - first[0]) * 8 * first[2] // (header.frames * first[1])
    seconds = header.seconds(first)
    return Reading(seconds=seconds, bitrate=bits, tags=tags, bitrate_mode=header.mode, seek_header=header.name)


def _counted(count: FrameCount, tags: RawTags) -> Reading:
    """What was counted; that the last frame is not whole is all that such a stream shows of being cut off."""
    remarks = (*tags.remarks, *_cut_remark(count))
    bits = round(count.sound_bytes * 8 / count.seconds)
    return Reading(seconds=count.seconds, bitrate=bits, tags=replace(tags, remarks=remarks))


def _cut_remark(count: FrameCount) -> tuple[Remark, ...]:
    return (short_remark(f"its last frame lacks {count.cut_bytes:,} bytes"),) if count.cut_bytes else ()


def _compared(header: SeekHeader, count: FrameCount, stated: Reading, *, held: int, path: str) -> Reading:
    """The header's reading if all its frames are there (it leaves out the encoder's silence), else the counted one."""
    sounding = count.frames - 1  # without the header's own frame
    if abs(sounding - header.frames) <= 1:
        # what lies behind all that the header promises is no part of the sound
        cut = _cut_remark(count) if held < header.sound_bytes else ()
        remarks = (*stated.tags.remarks, *cut)
        bits = round(count.sound_bytes * 8 / count.seconds)
        return replace(stated, bitrate=bits, tags=replace(stated.tags, remarks=remarks))
    counted = replace(_counted(count, stated.tags), bitrate_mode=header.mode, seek_header=header.name)
    if sounding > header.frames:
        return counted
    told = f"its header promises {clock_of(stated.seconds or 0)}, its sound lasts {clock_of(count.seconds)}"
    if sounding < header.frames * (1 - _TOLERANCE):
        raise cut_off(path, told)
    return replace(counted, tags=replace(stated.tags, remarks=(*stated.tags.remarks, short_remark(told))))
