"""The world is told: by a server, by workers that share the work, by one that is killed in the middle."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager

import pytest
from serving import castalogue, environment, free_port, serving, wait_until
from sounds import write_mp3
from websub import ask, hub_and_subscriber, links_of, listening

SHOW = """title = "Conversations"
description = "Living with and after breast cancer."
author = "Castalogue"
language = "en"
timezone = "UTC"
categories = ["Health & Fitness > Medicine"]
explicit = false
"""
SECRET = "whsec_" + "A" * 32
LOOPBACK = {"CASTALOGUE_ALLOW_OUTSIDE": "127.0.0.1"}


@pytest.fixture
def library(tmp_path):
    """A show with one episode."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "show.toml").write_text(SHOW)
    write_mp3(folder / "one.mp3", seed=1)
    return folder


def settings(library, home, **more):
    stated = {"CASTALOGUE_LIBRARY": library, "CASTALOGUE_DATA": home / "index"} | LOOPBACK | more
    return {name: str(value) for name, value in stated.items()}


def jobs(home):
    """State → how many jobs, as they lie in the database."""
    with closing(sqlite3.connect(home / "index" / "index.sqlite3")) as connection:
        return Counter(state for (state,) in connection.execute("SELECT state FROM jobs"))


def hurry(home):
    """Make all that is to be told due now."""
    with closing(sqlite3.connect(home / "index" / "index.sqlite3")) as connection, connection:
        connection.execute("UPDATE jobs SET due_at = 0, leased_until = NULL WHERE state = 'waiting'")


@contextmanager
def working(home, **stated):
    """A `castalogue worker`, killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "catalogue.cli", "worker"],
        cwd=home,
        env=environment(home, **stated),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert "Ctrl-C ends it." in process.stderr.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


def seconds_to_end(process):
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)
    return time.monotonic() - began


def test_a_subscriber_gets_a_new_episode_through_a_hub_that_checks_everything(tmp_path, library):
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        hub, subscriber = stack.enter_context(hub_and_subscriber())
        served = stack.enter_context(
            serving(tmp_path, library, "--base-url", base_url, port=port, CASTALOGUE_WEBSUB_HUB=hub.url, **LOOPBACK)
        )
        topic = f"{base_url}/conversations/feed.xml"
        subscriber.subscribe(topic)
        write_mp3(library / "two.mp3", seed=2, title="The second")
        wait_until(lambda: b"The second" in served.feed("conversations"), seconds=20)
        visible_at = time.monotonic()
        wait_until(lambda: subscriber.received, seconds=20)
        assert 3 < time.monotonic() - visible_at < 9
        assert (hub.told, hub.refused, subscriber.forged) == ([topic], [], [])
        assert subscriber.received == [served.feed("conversations")]
        head = served.feed("conversations").partition(b"<item>")[0]
        assert f'<atom:link rel="hub" href="{hub.url}"/>'.encode() in head
        unchanged = served.ask("/conversations/feed.xml", If_None_Match=ask(topic)[1]["etag"])
        assert (unchanged.status, links_of(unchanged.headers)) == (304, {"hub": [hub.url], "self": [topic]})
        assert served.end() < 2


def test_without_a_setting_nobody_is_told_and_no_feed_names_a_hub(tmp_path, library):
    with serving(tmp_path, library) as served:
        answer = served.ask("/conversations/feed.xml")
        assert ("link" in answer.headers, b'rel="hub"' in answer.body) == (False, False)
    assert jobs(tmp_path) == {}
    done = castalogue(tmp_path, "worker", **settings(library, tmp_path))
    assert (done.returncode, b"Nobody is to be told anything." in done.stderr) == (1, True)


def prepared(library, home, count, **stated):
    """An index in which so many episodes are to be told to a webhook, due now."""
    stated = settings(
        library, home, CASTALOGUE_BASE_URL="https://example.org", CASTALOGUE_WEBHOOK_SECRET=SECRET, **stated
    )
    assert castalogue(home, "index", **stated).returncode == 0
    for number in range(count):
        write_mp3(library / f"new {number}.mp3", seed=10 + number)
    assert castalogue(home, "index", **stated).returncode == 0
    assert jobs(home)["waiting"] >= count
    hurry(home)
    return stated


def test_several_workers_tell_each_episode_once(tmp_path, library):
    heard, told_by = [], set()
    count = 24

    def handle(method, target, headers, body):
        heard.append(headers["webhook-id"])
        time.sleep(0.05)
        return 204, {}, b""

    with listening(handle) as hook, ExitStack() as stack:
        stated = prepared(library, tmp_path, count, CASTALOGUE_WEBHOOK_URL=hook)
        workers = [stack.enter_context(working(tmp_path, **stated)) for _ in range(3)]
        wait_until(lambda: jobs(tmp_path) == {"done": count}, seconds=30)
        assert all(seconds_to_end(worker) < 2 for worker in workers)
        told_by = [worker.stderr.read().count("Told: webhook") for worker in workers]
    assert (len(heard), len(set(heard)), sum(told_by)) == (count, count, count)
    assert sum(count > 0 for count in told_by) > 1


def test_a_worker_that_is_killed_before_it_noted_the_answer_leaves_it_to_be_told_again_under_the_same_key(
    tmp_path, library
):
    heard, stall = [], threading.Event()

    def handle(method, target, headers, body):
        heard.append((headers["webhook-id"], body))
        if len(heard) == 1:
            stall.wait(20)  # it was heard, and the answer is still on its way
        return 204, {}, b""

    with listening(handle) as hook:
        stated = prepared(library, tmp_path, 1, CASTALOGUE_WEBHOOK_URL=hook)
        with working(tmp_path, **stated) as worker:
            wait_until(lambda: heard, seconds=20)
            os.kill(worker.pid, signal.SIGKILL)
        stall.set()
        assert jobs(tmp_path) == {"waiting": 1}
        assert b"1 job not done" in castalogue(tmp_path, "jobs", **stated).stderr
        hurry(tmp_path)  # as if its lease were over
        assert castalogue(tmp_path, "worker", "--once", **stated).returncode == 0
    assert (len(heard), len({key for key, _ in heard})) == (2, 1)
    assert jobs(tmp_path) == {"done": 1}


def test_a_worker_ends_within_two_seconds_though_a_hub_says_nothing(tmp_path, library):
    heard, stall = [], threading.Event()

    def handle(method, target, headers, body):
        heard.append(target)
        stall.wait(20)
        return 204, {}, b""

    with listening(handle) as hook:
        stated = prepared(library, tmp_path, 1, CASTALOGUE_WEBHOOK_URL=hook)
        with working(tmp_path, **stated) as worker:
            wait_until(lambda: heard, seconds=20)
            assert seconds_to_end(worker) < 2
            assert worker.returncode == 0
        stall.set()


def test_no_secret_lands_in_the_database_in_messages_or_in_the_feed(tmp_path, library):
    with listening(lambda *_: (503, {}, b"")) as hook:
        stated = prepared(
            library,
            tmp_path,
            2,
            CASTALOGUE_WEBHOOK_URL=f"{hook}s3cret-path",
            CASTALOGUE_PODPING_TOKEN="t0ken",
            CASTALOGUE_PODPING_RELAY=hook,
        )
        said = [
            castalogue(tmp_path, *words, **stated)
            for words in (("worker", "--once"), ("jobs",), ("doctor",), ("feed",))
        ]
    texts = [text for done in said for text in (done.stdout, done.stderr)]
    texts += [file.read_bytes() for file in (tmp_path / "index").rglob("*") if file.is_file()]
    texts += [file.read_bytes() for file in library.rglob("*") if file.suffix != ".mp3"]
    assert any(b"It answers 503" in text for text in texts)
    assert not any(secret in text for text in texts for secret in (b"s3cret-path", b"t0ken", SECRET.encode()))
