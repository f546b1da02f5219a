"""Elements as text: what lxml would write of them, without building a tree first.

A feed of ten thousand episodes has two hundred thousand elements; a tree that is thrown away at once makes an item
twice as dear. Texts and attributes are cleaned as in `element.py`, so that no tree is needed to refuse them either.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from catalogue.domain.links import Links
from catalogue.feed.element import ADDRESSES, RSS, Node, Table, ascii_address, one_line

T = TypeVar("T")
# RFC 2822, section 3.3
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def text_element(name: str, text: str, attributes: str = "") -> str:
    """Write an element of clean text, with attributes as `attributes_of` gives them; nothing where the text is empty.

    >>> text_element("title", "Q & A")
    '<title>Q &amp; A</title>'
    """
    return f"<{name}{attributes}>{_escaped(text)}</{name}>" if text else ""


def markup_element(name: str, html: str) -> str:
    """Write an element of clean HTML in CDATA, as Apple and PSP-1 ask; where it holds CDATA's end, in two of them.

    >>> markup_element("description", "<p>Hello</p>")
    '<description><![CDATA[<p>Hello</p>]]></description>'
    """
    whole = html.replace("]]>", "]]]]><![CDATA[>") if "]" in html else html  # one sign is found ten times as quickly
    return f"<{name}><![CDATA[{whole}]]></{name}>"


def empty_element(name: str, **attributes: str) -> str:
    """Write an element of clean attributes alone, in their order.

    >>> empty_element("enclosure", url="https://e.org/?a&b", length="7")
    '<enclosure url="https://e.org/?a&amp;b" length="7"/>'
    """
    written = "".join([f' {key}="{_quoted(value)}"' for key, value in attributes.items()])
    return f"<{name}{written}/>"


def rss_date(moment: datetime) -> str:
    """Write an aware moment in UTC as RFC 2822 has it, whatever the locale; four times as quick as `email.utils`.

    >>> from datetime import UTC, datetime
    >>> rss_date(datetime(2021, 10, 5, 9, 30, tzinfo=UTC))
    'Tue, 05 Oct 2021 09:30:00 +0000'
    """
    year, month, day, hour, minute, second, weekday, *_ = moment.utctimetuple()
    return f"{_DAYS[weekday]}, {day:02} {_MONTHS[month - 1]} {year:04} {hour:02}:{minute:02}:{second:02} +0000"


def write_elements(prefix: str, table: Table[T], subject: T, links: Links) -> list[str]:
    """Write what `append_elements` would hang under an item for the same table."""
    written: list[str] = []
    for name, nodes in table.items():
        for node in nodes(subject, links):
            text, attributes, children = node
            if text and not attributes and not children:  # as most are
                written.append(f"<{prefix}:{name}>{_escaped(one_line(text))}</{prefix}:{name}>")
            else:
                _write(written, f"{prefix}:{name}", node)
    return written


def _write(written: list[str], name: str, node: Node) -> None:
    text, attributes, children = node
    opened = f"<{name}"
    if attributes:
        opened += "".join([_attribute(key, value) for key, value in attributes.items() if value])
    if not text and not children:
        written.append(f"{opened}/>")
        return
    written.append(f"{opened}>{_escaped(one_line(text)) if text else ''}")
    for child, inner in children:
        _write(written, _child_name(name, child), inner)
    written.append(f"</{name}>")


def _child_name(parent: str, child: str) -> str:
    return child.removeprefix(RSS) if child.startswith(RSS) else f"{parent.partition(':')[0]}:{child}"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{_quoted(ascii_address(value) if name in ADDRESSES else one_line(value))}"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: str) -> str:
    return _escaped(value).replace('"', "&quot;")
