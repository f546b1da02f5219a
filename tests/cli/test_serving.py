"""`serve`, up to the first request: the start screen, the addresses, what ends it before it begins."""

import re
import signal
import socket
import threading

import pytest

from web.server import Server


@pytest.fixture(autouse=True)
def own_signals():
    """`serve` takes the signals that end it for itself."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def served(terminal, monkeypatch):
    """Serve on any free port for as long as `during` takes, and end."""

    answer = Server.run

    def serve(*words, during=lambda: None):
        def run(server):
            during()
            server.stop()
            answer(server)

        monkeypatch.setattr(Server, "run", run)
        return terminal.type("serve", "--port", "0", *words)

    return serve


def addresses(done):
    return re.findall(r"https?://\S+", done.stderr)


def test_it_prints_where_site_and_feed_are_and_who_can_subscribe(served, terminal):
    terminal.sound("one.mp3")
    done = served("--no-watch")
    assert (done.exit_code, done.stdout) == (0, "")
    assert re.search(r"  Site  http://127\.0\.0\.1:\d+/\n", done.stderr)
    assert re.search(r"  Feed  http://\S+/conversations/feed\.xml   Conversations: 1 episode\n", done.stderr)
    assert "Only this computer can subscribe" in done.stderr
    assert done.stderr.endswith("Ended.\n")


def test_under_a_base_url_it_prints_that_address_and_no_other(served):
    done = served("--no-watch", "--base-url", "https://pods.example")
    assert {address.split("/")[2] for address in addresses(done)} == {"pods.example"}
    assert "can subscribe" not in done.stderr


def test_for_the_network_links_have_an_address_that_others_can_ask(served):
    done = served("--no-watch", "--host", "0.0.0.0")
    assert "0.0.0.0" not in done.stderr
    assert addresses(done)
    assert "Only this network can subscribe" in done.stderr


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this computer has no IPv6")
def test_an_address_of_sixteen_bytes_stands_in_brackets(served):
    assert re.search(r"http://\[::1\]:\d+/", served("--no-watch", "--host", "::1").stderr)


def test_a_folder_without_a_show_becomes_one_and_says_so(served, terminal):
    (terminal.library / "show.toml").unlink()
    terminal.sound("one.mp3", album="Talks", author="Ana")
    done = served("--no-watch")
    assert done.exit_code == 0
    assert "is a show now" in done.stderr
    assert "title “Talks”, author “Ana”" in done.stderr
    assert "/talks/feed.xml" in done.stderr


def test_an_empty_folder_is_no_fault_and_says_what_comes_next(served, terminal):
    (terminal.library / "show.toml").unlink()
    said = served("--no-watch").stderr
    assert "✗" not in said and "show.toml" not in said
    assert re.search(r"/studio/begin/\S+\n  No show is here yet\. Begin one there, or put recordings into ", said)


def test_a_show_whose_file_was_lost_is_told_as_before(served, terminal):
    terminal.sound("one.mp3")
    served("--no-watch")
    (terminal.library / "show.toml").unlink()
    said = served("--no-watch").stderr
    assert "✗ .: Its show.toml is gone" in said and "No show is here yet" not in said


def test_what_is_wrong_with_a_file_or_minded_by_directories_stops_nothing(served, terminal):
    terminal.write("page.mp3", "<html>")
    done = served("--no-watch")
    assert done.exit_code == 0
    assert "✗ page.mp3: " in done.stderr
    assert "castalogue check says more" in done.stderr


def test_a_port_in_use_is_one_sentence_with_the_mend(terminal):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = terminal.type("serve", "--port", str(port))
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr


def test_a_file_that_comes_later_is_indexed_and_told(served, terminal, monkeypatch):
    monkeypatch.setattr("catalogue.actions.watch.LOOK_EVERY_SECONDS", 0.01)
    told = threading.Event()
    tell = lambda news, report: report.counts["new"] and told.set()  # noqa: E731
    monkeypatch.setattr("catalogue.cli.indexing.News.tell", tell)

    def bring_a_file():
        terminal.sound("two.mp3", seed=2)
        assert told.wait(20)

    assert served(during=bring_a_file).exit_code == 0


def test_watching_ends_with_the_server(served):
    served()
    assert "watcher" not in {thread.name for thread in threading.enumerate()}
