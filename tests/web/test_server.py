import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from builders import make_audio, make_episode, make_show
from fake_publication import FakeMedia, FakePublication
from small_server import serving

from catalogue.domain.links import Links
from catalogue.errors import ConfigError
from web.app import create_app
from web.server import Server

REPOSITORY = Path(__file__).parents[2]
STARTED = """
import sys
from web.server import serve
def app(environ, start_response):
    start_response("200 OK", [("Content-Length", "0")])
    return []
print("started", flush=True)
serve(app, "127.0.0.1", int(sys.argv[1]), 2)
"""


@pytest.fixture
def served(tmp_path):
    """A running server with one audio file of 200,000 bytes; gives a connection and the bytes."""
    body = bytes(range(256)) * 800
    path = tmp_path / "audio.mp3"
    path.write_bytes(body)
    media = FakeMedia(
        media_type="audio/mpeg", kind="audio", path=path, size_bytes=len(body), mtime_ns=path.stat().st_mtime_ns
    )
    show, audio = make_show(), make_audio(size_bytes=len(body))
    publication = FakePublication((show,), {show.slug: (make_episode(renditions=(audio,)),)}, {"a" * 64: media})
    server = Server(create_app(publication, links=Links("http://127.0.0.1")), host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run)
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    yield connection, body
    connection.close()
    server.stop()
    thread.join(timeout=5)


def ask(connection, **headers):
    connection.request("GET", f"/media/{'a' * 64}/x.mp3", headers=headers)
    response = connection.getresponse()
    return response.status, response.read()


def test_audio_arrives_byte_for_byte_through_the_file_wrapper(served):
    connection, body = served
    assert ask(connection) == (200, body)


def test_a_cut_download_resumes_where_it_ended(served):
    connection, body = served
    assert ask(connection, Range="bytes=70000-") == (206, body[70000:])


def test_a_range_ends_where_it_was_asked_to(served):
    connection, body = served
    assert ask(connection, Range="bytes=10-19") == (206, body[10:20])
    assert ask(connection, Range="bytes=-5") == (206, body[-5:]), "the connection is still in step"


@pytest.mark.parametrize(
    ("trusted", "heard"), [(None, "127.0.0.1"), ("192.0.2.1", "127.0.0.1"), ("127.0.0.1", "203.0.113.9")]
)
def test_who_asks_is_said_by_a_proxy_that_is_trusted_and_by_nobody_else(trusted, heard):
    def say_who_asks(environ, start_response):
        start_response("200 OK", [])
        return [environ["REMOTE_ADDR"].encode()]

    with serving(say_who_asks, trusted_proxy=trusted) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
        assert connection.getresponse().read() == heard.encode()
        connection.close()


def test_a_port_in_use_is_named_with_the_mend():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"port {port}: .*--port") as caught:
            Server(lambda *_: [], host="127.0.0.1", port=port, threads=1)
    assert caught.value.code == "port-in-use"


def test_a_host_that_is_not_ours_is_named():
    with pytest.raises(ConfigError, match="no address 192"):
        Server(lambda *_: [], host="192.0.2.1", port=0, threads=1)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_within_two_seconds(ending):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        [sys.executable, "-c", STARTED, str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout.readline() == b"started\n"
        wait_for(port)
        began = time.monotonic()
        process.send_signal(ending)
        _, complaint = process.communicate(timeout=10)
    assert (process.returncode, complaint) == (0, b"")
    assert time.monotonic() - began < 2


def wait_for(port):
    """Until it answers: it listens a moment before it minds signals."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with suppress(ConnectionRefusedError):
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
            return
        time.sleep(0.01)
    pytest.fail("It never answered.")


def test_an_answer_that_fails_half_way_is_logged_without_its_address(caplog):
    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", "9")])
        raise OSError("gone")

    with serving(app) as server:
        line = http.client.HTTPConnection("127.0.0.1", server.port)
        line.request("GET", "/private/a-key/feed.xml")
        assert line.getresponse().status == 500
        line.close()
    assert "Exception while serving a request" in caplog.text
    assert "a-key" not in caplog.text
