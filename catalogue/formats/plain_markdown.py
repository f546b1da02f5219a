"""Markdown of the plainest HTML, as nearly all show notes are: paragraphs, new lines, stress, links, a list.

markdownify takes ten times as long, and is asked where anything else stands. Whoever calls compares what comes out.
"""

from __future__ import annotations

import re
from html import unescape

_PART = re.compile(r'<(?:"[^"]*"|[^">])*>')
_HREF = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>')
_SIGN = re.compile(r"([\\`*_\[\]<]|&(?=#|[a-zA-Z]))")
_START = re.compile(r"^(?:([-+=#>|:~])|(\d{1,9})(?=[.)]))", re.MULTILINE)
# New lines before and behind all words.
_EDGES = re.compile(r"\A(?:\\\n)+|(?:\\\n)+\Z")
_BLANKS = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
_STRESS = {"<strong>": "**", "<b>": "**", "<em>": "*", "<i>": "*"}
_ENDS = {"</strong>", "</b>", "</em>", "</i>"}


class _Strange(Exception):
    """Something else stands there."""


# Words and signs that mean nothing in Markdown, wherever they stand; an underscore is looked for by itself.
_SURE = re.compile(r"[\w ,.;:?'\"()/%’“”‘–—…-]*")
_SURE_STRESS = re.compile(r"(?:(?<=[\s(])|^)(\*{1,2})[^\W_](?:[^*\n]*[^\W_])?\1(?=[\s,.;:?!)]|$)", re.MULTILINE)
_SURE_ADDRESS = re.compile(r"https?://[A-Za-z0-9./?=&%~_-]+")


def plain_markdown(html: str) -> tuple[str, bool] | None:
    """Give Markdown of what `read_html` gave, and whether it surely says the same, by what it is made of.

    None where there is more than the plainest elements.
    """
    writer = _Writer()
    try:
        markdown = writer.write(html)
    except _Strange:
        return None
    return markdown, writer.is_sure and "*" not in _SURE_STRESS.sub("", markdown)


class _Writer:
    """Writes blocks one after the other; `_open` holds what is begun: its sign or address, and where."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._open: list[tuple[str, str, int]] = []
        self._in_list = False
        self.is_sure = True

    def write(self, html: str) -> str:
        end = 0
        for part in _PART.finditer(html):
            self._text(html[end : part.start()])
            self._tag(part[0])
            end = part.end()
        self._text(html[end:])
        self._flush()
        return "".join(self._blocks).strip("\n")

    def _text(self, text: str) -> None:
        if not text:
            return
        plain = _BLANKS.sub(" ", unescape(text))
        if "_" in plain or _SURE.fullmatch(plain) is None:
            self.is_sure = False
            plain = _SIGN.sub(r"\\\1", plain)
        self._line.append(plain)

    def _tag(self, tag: str) -> None:
        if tag in _STRESS:
            self._open.append((tag[1:-1], _STRESS[tag], len(self._line)))
        elif tag in _ENDS:
            self._close(tag[2:-1])
        elif (link := _HREF.fullmatch(tag)) is not None:
            self._open.append(("a", unescape(link[1]), len(self._line)))
            self.is_sure = self.is_sure and _SURE_ADDRESS.fullmatch(unescape(link[1])) is not None
        elif tag == "</a>":
            self._close("a")
        elif tag == "<br>":
            self._line.append("\\\n")
        elif tag in ("<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>") and not self._open:
            self._block(tag)
        else:
            raise _Strange

    def _block(self, tag: str) -> None:
        if self._in_list and tag in ("<p>", "</p>", "<ul>"):
            raise _Strange
        self._flush(as_entry=tag == "</li>")
        if tag in ("<ul>", "</ul>"):
            self._in_list = tag == "<ul>"
            self._blocks.append("\n")

    def _close(self, name: str) -> None:
        if not self._open or self._open[-1][0] != name:
            raise _Strange
        _, sign, start = self._open.pop()
        inner = "".join(self._line[start:])
        bare = inner.strip(" ")
        before, _, after = inner.partition(bare) if bare else (inner, "", "")
        if not bare or "\n" in bare:
            raise _Strange
        self._line[start:] = [before, _linked(bare, sign) if name == "a" else f"{sign}{bare}{sign}", after]

    def _flush(self, *, as_entry: bool = False) -> None:
        text = "".join(self._line)
        self._line.clear()
        if "\n" in text:
            text = _EDGES.sub("", "\\\n".join(line.strip(" ") for line in text.split("\\\n")))
        else:
            text = text.strip(" ")
        if not text.strip("\\\n"):
            return
        started = _START.sub(lambda sign: f"\\{sign[1]}" if sign[1] else f"{sign[2]}\\", text)
        self._blocks.append(f"- {started.replace(chr(10), chr(10) + '  ')}\n" if as_entry else f"{started}\n\n")


def _linked(words: str, address: str) -> str:
    if any(sign in address for sign in " <>()\\\n") or not address:
        raise _Strange
    is_bare = _SIGN.sub(r"\\\1", address) == words
    return f"<{address}>" if is_bare else f"[{words}]({address})"
