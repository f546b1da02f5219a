"""Good files, and seeded ways to break them: not at random alone, but where a format keeps names and sizes."""

from __future__ import annotations

import io
import random
import struct
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mutagen.id3 import APIC, CHAP, COMM, CTOC, ID3, TDRC, TIT2, TPE1, TXXX, USLT, WXXX, CTOCFlags
from PIL import Image
from sounds import silent_mp3

DATA = Path(__file__).parents[1] / "data"
_CAPTIONS = (
    "{head}00:00:01{dot}000 --> 00:00:04{dot}000\nAnna: Hello.\n\n00:01:00{dot}500 --> 00:01:04{dot}000\nBo: Yes.\n"
)
_TEXTS = {
    "vtt": _CAPTIONS.format(head="WEBVTT\nLanguage: en\n\n", dot="."),
    "srt": _CAPTIONS.format(head="1\n", dot=","),
    "json": '{"version":"1.0.0","segments":[{"speaker":"Anna","startTime":1.5,"endTime":4,"body":"Hello."}]}',
    "html": "<html lang='en'><body><cite>Anna:</cite><time>0:01</time><p>Hello.</p><p>Yes &amp; no.</p></body></html>",
    "txt": "Anna: Hello.\n\nBo: Yes.\n\nAnna: No.\n",
}
_CHAPTERS = {
    "psc": '<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters"><psc:chapter start="0:01.5" '
    'title="A &amp; b" href="https://a.b/c"/></psc:chapters>',
    "vtt": _TEXTS["vtt"],
    "txt": "0.000000\t4.500000\tHello\n4.500000\t4.500000\tLater\n",
}
_CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:Europe/Madrid\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Group\r\n"
    "DTSTART;TZID=America/New_York:20211012T190000\r\nDURATION:PT1H30M\r\nRRULE:FREQ=MONTHLY;BYDAY=2TU,4TU;COUNT=9\r\n"
    "EXDATE;TZID=America/New_York:20211026T190000\r\nLAST-MODIFIED:20211004T100000Z\r\nCATEGORIES:A,B\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)
# Names that formats begin their parts with; sizes stand before or behind them.
_NAMES = (
    b"ID3 TIT2 TXXX COMM USLT APIC CHAP CTOC TAG Xing Info VBRI LAME OggS vorbis OpusHead OpusTags fLaC RIFF WAVE fmt"
    b" data FORM AIFF AIFC COMM SSND ftyp moov trak mdia minf stbl stsd stts stsz stco co64 mdhd hdlr udta meta ilst"
    b" covr chpl mdat free mvhd tkhd IHDR IDAT IEND iCCP zTXt VP8 VP8X EXIF <item <rss <![CDATA[ --> startTime {\\an8}"
).split()
_NUMBERS = (0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_SNIPPETS = (
    *(b"\x00", b"\xff" * 7, b"\xff\xfb\x90\x64", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"99999999999:59", b"-->"),
    *(b"<cite>" * 9, b'"\\ud800"', b"1e999", b"NaN", b"&#0;", b"<!DOCTYPE x>", b"\xe2\x80\xae", b"\r\r\n"),
    *(b"[" * 99, b"ID3\x04\x00\x00\x00\x00\x0f\x7f"),
)


@dataclass(frozen=True)
class Seed:
    """A good file: its bytes, the ending that says how it is read, and by which reader of READERS."""

    content: bytes
    ending: str
    reader: str


def seeds() -> tuple[Seed, ...]:
    """A file of every format: nine of audio, three of pictures, five of transcripts, four of chapters, a
    calendar, a feed."""
    audio = [Seed(file.read_bytes(), file.suffix[1:], "audio") for file in sorted((DATA / "audio").iterdir())]
    made = [Seed(_tagged(version), "mp3", "audio") for version in (3, 4)] + [Seed(_wav(), "wav", "audio")]
    pictures = [Seed(_picture(kind), kind.lower(), "image") for kind in ("JPEG", "PNG", "WEBP")]
    texts = [Seed(text.encode(), ending, "transcript") for ending, text in _TEXTS.items()]
    chapters = b'{"version":"1.2.0","chapters":[{"startTime":0,"title":"A"},{"startTime":9.5,"title":"B","img":"https://a.b/c"}]}'
    feed = (DATA / "feed" / "everything.xml").read_bytes()
    files = [Seed(text.encode(), ending, "chapters-file") for ending, text in _CHAPTERS.items()]
    files.append(Seed(_CALENDAR.encode(), "ics", "calendar"))
    return (*audio, *made, *pictures, *texts, *files, Seed(chapters, "json", "chapters"), Seed(feed, "xml", "feed"))


def mutants(chance: random.Random) -> Iterator[Seed]:
    """Broken files without end; the same for the same chance."""
    good = seeds()
    while True:
        seed = chance.choice(good)
        content = seed.content
        for _ in range(chance.choice((1, 1, 2, 3, 6))):
            content = chance.choice(_WAYS)(content or b"\x00", chance, good)[: 1 << 18]
        yield Seed(content, seed.ending, seed.reader)


def _flipped(content: bytes, chance: random.Random, _: tuple[Seed, ...]) -> bytes:
    broken = bytearray(content)
    for _i in range(chance.randint(1, 8)):
        broken[_place(content, chance)] = chance.choice((0, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return bytes(broken)


def _resized(content: bytes, chance: random.Random, _: tuple[Seed, ...]) -> bytes:
    """Another number near the name of a part, where sizes and counts stand."""
    name = chance.choice([one for one in _NAMES if one in content] or [content[:1]])
    at = max(0, content.find(name) + chance.choice((-4, len(name), len(name) + 4, len(name) + 8)))
    number = chance.choice((*_NUMBERS, len(content), len(content) - at, len(content) + 1)) & 0xFFFFFFFF
    digits = struct.pack(chance.choice((">I", "<I")), number)[chance.choice((0, 0, 2)) :]
    return content[:at] + digits + content[at + len(digits) :]


def _renamed(content: bytes, chance: random.Random, _: tuple[Seed, ...]) -> bytes:
    name = chance.choice([one for one in _NAMES if one in content] or [content[:1]])
    return content.replace(name, chance.choice(_NAMES), chance.choice((1, -1)))


def _cut(content: bytes, chance: random.Random, _: tuple[Seed, ...]) -> bytes:
    return content[: _place(content, chance)]


def _without(content: bytes, chance: random.Random, _: tuple[Seed, ...]) -> bytes:
    at = _place(content, chance)
    return content[:at] + content[at + chance.randint(1, 64) :]


def _repeated(content: bytes, chance: random.Random, _: tuple[Seed, ...]) -> bytes:
    at = _place(content, chance)
    return content[:at] + content[at : at + chance.randint(1, 400)] * chance.randint(2, 60) + content[at:]


def _inserted(content: bytes, chance: random.Random, _: tuple[Seed, ...]) -> bytes:
    at = _place(content, chance)
    return content[:at] + chance.choice(_SNIPPETS) + content[at:]


def _spliced(content: bytes, chance: random.Random, good: tuple[Seed, ...]) -> bytes:
    other = chance.choice(good).content
    return content[: _place(content, chance)] + other[_place(other, chance) :]


def _place(content: bytes, chance: random.Random) -> int:
    """A place in a file, often near its beginning, where descriptions stand."""
    return chance.randrange(min(len(content), chance.choice((64, 1024, len(content)))))


_WAYS: tuple[Callable[[bytes, random.Random, tuple[Seed, ...]], bytes], ...] = (
    _flipped, _flipped, _resized, _resized, _renamed, _cut, _without, _repeated, _inserted, _spliced,
)  # fmt: skip


def _tagged(version: int) -> bytes:
    tags, target = ID3(), io.BytesIO()
    inner = [TIT2(encoding=1, text="One"), WXXX(desc="", url="https://example.org/")]
    frames = (
        TIT2(encoding=1, text="Übung"), TPE1(text="Anna"), TDRC(text="2018-05-03"), TXXX(desc="episode", text="3"),
        COMM(lang="eng", desc="", text="Notes."), USLT(lang="eng", desc="", text="Words."),
        APIC(mime="image/jpeg", type=3, desc="", data=_picture("JPEG")),
        CHAP(element_id="a", start_time=0, end_time=1000, sub_frames=inner),
        CTOC(element_id="toc", flags=CTOCFlags.TOP_LEVEL, child_element_ids=["a"], sub_frames=[]),
    )  # fmt: skip
    for frame in frames:
        tags.add(frame)
    if version == 3:
        tags.update_to_v23()
    tags.save(target, v2_version=version)
    return target.getvalue() + silent_mp3(0.5)


def _wav() -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(800))
    return target.getvalue()


def _picture(kind: str) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize((48, 48)).convert("RGB").save(target, kind)
    return target.getvalue()
