"""Slow listeners, half-sent requests and too few files: a sample of what `tests/soak/test_many.py` does in full."""

import resource

import pytest
from crowd import cpu_share, crowd, home_seconds
from serving import ledger, media_paths, serving, wait_until
from sounds import FRAME

STALLED, HALF_SENT, FEW_FILES, MORE_THAN_FILES = 40, 20, 48, 60
LARGE_BYTES = 6 * 1024 * 1024


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A library with one MP3 too large for the buffers of a connection."""
    library = tmp_path_factory.mktemp("large") / "library"
    (library / "long").mkdir(parents=True)
    (library / "show.toml").write_text('title = "Long"\nlanguage = "en"\n')
    (library / "long" / "audio.mp3").write_bytes(FRAME * (LARGE_BYTES // len(FRAME)))
    return library


@pytest.fixture(scope="module")
def served(large):
    with serving(large.parent / "home", large, "--no-watch") as started:
        yield started


def audio_path(served):
    return next(path for path in media_paths(ledger(served.library)["long"]) if path.endswith(".mp3"))


def test_stalled_downloads_and_half_sent_requests_keep_nobody_waiting(served):
    with crowd(served) as listeners:
        listeners.stall(audio_path(served), STALLED)
        assert set(listeners.statuses()) == {200}
        listeners.half_send(HALF_SENT)
        assert min(home_seconds(served) for _ in range(3)) < 1  # one slow answer may be the machine's
        assert listeners.count_closed() == 0


def test_at_the_limit_of_open_files_it_says_so_once_rests_and_goes_on(served):
    home_seconds(served)
    _, most = resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE, (FEW_FILES, most))
    with crowd(served) as listeners:
        listeners.stall(audio_path(served), MORE_THAN_FILES)
        wait_until(lambda: "No connection can be taken in" in served.messages, seconds=10)
        assert cpu_share(served, seconds=2) < 0.3
    assert wait_until(lambda: served.ask("/").status == 200, seconds=10)
    assert served.messages.count("No connection can be taken in") == 1
