"""What a feed says of its neighbours stands in its head, and is said by no other feed."""

from builders import NOON, make_show
from lxml import etree

from catalogue.domain.links import Links
from catalogue.feed.around import Around
from catalogue.feed.element import HISTORY, NAMESPACES
from catalogue.feed.rss import TAIL, render_head

LINKS = Links("https://podcast.example.org")
PAGE = Around(
    address="https://e.org/2",
    prev_archive="https://e.org/1",
    next_archive="https://e.org/3",
    current="https://e.org/now",
)


def render(around):
    return render_head(make_show(), LINKS, built_at=NOON, around=around) + TAIL


def test_a_page_of_the_archive_says_so_in_its_own_namespace():
    root = etree.fromstring(render(PAGE))
    (archive,) = root.findall(f"channel/{{{HISTORY}}}archive")
    assert (archive.prefix, archive.text, len(archive)) == ("fh", None, 0)
    assert dict(root.nsmap) == NAMESPACES, "no feed's items depend on where it stands"


def test_neighbours_are_links_of_atom():
    links = etree.fromstring(render(PAGE)).findall("channel/{http://www.w3.org/2005/Atom}link")
    assert [(link.get("rel"), link.get("href")) for link in links] == [
        ("self", "https://e.org/2"),
        ("current", "https://e.org/now"),
        ("prev-archive", "https://e.org/1"),
        ("next-archive", "https://e.org/3"),
    ]


def test_a_feed_without_neighbours_says_nothing_of_any():
    body = render(Around(address="https://e.org/2"))
    assert body.count(b"<atom:link") == 1
    assert HISTORY.encode() not in body


def test_the_show_s_own_feed_is_as_it_was_before_it_had_neighbours():
    own = render(None)
    assert own == render(Around(address=LINKS.feed(make_show())))
