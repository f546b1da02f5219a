"""Text files of the library as clean text: a known encoding, one kind of line end, no control characters."""

from __future__ import annotations

import codecs

from catalogue.errors import ContentError
from catalogue.formats.audio.tags import clean_text


def decode_text(content: bytes, path: str, *, error: type[ContentError]) -> str:
    """Decode UTF-8, or UTF-16 that begins with a byte order mark; line ends become line feeds.

    Anything else raises `error` with the line of the first byte that is not UTF-8: a guess between the
    old eight-bit encodings would print somebody's name wrong.
    """
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as cause:
        raise error(
            "encoding",
            "The text is not UTF-8. Save it again with the encoding UTF-8.",
            path=path,
            line=None if is_utf16 else content.count(b"\n", 0, cause.start) + 1,
        ) from cause
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    r"""Text of any length as one line: runs of white space are one blank, control characters are dropped.

    >>> one_line("  Meet\tthe\r\n husbands\x00 ")
    'Meet the husbands'
    """
    return " ".join(clean_text(text).split())
