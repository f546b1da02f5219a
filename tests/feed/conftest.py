"""What the feed's tests share."""

import sys
from pathlib import Path

import pytest
from lxml import etree

from catalogue.domain.links import Links
from catalogue.feed.assembly import render_feed
from catalogue.feed.element import NAMESPACES

sys.path.insert(0, str(Path(__file__).parent))


class ReadFeed:
    """A rendered feed, asked by XPath with the usual prefixes."""

    def __init__(self, body: bytes) -> None:
        self.root = etree.fromstring(body)

    def all(self, path: str) -> list:
        return self.root.xpath(path, namespaces=NAMESPACES)

    def text(self, path: str) -> str:
        (found,) = self.all(path)
        return found.text

    def attributes(self, path: str) -> dict[str, str]:
        (found,) = self.all(path)
        return dict(found.attrib)


@pytest.fixture
def links() -> Links:
    return Links("https://podcast.example.org")


@pytest.fixture
def read(links):
    """Render a feed and read it back."""
    return lambda show, *episodes: ReadFeed(render_feed(show, episodes, links))


@pytest.fixture
def read_item():
    """Read an item's XML, which says its namespaces nowhere."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items()).encode()
    return lambda item: etree.fromstring(b"<rss " + declared + b">" + item + b"</rss>").find("item")
