"""Words of a foreign feed: plain texts, notes, and yes or no in all the ways that feeds have for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

from catalogue.feed_reading import Item
from catalogue.formats.html_markdown import markdown_from_html
from catalogue.library.notes.fields import clean_text, is_blank
from catalogue.library.notes.plain_notes import markdown_of
from catalogue.show_notes import plain_html, read_html

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
# What notes never show: it would be fetched from somebody else's server, or act on the page.
_UNSHOWN = re.compile(r"<(img|iframe|audio|video|object|embed|form)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
# What an item's notes may stand in, the fullest first; then what may say it in short.
_NOTES = ("content:encoded", "description", "itunes:summary")
_SUMMARIES = ("description", "itunes:summary", "itunes:subtitle")
# So much of a text that was cut off is its beginning.
_SAME_START = 60
# What stands behind a beginning.
_CUT = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?)$")
_YES_NO = {"yes": "yes", "true": "yes", "explicit": "yes", "no": "no", "false": "no", "clean": "no"}


def notes_of(item: Item) -> tuple[str, str]:
    """Give an item's notes as Markdown, or as HTML where no Markdown says the same; one of the two is empty."""
    text = _notes_text(item)
    if not _MARKUP.search(text):
        return markdown_of(unescape(text) if _ENTITY.search(text) else text), ""
    html = read_html(text)
    markdown = markdown_from_html(html)
    return ("", html) if markdown is None else (markdown, "")


def unshown_parts(items: Iterable[Item]) -> dict[str, int]:
    """Count by element what the notes of items hold and notes here never show: pictures, players, forms."""
    found = Counter(part.lower() for item in items for part in _UNSHOWN.findall(_notes_text(item)))
    return {f"item notes <{part}>": count for part, count in sorted(found.items())}


def _notes_text(item: Item) -> str:
    return next((text for name in _NOTES if (text := clean_text(item.text(name))) and not is_blank(text)), "")


def summary_of(item: Item) -> str:
    """Give what an item says of itself in short, where that is not the beginning of its notes again; else nothing."""
    whole = next((text for name in _NOTES if (text := item.text(name))), "")
    notes: str | None = None
    for text in dict.fromkeys(item.text(name) for name in _SUMMARIES):
        if not text or text == whole:
            continue
        notes = plain_text(whole) if notes is None else notes
        if (words := plain_text(text)) and not _is_same(words, notes):
            return words
    return ""


def plain_text(text: str) -> str:
    """Give the words of a text that may be HTML, one paragraph a line."""
    if not (_MARKUP.search(text) or _ENTITY.search(text)):
        return clean_text(text).strip()
    return plain_html(text) if _MARKUP.search(text) else unescape(clean_text(text)).strip()


def yes_no(text: str) -> str:
    """Give yes or no for what Apple and others have called it; another text as it is, to be judged.

    >>> yes_no("Clean"), yes_no("true"), yes_no("maybe")
    ('no', 'yes', 'maybe')
    """
    return _YES_NO.get(text.strip().lower(), text.strip())


def _is_same(text: str, notes: str) -> bool:
    """Whether a text is the notes, or their beginning."""
    short, long = (_CUT.sub("", " ".join(one.split())) for one in (text, notes))
    return long.startswith(short[: max(_SAME_START, len(short) - _SAME_START)])
