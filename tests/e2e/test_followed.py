"""A revision, an unpublishing, a publishing and a withdrawal, followed by gPodder and by Chromium while `serve` runs.

One show, one flow: what each sees before and after every deed. One listener only lists episodes, the other has
downloaded them all before anything happened.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from producer import SHOW, Producer
from serving import wait_until
from sounds import write_mp3

pytestmark = [pytest.mark.gpodder, pytest.mark.browser]
WORDS = "The dose is 5 mg."


@dataclass
class Listener:
    """Somebody's gPodder: its own home, its own list."""

    gpo: object
    feed: str

    def sees(self):
        """Title → GUID, address and size, after the app asked the feed again."""
        self.gpo("update", self.feed)
        return {title: (guid, url, size) for title, guid, url, size in self._rows("title, guid, url, file_size")}

    def has_heard(self):
        """Titles that are downloaded, or not new to the app."""
        return {title for title, state, is_new in self._rows("title, state, is_new") if state or not is_new}

    def _rows(self, columns):
        with sqlite3.connect(self.gpo.home / "Database") as database:
            return database.execute(f"select {columns} from episode").fetchall()

    def files(self):
        return {file.read_bytes() for file in (self.gpo.home / "downloads").rglob("*.mp3")}


@dataclass
class Visitor:
    """Somebody's Chromium."""

    page: object
    url: str

    def opens(self, path):
        """Status and words of a page."""
        answer = self.page.goto(self.url + path)
        return answer.status, self.page.inner_text("main")

    def hears(self, path):
        """The address that the player of a page has."""
        self.page.goto(self.url + path)
        return self.page.get_attribute("audio source", "src")

    def finds_in_order(self, *what):
        """Whether these stand on the page from top to bottom."""
        tops = [self.page.locator(one).first.bounding_box()["y"] for one in what]
        return tops == sorted(tops)


@pytest.fixture
def producer(serve, tmp_path):
    return Producer(serve(Producer.library(tmp_path / "library")))


@pytest.fixture
def visitor(desk, producer):
    return Visitor(desk, producer.served.url)


@pytest.fixture
def listeners(new_gpo, producer):
    """Who only lists, and who has downloaded everything."""
    feed = f"{producer.served.url}/{SHOW}/feed.xml"
    both = [Listener(new_gpo(), feed) for _ in range(2)]
    for one in both:
        one.gpo("subscribe", feed)
    both[1].gpo("download", feed)
    return both


def test_each_sees_what_became_of_an_episode(producer, listeners, visitor, tmp_path):
    lists, has = listeners
    before = see_the_beginning(producer, lists, has, visitor)
    listed = see_the_revision(producer, lists, has, visitor, before=before, folder=tmp_path)
    see_the_unpublishing(producer, lists, visitor, listed=listed)
    see_the_withdrawal(producer, lists, has, visitor, listed=listed)
    assert has.sees().keys() == {"One", "Two", "Three"}, "what somebody has downloaded is theirs"


def see_the_beginning(producer, lists, has, visitor):
    known = {name.title(): producer.told(name) for name in ("one", "two", "three")}
    assert lists.sees() == has.sees() == known
    assert has.files() == {producer.audio(name).read_bytes() for name in ("one", "two", "three")}
    status, words = visitor.opens(f"/{SHOW}/one/")
    assert (status, "Corrections" in words) == (200, False)
    assert visitor.opens(f"/{SHOW}/corrections/") == (200, visitor.page.inner_text("main"))
    assert "Nothing has had to be put right yet." in visitor.page.inner_text("main")
    assert visitor.hears(f"/{SHOW}/one/") == producer.media("one")
    return known


def see_the_revision(producer, lists, has, visitor, *, before, folder):
    old, new = producer.media("one"), write_mp3(folder / "new.mp3", seed=9, seconds=3.0, title="One")
    producer.does("revise", "one", new, "--note", WORDS)
    wait_until(lambda: producer.feed_holds(WORDS), seconds=15)
    known = {**before, "One": producer.told("one")}
    assert (known["One"][0], known["One"][2]) == (before["One"][0], new.stat().st_size)
    # the app takes the new address under the same GUID; nothing is new to who has the old file
    assert lists.sees() == known
    assert has.sees() == {**known, "One": (*known["One"][:2], before["One"][2])}
    assert (lists.has_heard(), has.has_heard()) == (set(), known.keys())
    assert visitor.page.request.get(visitor.url + old).body() == new.read_bytes()
    answer = producer.served.ask(old)
    assert (answer.status, answer.headers["location"]) == (307, producer.media("one"))
    assert visitor.hears(f"/{SHOW}/one/") == producer.media("one")
    assert visitor.finds_in_order("section.corrections", "audio")
    day = visitor.page.get_attribute("section.corrections time", "datetime")
    assert day == f"{datetime.now(UTC):%Y-%m-%d}"
    for path in ("one/", "corrections/"):
        status, words = visitor.opens(f"/{SHOW}/{path}")
        assert (status, WORDS in words) == (200, True)
    return known


def see_the_unpublishing(producer, lists, visitor, *, listed):
    feed, address = producer.served.feed(SHOW), producer.media("two")
    producer.does("unpublish", "two")
    wait_until(lambda: producer.served.ask(f"/{SHOW}/two/").status == 404, seconds=15)
    assert producer.listed_in_feed() == lists.sees().keys() == {"One", "Three"}
    assert producer.served.ask(address).status == 404
    status, words = visitor.opens(f"/{SHOW}/two/")
    assert (status, "Two" in words) == (404, False)
    assert "Two" not in visitor.opens(f"/{SHOW}/")[1]
    producer.does("publish", "two")
    wait_until(lambda: producer.served.ask(f"/{SHOW}/two/").status == 200, seconds=15)
    assert producer.served.feed(SHOW) == feed
    assert lists.sees() == listed
    assert (visitor.opens(f"/{SHOW}/two/")[0], visitor.hears(f"/{SHOW}/two/")) == (200, address)


def see_the_withdrawal(producer, lists, has, visitor, *, listed):
    address, audio = producer.media("three"), producer.audio("three").read_bytes()
    producer.does("withdraw", "three", "--yes")
    wait_until(lambda: producer.served.ask(f"/{SHOW}/three/").status == 410, seconds=15)
    assert producer.listed_in_feed() == {"One", "Two"}
    assert lists.sees() == {title: told for title, told in listed.items() if title != "Three"}
    assert producer.served.ask(address).status == 410
    status, words = visitor.opens(f"/{SHOW}/three/")
    assert status == 410
    assert "Nothing is wrong with your link or your app." in words
    assert "Three" not in words + visitor.opens(f"/{SHOW}/")[1]
    assert audio in has.files()
