"""How a started `serve` ends, and what it says when it cannot begin."""

import signal
import socket

import pytest
from feed_addresses import items_of
from serving import castalogue
from sounds import write_mp3

SHOW_FILE = 'title = "Ending"\nslug = "ending"\ndescription = "A show."\nauthor = "A"\nlanguage = "en"\n'
AT_MOST_SECONDS = 2.5


@pytest.fixture
def library(tmp_path):
    write_mp3(tmp_path / "library" / "one.mp3", title="One")
    (tmp_path / "library" / "show.toml").write_text(SHOW_FILE, encoding="utf-8")
    return tmp_path / "library"


def test_ctrl_c_ends_a_watching_server_cleanly_and_in_time(serve, library):
    served = serve(library)
    assert served.ask("/healthz").status == 200
    assert served.end(signal.SIGINT) < AT_MOST_SECONDS
    assert served.process.returncode == 0
    assert served.messages.endswith("Ended.\n")


def test_sigterm_ends_it_in_time_though_a_download_stalls(serve, library):
    path = write_mp3(library / "one.mp3", title="One", seconds=4000)
    assert path.stat().st_size > 15_000_000, "more than any buffer on the way holds"
    served = serve(library)
    enclosure = items_of(served.feed("ending"))[0].enclosure.url.removeprefix(served.url)
    with socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2]))) as stalled:
        stalled.sendall(f"GET {enclosure} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        assert stalled.recv(100).startswith(b"HTTP/1.1 200")
        assert served.end(signal.SIGTERM) < AT_MOST_SECONDS
    assert served.process.returncode == 0


def test_a_port_in_use_is_one_sentence_and_exit_1(tmp_path, library):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = castalogue(tmp_path, "serve", "--library", library, "--data", "index", "--port", port)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr.decode() and b"Traceback" not in done.stderr


def test_a_folder_that_is_not_there_is_one_sentence_and_exit_1(tmp_path):
    done = castalogue(tmp_path, "serve", "--library", tmp_path / "nowhere", "--data", tmp_path / "index")
    assert done.returncode == 1
    assert "There is no folder" in done.stderr.decode() and b"Traceback" not in done.stderr
