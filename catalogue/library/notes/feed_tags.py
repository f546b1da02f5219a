"""Elements of Podcasting 2.0 that have no key of their own, written into a note or a show file as XML.

The namespace grows faster than any program: what an import does not know is kept and said again. Only that
namespace may be used, and nothing that another key says: two places for one thing would contradict one another.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from catalogue.errors import CatalogueError

# Podcasting 2.0, "Namespace".
PODCAST = "https://podcastindex.org/namespace/1.0"
DEPTH_LIMIT = 8
# Those that other keys, files or the show as a whole say.
KNOWN_TAGS = frozenset(
    """
    alternateEnclosure block chapters chat contentLink episode funding guid image images integrity license liveItem
    location locked medium person podping podroll publisher remoteItem season socialInteract soundbite source trailer
    transcript txt updateFrequency value valueRecipient valueTimeSplit
    """.split()
)
_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": False}


def read_feed_tag(text: str) -> str:
    """Read one element, `<podcast:…>`, and give it in one line with nothing else than it said.

    Raises CatalogueError for what is no such element, is known under a key of its own, or holds another namespace.

    >>> read_feed_tag("<podcast:mood level='3'>calm</podcast:mood>")
    '<podcast:mood level="3">calm</podcast:mood>'
    """
    root = _parsed(text)
    if etree.QName(root).localname in KNOWN_TAGS:
        template = "{what} has a key of its own: `{text}`. Write it there."
        raise CatalogueError("feed-tag-known", template, what="This", text=etree.QName(root).localname)
    if not _is_plain(root, DEPTH_LIMIT):
        template = "{what} holds what cannot be kept: '{text}'. Use elements and attributes of the namespace alone."
        raise CatalogueError("feed-tag-strange", template, what="This", text=text[:60])
    return render_feed_tag(root)


def render_feed_tag(element: Any) -> str:
    """Write an lxml element of the namespace in one line, under the usual prefix."""
    attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in element.attrib.items())
    name = f"podcast:{etree.QName(element).localname}"
    inner = _escaped(" ".join((element.text or "").split())) + "".join(map(render_feed_tag, element))
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _parsed(text: str) -> Any:
    try:
        around = etree.fromstring(f'<x xmlns:podcast="{PODCAST}">{text.strip()}</x>', etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError) as cause:
        raise _refused(text) from cause
    is_one = len(around) == 1 and not (around.text or "").strip() and not (around[0].tail or "").strip()
    if not is_one or not isinstance(around[0].tag, str) or etree.QName(around[0]).namespace != PODCAST:
        raise _refused(text)
    return around[0]


def _refused(text: str) -> CatalogueError:
    template = "{what} is no element of Podcasting 2.0: '{text}'. Write it like <podcast:mood>calm</podcast:mood>."
    return CatalogueError("feed-tag", template, what="This", text=text[:60])


def _is_plain(element: Any, depth: int) -> bool:
    """Whether there is nothing in it but elements of the namespace, to some depth, attributes without one, and text."""
    if depth == 0 or not isinstance(element.tag, str) or etree.QName(element).namespace != PODCAST:
        return False
    if any(name.startswith("{") for name in element.attrib) or any((child.tail or "").strip() for child in element):
        return False
    return all(_is_plain(child, depth - 1) for child in element)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(" ".join(text.split())).replace('"', "&quot;")
