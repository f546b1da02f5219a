"""Rule P06: the other renditions of an episode."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from catalogue.check.facts import FeedFacts
from catalogue.check.rule import Flaw, Level, item_rule
from catalogue.feed_reading import Element, Item

# An address of any scheme: renditions may lie in other networks than the web (RFC 3986, section 3.1).
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
# W3C, Subresource Integrity: what a digest of each kind has of bytes.
_DIGEST_BYTES = {"sha256": 32, "sha384": 48, "sha512": 64}


@item_rule("P06", Level.ERROR, source="Podcasting 2.0: alternateEnclosure, integrity; W3C: Subresource Integrity")
def alternates_have_sources(item: Item, facts: FeedFacts) -> Iterator[Flaw]:
    """Every alternate enclosure has a source with an address, best its length, and a checksum only if it is right.

    Mend: put the rendition beside the audio; the rest follows by itself.

    Passes:
        <item><podcast:alternateEnclosure type="audio/opus" length="900">
        <podcast:source uri="https://example.org/1.opus"/></podcast:alternateEnclosure></item>
    Fails:
        <item><podcast:alternateEnclosure type="audio/opus" length="900"/></item>
    """
    for alternate in item.all("podcast:alternateEnclosure"):
        addresses = [source.get("uri") for source in alternate.all("podcast:source")]
        if not any(_ADDRESS.fullmatch(address) for address in addresses):
            yield Flaw(message="The alternate enclosure has no source with an address.", at=alternate)
        elif not alternate.get("length"):
            yield Flaw(message="The alternate enclosure has no length.", at=alternate, level=Level.WARNING)
        known = {facts.integrity[address] for address in addresses if address in facts.integrity}
        for integrity in alternate.all("podcast:integrity"):
            yield from _flaws_of_integrity(integrity, known)


def _flaws_of_integrity(integrity: Element, known: set[str]) -> Iterator[Flaw]:
    if integrity.get("type").lower() != "sri":
        return
    stated = integrity.get("value").split()
    if any(not _is_digest(one) for one in stated):
        message = "The checksum must be like `sha384-` and its digest in Base64."
        yield Flaw(message=message, at=integrity, value=integrity.get("value"))
    elif _contradicts(stated, known):
        message = "The checksum is not that of the file; apps that compare them refuse to play it."
        yield Flaw(message=message, at=integrity, value=integrity.get("value"))


def _contradicts(stated: list[str], known: set[str]) -> bool:
    """Whether of two digests of one kind they are different; those of different kinds say nothing."""
    kinds = {one.partition("-")[0] for one in known}
    same = [one for one in stated if one.partition("-")[0] in kinds]
    return bool(same) and known.isdisjoint(same)


def _is_digest(text: str) -> bool:
    name, _, digest = text.partition("-")
    try:
        return len(base64.b64decode(digest.partition("?")[0], validate=True)) == _DIGEST_BYTES.get(name.lower())
    except ValueError:
        return False
