"""Slow listeners in their hundreds on a `castalogue serve` with its default settings; each test prints its figures."""

import resource

import pytest
from crowd import cpu_share, crowd, home_seconds, resident_bytes, trickling
from serving import ledger, media_paths, serving, wait_until
from sounds import FRAME

pytestmark = pytest.mark.soak

STALLED, HALF_SENT = 200, 60
DOWNLOADS, BYTES_A_SECOND, TRICKLE_SECONDS = 1000, 10_000, 20.0
MOST_BYTES = 300 * 1024 * 1024
FEW_FILES, MORE_THAN_FILES = 64, 150
HALF_SENT_ENDS_SECONDS = 40
LARGE_BYTES = 20 * 1024 * 1024
# This process holds the other end of every connection.
OWN_FILES = 4 * DOWNLOADS


@pytest.fixture(scope="module", autouse=True)
def _many_files():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OWN_FILES if hard == resource.RLIM_INFINITY else min(OWN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def served(tmp_path):
    """A server of one MP3 of 20 MB, left to its defaults but for the port."""
    library = tmp_path / "library"
    (library / "long").mkdir(parents=True)
    (library / "show.toml").write_text('title = "Long"\nlanguage = "en"\n')
    (library / "long" / "audio.mp3").write_bytes(FRAME * (LARGE_BYTES // len(FRAME)))
    with serving(tmp_path / "home", library) as started:
        yield started


def audio_path(served):
    return next(path for path in media_paths(ledger(served.library)["long"]) if path.endswith(".mp3"))


def test_stalled_downloads_and_half_sent_requests_keep_nobody_waiting(served):
    with crowd(served) as listeners:
        listeners.stall(audio_path(served), STALLED)
        assert set(listeners.statuses()) == {200}
        listeners.half_send(HALF_SENT)
        seconds = home_seconds(served, times=20)
        print(f"\n{STALLED} stalled, {HALF_SENT} half sent: home page {seconds * 1000:.0f} ms at most")
        assert seconds < 1
        assert listeners.count_closed() == 0


def test_half_sent_requests_end_and_stalled_downloads_do_not(served):
    with crowd(served) as stalled, crowd(served) as halves:
        stalled.stall(audio_path(served), 5)
        halves.half_send(HALF_SENT)
        wait_until(lambda: halves.count_closed() == HALF_SENT, seconds=HALF_SENT_ENDS_SECONDS)
        assert stalled.count_closed() == 0


def test_a_thousand_slow_downloads_take_little_memory_and_keep_nobody_waiting(served):
    with crowd(served) as listeners:
        listeners.stall(audio_path(served), DOWNLOADS)
        assert set(listeners.statuses()) == {200}
        with trickling(listeners, bytes_a_second=BYTES_A_SECOND) as taken:
            share = cpu_share(served, seconds=TRICKLE_SECONDS)
            seconds = home_seconds(served, times=20)
        memory = resident_bytes(served)
        rate = taken[0] / DOWNLOADS / TRICKLE_SECONDS
        print(f"\n{DOWNLOADS} downloads at {rate:.0f} B/s: {memory / 2**20:.0f} MiB, {share:.0%} of a processor,")
        print(f"home page {seconds * 1000:.0f} ms at most")
        assert rate > BYTES_A_SECOND * 0.8, "else the listeners were the slow ones"
        assert (memory < MOST_BYTES, seconds < 1, listeners.count_closed()) == (True, True, 0)


def test_at_the_limit_of_open_files_it_says_so_once_rests_and_goes_on(served):
    home_seconds(served)
    _, most = resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE, (FEW_FILES, most))
    with crowd(served) as listeners:
        listeners.stall(audio_path(served), MORE_THAN_FILES)
        share = cpu_share(served, seconds=20)
        told = served.messages.count("No connection can be taken in")
        print(f"\n{FEW_FILES} files, {MORE_THAN_FILES} listeners: {share:.1%} of a processor, {told} line")
        assert (share < 0.1, told) == (True, 1)
    assert wait_until(lambda: served.ask("/").status == 200, seconds=10)
