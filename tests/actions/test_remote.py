"""Episodes whose audio lies on another server are known by its address, as others are by their bytes."""

import hashlib
import json

import pytest

from catalogue.errors import NotFound
from catalogue.library.ledger import read_ledger


def note(name):
    url = f"https://e.org/{name}.mp3"
    return f"---\ntitle: {name}\npublished: 2021-10-05\nenclosure: {{url: '{url}', length: 1, type: audio/mpeg}}\n---\n"


@pytest.fixture
def remote(shelf):
    """Two notes with remote audio, indexed."""
    for name in ("a", "b"):
        shelf.write(f"{name}/episode.md", note(name))
    shelf.index()
    return shelf


def titles(shelf):
    """The title that each GUID has in the index."""
    return {one.guid: one.title for one in shelf.episodes().values()}


def without_addresses(ledger):
    """A ledger as it was written before addresses were kept."""
    lines = [json.loads(line) for line in ledger.splitlines()]
    for line in lines[1:]:
        del line["media"]
    return "".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in lines)


def codes(report):
    return [problem.code for problem in report.refused]


def test_the_ledger_keeps_the_hash_of_the_address(remote):
    (a, _) = read_ledger(remote.ledger().encode(), "ledger.jsonl").episodes
    assert a.media["remote"].sha256 == hashlib.sha256(b"https://e.org/a.mp3").hexdigest()


def test_a_renamed_note_is_the_same_episode(remote):
    before = titles(remote)
    (remote.root / "a").rename(remote.root / "renamed")
    assert codes(remote.index()) == []
    assert (titles(remote), remote.episodes()["a"].path) == (before, "renamed")


@pytest.mark.parametrize("with_index", [True, False])
def test_notes_that_swap_names_are_held_and_keep_their_guids(remote, reopened, with_index):
    before, feed, shelf = titles(remote), remote.feed(), remote if with_index else reopened
    (remote.root / "a").rename(remote.root / "c")
    (remote.root / "b").rename(remote.root / "a")
    (remote.root / "c").rename(remote.root / "b")
    assert codes(shelf.index()) == ["held-swap", "held-swap"]
    assert (titles(remote), remote.feed()) == (before, feed)


def test_a_note_with_another_address_in_its_place_is_the_same_episode(remote):
    before = set(titles(remote))
    remote.write("a/episode.md", note("c"))
    assert codes(remote.index()) == []
    assert set(titles(remote)) == before


def test_audio_that_comes_home_is_the_same_episode(remote):
    before = titles(remote)
    remote.sound("a/audio.mp3", seed=4)
    remote.index()
    assert (titles(remote), remote.episodes()["a"].remote) == (before, None)


@pytest.mark.parametrize("with_index", [True, False])
def test_an_older_ledger_gains_the_addresses_and_no_feed_changes(remote, reopened, with_index):
    full, feed, shelf = remote.ledger(), remote.feed(), remote if with_index else reopened
    remote.write("ledger.jsonl", without_addresses(full))
    shelf.index()
    assert (remote.ledger(), shelf.feed()) == (full, feed)


@pytest.mark.parametrize("url", ["https://e.org/a.mp3", "https://e.org/c.mp3"])
def test_nothing_is_served_under_that_hash_now_or_later(remote, url):
    sha256 = hashlib.sha256(b"https://e.org/a.mp3").hexdigest()
    remote.write("a/episode.md", note(url[-5]))
    remote.index()
    with pytest.raises(NotFound):
        remote.publication().media(sha256, "a.mp3", remote.now)
