"""The name under which a file that somebody sends may lie on a disk."""

from __future__ import annotations

import re
import unicodedata

from catalogue.domain.media import AUDIO_ENDINGS

LONGEST_CHARACTERS = 80
LONGEST_BYTES = 200
# Of a name that is sent the end is looked at, with its ending: disks have none that is longer.
LONGEST_SENT = 1024
FALLBACK = "audio"
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
# Windows keeps these for itself, whatever their ending; a library may lie on its disks.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)


def safe_name(name: str) -> str:
    r"""Make a name of what a browser says: no folders, nothing unseen, short, with an ending of audio or none.

    >>> [safe_name(one) for one in ("../../etc/passwd", "C:\\a\\03 One.MP3", "con.mp3", "a\x00b.mp3", ".mp3", "a.php")]
    ['passwd', '03 One.mp3', '_con.mp3', 'a b.mp3', 'audio.mp3', 'a.php']
    """
    last = re.split(r"[/\\]", name[-LONGEST_SENT:])[-1]
    stem, dot, ending = last.rpartition(".")
    if not dot or ending.lower() not in AUDIO_ENDINGS:
        stem, ending = last, ""
    stem = _seen(unicodedata.normalize("NFC", stem))
    if _RESERVED.fullmatch(stem.partition(".")[0]):
        stem = f"_{stem}"
    return f"{stem or FALLBACK}.{ending.lower()}" if ending else stem or FALLBACK


def shown_name(name: str) -> str:
    r"""A name as somebody is told it: as it was sent, but for what cannot be seen, and short.

    >>> shown_name("a\x00\u202egpm.mp3"), len(shown_name("n" * 300))
    ('a gpm.mp3', 80)
    """
    plain = " ".join(_without_unseen(unicodedata.normalize("NFC", name[:LONGEST_SENT])).split())
    return plain if len(plain) <= LONGEST_CHARACTERS else f"{plain[: LONGEST_CHARACTERS - 1]}…"


def _without_unseen(text: str) -> str:
    return "".join(one if unicodedata.category(one)[0] != "C" else " " for one in text)


def _seen(text: str) -> str:
    """Letters and signs alone, cut where they would be too many; no name is hidden or ends in a dot."""
    plain = _FORBIDDEN.sub(" ", _without_unseen(text))
    short = " ".join(plain.split())[:LONGEST_CHARACTERS]
    return short.encode()[:LONGEST_BYTES].decode("utf-8", "ignore").strip(" .")
