"""What an item says of its episode: the notes whole (`content:encoded`) and cut to size (`description`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from html import escape, unescape
from typing import NamedTuple

from catalogue.domain.episode import Episode
from catalogue.domain.media import Chapter
from catalogue.feed.element import one_line, xml_clean
from catalogue.show_notes import PageOf, has_time_list, render_feed_notes, render_html_feed

# Apple and PSP-1, `description`: bytes, not characters.
DESCRIPTION_LIMIT_BYTES = 4000
_FEWEST_CHAPTERS = 2


class _Words(NamedTuple):
    warning: str
    correction: str
    chapters: str
    more: str


_WORDS = {
    "en": _Words("Before you listen: {}", "Correction, {}: {}", "Chapters", "Read on: {}"),
    "es": _Words("Antes de escuchar: {}", "Corrección, {}: {}", "Capítulos", "Sigue leyendo: {}"),
}
# nh3's output: `<` stands in tags alone, but `>` may stand in a quoted value.
_TAG = re.compile(r'<(?P<close>/?)(?P<name>[a-z]+)(?:"[^"]*"|[^">])*>')
_VOID = frozenset({"br"})
_BLOCKS = frozenset({"p", "li", "ul", "ol"})
_BLOCK_END = re.compile(r"</(?:p|li)>")


def render_content(episode: Episode, *, page_of: PageOf | None = None) -> str:
    """Render warning, corrections, notes and, where these bring none, a list of chapters as simple HTML.

    Without notes the summary stands for them, without that the title; the result is never empty. `page_of` gives the
    addresses that embedded moments lead to.
    """
    words = _words(episode.language)
    html = episode.notes_html
    notes = render_html_feed(html) if html else render_feed_notes(episode.notes, page_of=page_of)
    parts = [
        _paragraph(words.warning.format(episode.content_warning)) if episode.content_warning else "",
        *(_paragraph(words.correction.format(one.on.isoformat(), one.text)) for one in episode.corrections),
        notes or _paragraph(episode.summary or "") or _paragraph(episode.title),
        _chapter_list(episode.chapters, heading=words.chapters) if _lacks_times(episode) else "",
    ]
    return xml_clean("\n".join(part for part in parts if part)) or "<p>…</p>"


def render_description(content: str, *, page: str, language: str) -> str:
    """Cut what `render_content` gave to 4000 bytes at the end of a paragraph; the last one then leads to `page`."""
    if _size(content) <= DESCRIPTION_LIMIT_BYTES:
        return content
    address = escape(page)
    link = f'<a href="{address}">{address}</a>'
    ending = f"\n<p>{_words(language).more.format(link)}</p>"
    return cut_html(content, limit_bytes=DESCRIPTION_LIMIT_BYTES - _size(ending)) + ending


def cut_html(html: str, *, limit_bytes: int) -> str:
    """Give the longest beginning of simple HTML that ends with a paragraph or list entry, its open tags closed.

    Where that would leave half of the room unused, the words of the next paragraph fill it, without markup.
    """
    best, end = "", 0
    open_tags: list[str] = []
    for tag in _TAG.finditer(html):
        if not tag["close"]:
            open_tags += [] if tag["name"] in _VOID else [tag["name"]]
            continue
        open_tags.pop()
        if tag["name"] in _BLOCKS:
            candidate = html[: tag.end()] + "".join(f"</{name}>" for name in reversed(open_tags))
            if _size(candidate) > limit_bytes:
                break
            best, end = candidate, tag.end()
    if _size(best) < limit_bytes // 2:
        return (best + _first_words(html[end:], limit_bytes=limit_bytes - _size(best))).lstrip("\n")
    return best


def cut_text(text: str, *, limit_bytes: int) -> str:
    """Cut plain text to so many bytes of UTF-8, between words where there are any, with `…` at the end."""
    encoded = text.encode("utf-8")
    if len(encoded) <= limit_bytes:
        return text
    kept = encoded[: limit_bytes - len("…".encode())].decode("utf-8", "ignore")
    words, blank, _ = kept.rpartition(" ")
    return (words if blank and len(words) > len(kept) // 2 else kept).rstrip() + "…"


def _first_words(html: str, *, limit_bytes: int) -> str:
    """The words of the first paragraph or list entry, as many as fit."""
    text = unescape(_TAG.sub("", _BLOCK_END.split(html, maxsplit=1)[0])).strip()
    room = limit_bytes - _size("\n<p></p>")
    text = cut_text(text, limit_bytes=room)
    while text and (overhang := _size(escape(text, quote=False)) - room) > 0:
        # entities take more room than what they stand for: shorten by what is still too much
        text = cut_text(text, limit_bytes=max(0, len(text.encode()) - max(1, overhang // 5)))
    return f"\n<p>{escape(text, quote=False)}</p>" if text else ""


def _chapter_list(chapters: Sequence[Chapter], *, heading: str) -> str:
    listed = sorted((chapter for chapter in chapters if chapter.is_listed), key=lambda chapter: chapter.start)
    if len(listed) < _FEWEST_CHAPTERS:
        return ""
    is_long = listed[-1].start >= timedelta(hours=1)
    lines = (f"{_stamp(chapter.start, with_hours=is_long)} {_escaped(chapter.title)}" for chapter in listed)
    return f"<p><strong>{heading}</strong></p>\n<p>{'<br>'.join(lines)}</p>"


def _lacks_times(episode: Episode) -> bool:
    return bool(episode.chapters) and not has_time_list(episode.notes)


def _stamp(moment: timedelta, *, with_hours: bool) -> str:
    """`04:12`, or `00:04:12` where any chapter begins after an hour: apps want one form throughout."""
    minutes, seconds = divmod(int(moment.total_seconds()), 60)
    hours = f"{minutes // 60:02}:" if with_hours else ""
    return f"{hours}{minutes % 60 if with_hours else minutes:02}:{seconds:02}"


def _paragraph(text: str) -> str:
    return f"<p>{escaped}</p>" if (escaped := _escaped(text)) else ""


def _escaped(text: str) -> str:
    return escape(one_line(text), quote=False)


def _words(language: str) -> _Words:
    return _WORDS.get(language.partition("-")[0].lower(), _WORDS["en"])


def _size(text: str) -> int:
    return len(text.encode("utf-8"))
