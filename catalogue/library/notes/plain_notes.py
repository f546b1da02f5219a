"""Plain text → Markdown that shows exactly that text, with its lines and its web addresses.

Notes in audio tags were never meant as Markdown: `*`, `#` or `1.` in them stay what they are.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\"'.,;:!?)\]}]")
# Whatever CommonMark and our extensions (tables, footnotes) could take as a sign, wherever it stands.
_SIGN = re.compile(r"([\\`*_{}\[\]<>#|~&^$])")
# … and at the start of a line: lists, rules, headings by underlining.
_START = re.compile(r"^([-+=]|[0-9]{1,9}(?=[.)]))")


def markdown_of(text: str) -> str:
    r"""Write plain text as Markdown; single line ends stay line ends.

    >>> markdown_of("# 1 *new*\n- see https://example.org/a_b.")
    '\\# 1 \\*new\\*\\\n\\- see <https://example.org/a_b>.'
    """
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join("\\\n".join(_line(line) for line in paragraph.split("\n")) for paragraph in paragraphs)


def _line(line: str) -> str:
    parts: list[str] = []
    end = 0
    bare = line.strip()
    for address in _ADDRESS.finditer(bare):
        parts += [_escaped(bare[end : address.start()]), f"<{address[0]}>"]
        end = address.end()
    return _numbered("".join([*parts, _escaped(bare[end:])]))


def _escaped(text: str) -> str:
    return _SIGN.sub(r"\\\1", text)


def _numbered(line: str) -> str:
    start = _START.match(line)
    if start is None:
        return line
    sign = start[1]
    return f"{sign}\\{line[len(sign) :]}" if sign.isdigit() else f"\\{line}"
