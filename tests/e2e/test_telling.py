"""The world is told: by a server through a hub, by workers that share the work, by one that is killed in the middle."""

import signal
import sqlite3
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime

import pytest
from builders import NOON, make_episode, make_ledger_show, make_line, make_show
from serving import free_port, serving, started, wait_until
from sounds import write_mp3
from websub import ask, hub_and_subscriber, links_of, listening

from catalogue.actions.announce import PING_AFTER
from catalogue.domain.telling import Announcement, Kind
from catalogue.store.index import EpisodeRow, ShowRow, open_index

SHOW = """title = "Conversations"
description = "Living with and after breast cancer."
author = "Castalogue"
language = "en"
timezone = "UTC"
"""
LOOPBACK = {"CASTALOGUE_ALLOW_OUTSIDE": "127.0.0.1"}
FEED = "/conversations/feed.xml"


@pytest.fixture
def library(tmp_path):
    """A show with one episode."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "show.toml").write_text(SHOW)
    write_mp3(folder / "one.mp3", seed=1)
    return folder


@contextmanager
def database(home):
    with closing(sqlite3.connect(home / "index" / "index.sqlite3", timeout=20)) as connection, connection:
        yield connection


def states(home):
    """State → how many jobs."""
    with database(home) as connection:
        return Counter(state for (state,) in connection.execute("SELECT state FROM jobs"))


def hurry(home):
    """Make all that is to be told due now, and every lease over."""
    with database(home) as connection:
        connection.execute("UPDATE jobs SET due_at = 0, leased_until = NULL WHERE state = 'waiting'")


@contextmanager
def subscribed(home, library):
    """A served show, a hub that it names, and a subscriber of its feed."""
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        hub, subscriber = stack.enter_context(hub_and_subscriber())
        stated = LOOPBACK | {"CASTALOGUE_WEBSUB_HUB": hub.url}
        served = stack.enter_context(serving(home, library, "--base-url", base_url, port=port, **stated))
        subscriber.subscribe(base_url + FEED)
        yield served, hub, subscriber


def publish_a_second(served, library):
    write_mp3(library / "two.mp3", seed=2, title="The second")
    wait_until(lambda: b"The second" in served.feed("conversations"), seconds=20, every=0.02)
    return time.monotonic()


def test_a_subscriber_gets_a_new_episode_through_a_hub_that_checks_everything(tmp_path, library):
    with subscribed(tmp_path, library) as (served, hub, subscriber):
        publish_a_second(served, library)
        hurry(tmp_path)
        wait_until(lambda: subscriber.received, seconds=20)
        feed, topic = served.feed("conversations"), served.url + FEED
        assert (hub.told, hub.refused, subscriber.forged, subscriber.received) == ([topic], [], [], [feed])
        assert f'<atom:link rel="hub" href="{hub.url}"/>'.encode() in feed.partition(b"<item>")[0]
        unchanged = served.ask(FEED, If_None_Match=ask(topic)[1]["etag"])
        assert (unchanged.status, links_of(unchanged.headers)) == (304, {"hub": [hub.url], "self": [topic]})
        assert served.end() < 2


@pytest.mark.soak
def test_a_hub_hears_of_a_change_five_seconds_after_it_can_be_seen(tmp_path, library):
    with subscribed(tmp_path, library) as (served, hub, _):
        visible_at = publish_a_second(served, library)
        wait_until(lambda: hub.told, seconds=20, every=0.02)
        assert 4 < time.monotonic() - visible_at < 8
        time.sleep(PING_AFTER.total_seconds() + 2)
        assert len(hub.told) == 1


def fill(home, guids):
    """Make an index in which a webhook is to be told of these episodes, far in the future."""
    index = open_index(f"sqlite:///{home / 'index' / 'index.sqlite3'}")
    row = ShowRow(show=make_show(), line=make_ledger_show(), changed_at=NOON, version="1")
    rows = {
        guid: EpisodeRow(episode=make_episode(guid=guid, slug=guid), line=make_line(guid=guid, slug=guid), version="1")
        for guid in guids
    }
    later = datetime(2999, 1, 1, tzinfo=UTC)
    asked = [
        Announcement(show_guid=row.show.guid, guid=guid, kind=Kind.WEBHOOK, asked_at=NOON, due_at=later)
        for guid in guids
    ]
    index.save_show(row, episodes=rows, asked=asked)
    index.close()


def told_to(home, library, hook):
    """The environment of a worker that tells a webhook."""
    return LOOPBACK | {
        "CASTALOGUE_LIBRARY": str(library),
        "CASTALOGUE_DATA": str(home / "index"),
        "CASTALOGUE_BASE_URL": "https://example.org",
        "CASTALOGUE_WEBHOOK_URL": hook,
        "CASTALOGUE_WEBHOOK_SECRET": "whsec_" + "A" * 32,
    }


@contextmanager
def working(home, stated, count=1):
    """So many `castalogue worker`, killed at the end if they still run."""
    with ExitStack() as stack:
        workers = []
        for number in range(count):
            said = stack.enter_context((home / f"worker-{number}.txt").open("w+b"))
            workers.append(started(home, "worker", stdout=said, stderr=said, **stated))
            stack.callback(workers[-1].wait, 20)
            stack.callback(workers[-1].kill)
        wait_until(lambda: all("tells the webhook. Ctrl-C ends it." in said for said in said_by(home)), seconds=30)
        yield workers


def said_by(home):
    """What each worker has said."""
    return [file.read_text(encoding="utf-8") for file in sorted(home.glob("worker-*.txt"))]


class Receiver:
    """A webhook that says nothing about an episode called `stall…` until it is let go."""

    def __init__(self):
        self.keys, self.stalled, self.go_on = [], 0, threading.Event()

    def handle(self, method, target, headers, body):
        self.keys.append(headers["webhook-id"])
        if b'"guid":"stall' in body and not self.go_on.is_set():
            self.stalled += 1
            self.go_on.wait(20)
        time.sleep(0.05)
        return 204, {}, b""


def owner_of_the_waiting_job(home):
    """The number of the process that tells just now."""
    with database(home) as connection:
        ((owner,),) = connection.execute("SELECT owner FROM jobs WHERE state = 'waiting'")
    return int(owner.split()[0])


def stall(home, receiver, guid):
    """Let a worker begin to tell what it gets no answer to."""
    before = receiver.stalled
    receiver.go_on.clear()
    fill(home, [guid])
    hurry(home)
    wait_until(lambda: receiver.stalled > before, seconds=20)


def test_workers_share_the_work_though_one_is_killed_and_end_at_once_though_nobody_answers(tmp_path, library):
    receiver, count = Receiver(), 16
    fill(tmp_path, [f"guid-{number}" for number in range(count)])
    with listening(receiver.handle) as hook, working(tmp_path, told_to(tmp_path, library, hook), 2) as workers:
        hurry(tmp_path)
        wait_until(lambda: states(tmp_path) == {"done": count}, seconds=30)
        assert (len(receiver.keys), len(set(receiver.keys))) == (count, count)

        stall(tmp_path, receiver, "stall")
        owner = owner_of_the_waiting_job(tmp_path)
        killed, left = sorted(workers, key=lambda worker: worker.pid != owner)
        killed.kill()
        killed.wait(20)
        assert states(tmp_path) == {"done": count, "waiting": 1}
        receiver.go_on.set()
        hurry(tmp_path)  # as if its lease were over
        wait_until(lambda: states(tmp_path) == {"done": count + 1}, seconds=20)
        assert (len(receiver.keys), len(set(receiver.keys))) == (count + 2, count + 1)

        stall(tmp_path, receiver, "stall again")
        began = time.monotonic()
        left.send_signal(signal.SIGTERM)
        assert left.wait(20) == 0
        assert time.monotonic() - began < 2
        receiver.go_on.set()
        told_by = [said.count("Told: webhook, Conversations: Meet") for said in said_by(tmp_path)]
    assert (sum(told_by), min(told_by) > 0) == (count + 1, True)
    assert states(tmp_path) == {"done": count + 1, "waiting": 1}
