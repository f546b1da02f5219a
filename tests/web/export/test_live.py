"""The exported site beside the live one: the same pages, feeds and files under the same addresses."""

import re
from html.parser import HTMLParser

import pytest
from exporter import BASE_URL, files_in

from catalogue.actions.publish import Publication
from catalogue.domain.links import Links
from web.app import create_app

# They need no server in the export, or are only there.
OF_THE_EXPORT = ("search/", "en/search/", "es/search/", "castalogue-", "_redirects", "404.html", "feed.xml")


class Walker(HTMLParser):
    """Another reader of links than the export's own."""

    def __init__(self):
        super().__init__()
        self.seen, self.waiting = {"/"}, ["/"]

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            path = (value or "").partition("#")[0].partition("?")[0]
            if name in ("href", "src") and path.startswith("/") and path not in self.seen:
                self.seen.add(path)
                self.waiting.append(path)


@pytest.fixture(scope="module")
def live(exported):
    place = exported.place
    publication = Publication(place.index, place.storage, place.derived)
    return create_app(publication, links=Links(BASE_URL), clock=lambda: exported.now).test_client()


def address_of(name):
    return "/" + name.removesuffix("index.html")


def without_search(body):
    """A page without what leads to the search: a field where a server answers, else a link."""
    body = re.sub(rb'<form class="finder".*?</form>\n', b"", body, flags=re.DOTALL)
    return re.sub(rb'<a href="(/es)?/search/">(Search|Buscar)</a>\n', b"", body)


def is_on_both(name):
    return not name.startswith(OF_THE_EXPORT) and not name.endswith(".gz")


def test_each_file_is_what_the_live_site_answers_there(exported, live):
    compared = 0
    for name, body in filter(lambda item: is_on_both(item[0]), files_in(exported.folder).items()):
        answer = live.get(address_of(name), buffered=True)
        if answer.status_code == 301:
            assert answer.location.encode() in body
        else:
            assert (answer.status_code, without_search(answer.data)) == (200, without_search(body)), name
            compared += 1
    assert compared > 50


def test_feeds_in_gzip_are_what_the_live_site_sends(exported, live):
    packed = {name: body for name, body in files_in(exported.folder).items() if name.endswith(".gz")}
    assert len(packed) >= 4
    for name, body in packed.items():
        assert live.get(address_of(name.removesuffix(".gz")), headers={"Accept-Encoding": "gzip"}).data == body


def test_every_link_of_the_live_site_is_a_file(exported, live):
    walker = Walker()
    while walker.waiting:
        answer = live.get(walker.waiting.pop(), follow_redirects=True, buffered=True)
        if answer.mimetype == "text/html":
            walker.feed(answer.text)
    assert len(walker.seen) > 40
    files = {path: exported.folder / (path[1:] + "index.html" * path.endswith("/")) for path in walker.seen}
    assert [path for path, file in files.items() if not file.is_file()] == []
