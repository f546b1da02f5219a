"""A correction, an unpublishing and a withdrawal, as gPodder and Chromium follow them while `serve` runs."""

import json
import os
from dataclasses import dataclass

import pytest
from serving import Served, castalogue, ledger, serving, wait_until
from sounds import write_mp3

SHOW_FILE = 'title = "Deeds"\nslug = "deeds"\nauthor = "Castalogue"\nlanguage = "en"\n'
NAMES = ("one", "two", "three")


@dataclass
class Producer:
    """Who types commands beside a running server."""

    served: Served

    def does(self, *words):
        places = ("--library", self.served.library, "--data", self.served.home / "index")
        done = castalogue(self.served.home, *words, *places)
        assert done.returncode == 0, done.stderr.decode()
        return done

    def line(self, name):
        return ledger(self.served.library)[name]

    def media(self, name):
        return f"/media/{self.line(name)['media']['audio.mp3']['sha256']}/{name}.mp3"

    def feed_holds(self, text):
        return text.encode() in self.served.feed("deeds")


@pytest.fixture
def producer(tmp_path):
    """A show of three episodes, served."""
    library = tmp_path / "library"
    for seed, name in enumerate(NAMES):
        write_mp3(library / name / "audio.mp3", seed=seed, title=name.title())
    (library / "show.toml").write_text(SHOW_FILE, encoding="utf-8")
    with serving(tmp_path / "home", library) as served:
        yield Producer(served)


@pytest.fixture
def episodes(gpo, producer):
    """What gPodder lists after it has asked the feed again: title → GUID."""
    address = f"{producer.served.url}/deeds/feed.xml"
    gpo("subscribe", address)

    def listed():
        gpo("update", address)
        lines = gpo("episodes", "--guid", address).splitlines()
        return {name.title() for name in NAMES if any(producer.line(name)["guid"] in line for line in lines)}

    yield listed
    gpo("unsubscribe", address)


@pytest.fixture
def read(chromium, producer):
    """What somebody reads in the browser at a path, and with which status."""
    page = chromium.new_page()

    def seen(path):
        answer = page.goto(producer.served.url + path)
        return answer.status, page.inner_text("main")

    yield seen
    page.close()


def flip(path):
    """Change one bit as a disk does: size and time stay."""
    times, content = path.stat(), bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.gpodder
@pytest.mark.browser
def test_a_revision_keeps_the_episode_and_is_told_on_its_page(producer, episodes, gpo, read, tmp_path):
    before, guid = producer.media("one"), producer.line("one")["guid"]
    assert episodes() == {"One", "Two", "Three"}
    assert "Correction" not in read("/deeds/one/")[1]
    producer.does(
        "revise", "one", write_mp3(tmp_path / "new.mp3", seed=9, seconds=3.0, title="One"), "--note", "It is 5."
    )
    wait_until(lambda: producer.feed_holds("It is 5."), seconds=15)
    assert episodes() == {"One", "Two", "Three"}
    assert producer.line("one")["guid"] == guid
    assert producer.served.ask(before).status == 307
    assert producer.served.ask(before).headers["location"].endswith(producer.media("one"))
    assert "It is 5." in read("/deeds/one/")[1]
    assert "It is 5." in read("/deeds/corrections/")[1]


@pytest.mark.gpodder
@pytest.mark.browser
def test_what_is_unpublished_is_gone_and_comes_back_as_the_same_episode(producer, episodes, read):
    feed = producer.served.feed("deeds")
    assert episodes() == {"One", "Two", "Three"}
    producer.does("unpublish", "two")
    wait_until(lambda: producer.served.ask("/deeds/two/").status == 404, seconds=15)
    assert episodes() == {"One", "Three"}
    assert (read("/deeds/two/")[0], producer.served.ask(producer.media("two")).status) == (404, 404)
    producer.does("publish", "two")
    wait_until(lambda: producer.served.ask("/deeds/two/").status == 200, seconds=15)
    assert episodes() == {"One", "Two", "Three"}
    assert producer.served.feed("deeds") == feed


@pytest.mark.gpodder
@pytest.mark.browser
def test_what_is_withdrawn_is_gone_for_good_with_kind_words(producer, episodes, read):
    assert episodes() == {"One", "Two", "Three"}
    producer.does("withdraw", "three", "--yes")
    wait_until(lambda: producer.served.ask("/deeds/three/").status == 410, seconds=15)
    assert episodes() == {"One", "Two"}
    assert producer.served.ask(producer.media("three")).status == 410
    status, words = read("/deeds/three/")
    assert status == 410
    assert "Nothing is wrong with your link" in words
    assert producer.line("three")["withdrawn_at"]


def test_damage_that_verify_finds_is_not_served_any_more(producer):
    address = producer.media("two")
    flip(producer.served.library / "two" / "audio.mp3")
    assert producer.served.ask(address).status == 200
    done = castalogue(
        producer.served.home,
        "verify",
        "--json",
        "--library",
        producer.served.library,
        "--data",
        producer.served.home / "index",
    )
    assert (done.returncode, [one["code"] for one in json.loads(done.stdout)["faults"]]) == (1, ["damaged"])
    wait_until(lambda: producer.served.ask(address).status == 503, seconds=5)
