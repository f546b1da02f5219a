"""Several processes on one index: two serve, a third indexes, and both show it within two seconds."""

import time

import pytest
from serving import SHOW, castalogue, copy_sample, wait_until

# Each looks once a second; a machine that is busy with other things is given a little more.
AGREEMENT_SECONDS = 2.0


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where they keep their library and its index."""
    home = tmp_path_factory.mktemp("pair")
    copy_sample(home / "library")
    return home


@pytest.fixture
def pair(home, serve):
    """Two processes that serve the same library from the same index, and do not watch its files."""
    shared = ("--no-watch", "--data", home / "index")
    return [serve(home / "library", *shared, home=name) for name in ("one", "two")]


def items(served):
    return served.feed().count(b"<item>")


def test_two_processes_show_within_two_seconds_what_a_third_indexed(pair, home):
    before = items(pair[0])
    note = home / "library" / "110-meet-the-husbands" / "episode.md"
    note.write_text(note.read_text(encoding="utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    done = castalogue(home, "index", "--library", home / "library", "--data", home / "index")
    assert done.returncode in (0, 1), done.stderr
    indexed_at = time.monotonic()
    for served in pair:
        wait_until(lambda served=served: items(served) == before - 1, seconds=AGREEMENT_SECONDS)
    assert time.monotonic() - indexed_at < 2 * AGREEMENT_SECONDS
    one, two = (served.ask(f"/{SHOW}/feed.xml", Accept_Encoding="gzip") for served in pair)
    assert one.headers["last-modified"] == two.headers["last-modified"]


def test_a_serving_process_that_is_followed_ends_within_two_seconds(pair):
    assert pair[0].ask(f"/{SHOW}/feed.xml").status == 200
    assert pair[0].end() < 2
