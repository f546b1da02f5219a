r"""Markdown as plain paragraphs, roughly: for looking words up in it, not for showing it.

Reading a note as Markdown takes half a millisecond and more, which for ten thousand notes is seconds. This takes a
hundredth of it, and where it is wrong a star is left standing in a sentence.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# Bounded, so that a page of brackets costs no more than its length.
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[^\n]*$", re.MULTILINE)
_ADDRESS = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
_LINE_MARK = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(#{1,6}(?=\s)|[-*+](?=\s)|\d{1,9}[.)](?=\s)|\|)?[ \t]*")
_RULE = re.compile(r"[ \t>]*(?:[-*_=:|+][ \t]*){2,}$")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,100}\]:?")
_STRESS = re.compile(r"(?<!\\)(?:\*+|(?<![^\W_])_+|_+(?![^\W_])|`+|~~)")
_MAY_STRESS = re.compile(r"[*_`~]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def rough_paragraphs(markdown: str) -> list[str]:
    r"""Give the words of the notes, an entry for each paragraph, heading, list entry or line of a table.

    >>> rough_paragraphs("# Grief\n\nA *long*\n[talk](https://example.org).\n\n- one[^a]\n- two_three")
    ['Grief', 'A long talk.', 'one', 'two_three']
    """
    paragraphs: list[list[str]] = [[]]
    for line in _without_targets(markdown).splitlines():
        if not line.strip() or _RULE.match(line):
            paragraphs.append([])
            continue
        mark = _LINE_MARK.match(line)
        words = line[mark.end() :] if mark else line
        if mark and mark[1]:
            paragraphs.append([])
        paragraphs[-1].append(words.rstrip("#| \t") if mark and mark[1] else words)
    return [text for lines in paragraphs if (text := _plain(" ".join(lines)))]


def _without_targets(markdown: str) -> str:
    """The text without what is only there to lead somewhere; most notes have little of it."""
    plain = _COMMENT.sub("", markdown) if "<!--" in markdown else markdown
    if "]" in plain:
        plain = _LINK.sub(_first_group, _FOOTNOTE.sub("", _DEFINITION.sub("", plain)))
    return _ADDRESS.sub(_first_group, plain) if "<" in plain else plain


def _plain(text: str) -> str:
    plain = text.replace(" | ", " · ")
    plain = _STRESS.sub("", plain) if _MAY_STRESS.search(plain) else plain
    return (_ESCAPE.sub(_first_group, plain) if "\\" in plain else plain).strip()


def _first_group(found: re.Match[str]) -> str:
    return found[1]  # a template such as \1 is read anew for each note
