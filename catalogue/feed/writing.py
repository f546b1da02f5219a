"""Elements as text: what lxml would write of them, without building a tree first.

A feed of ten thousand episodes has two hundred thousand elements; a tree that is thrown away at once makes an item
twice as dear. Texts and attributes are cleaned as in `element.py`, so that no tree is needed to refuse them either.
"""

from __future__ import annotations

from typing import TypeVar

from catalogue.domain.links import Links
from catalogue.feed.element import ADDRESSES, Node, Table, ascii_address, one_line

T = TypeVar("T")


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
    return f"<{name}><![CDATA[{html.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"


def empty_element(name: str, **attributes: str) -> str:
    """Write an element of clean attributes alone, in their order.

    >>> empty_element("enclosure", url="https://e.org/?a&b", length="7")
    '<enclosure url="https://e.org/?a&amp;b" length="7"/>'
    """
    written = "".join([f' {key}="{_quoted(value)}"' for key, value in attributes.items()])
    return f"<{name}{written}/>"


def write_elements(prefix: str, table: Table[T], subject: T, links: Links) -> list[str]:
    """Write what `append_elements` would hang under an item for the same table."""
    written: list[str] = []
    for name, nodes in table.items():
        for node in nodes(subject, links):
            _write(written, prefix, name, node)
    return written


def _write(written: list[str], prefix: str, name: str, node: Node) -> None:
    text, attributes, children = node
    opened = f"<{prefix}:{name}"
    if attributes:
        opened += "".join([_attribute(key, value) for key, value in attributes.items() if value])
    if not text and not children:
        written.append(f"{opened}/>")
        return
    written.append(f"{opened}>{_escaped(one_line(text)) if text else ''}")
    for child, inner in children.items():
        _write(written, prefix, child, inner)
    written.append(f"</{prefix}:{name}>")


def _attribute(name: str, value: str) -> str:
    return f' {name}="{_quoted(ascii_address(value) if name in ADDRESSES else one_line(value))}"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: str) -> str:
    return _escaped(value).replace('"', "&quot;")
