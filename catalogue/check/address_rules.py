"""Rule I08: the addresses that go out with a feed."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.address import flaws_of_address, is_loopback
from catalogue.check.rule import Flaw, Level, rule
from catalogue.feed_reading import Element, FeedDocument, Item

_ADDRESSES = {
    "enclosure": "url",
    "itunes:image": "href",
    "podcast:image": "href",
    "podcast:transcript": "url",
    "podcast:chapters": "url",
    "podcast:trailer": "url",
}


@rule("I08", Level.WARNING, source="Apple: RSS feed requirements; Podcasting 2.0")
def addresses_are_fit_to_publish(feed: FeedDocument) -> Iterator[Flaw]:
    """Addresses of audio, pictures, transcripts and chapters are https and ASCII, without blanks, passwords or keys.

    Mend: set an https base URL; use plain file names and public addresses for what lies elsewhere.

    Passes: <item><itunes:image href="https://example.org/1.jpg"/></item>
    Fails: <item><itunes:image href="http://example.org/1.jpg"/></item>
    """
    plain = []
    for item, element, url in _addresses(feed):
        for why in flaws_of_address(url):
            yield Flaw(message=f"The address of `{element.name}` {why}.", at=element, value=url, item=item)
        if url.lower().startswith("http://") and not is_loopback(url):
            plain.append((item, element, url))
    if plain:
        item, element, url = plain[0]  # one base URL is one fault, however many addresses it is in
        count = "1 address is" if len(plain) == 1 else f"{len(plain)} addresses are"
        yield Flaw(message=f"{count} not https; apps and directories want https.", at=element, value=url, item=item)


def _addresses(feed: FeedDocument) -> Iterator[tuple[Item | None, Element, str]]:
    for item, parent in feed.places():
        for element in parent.children:
            url = element.get(_ADDRESSES[element.name]) if element.name in _ADDRESSES else ""
            if url:
                yield item, element, url
