"""`worker` and `jobs`, and what `doctor` says of them."""

import json
import shutil
import signal
import sqlite3
from contextlib import closing

import pytest
from cli.conftest import SHOW, Terminal

HUB = {
    "CASTALOGUE_WEBSUB_HUB": "http://127.0.0.1:9/hub",
    "CASTALOGUE_ALLOW_OUTSIDE": "127.0.0.1",
    "CASTALOGUE_BASE_URL": "https://example.org",
}


@pytest.fixture(autouse=True)
def own_signals():
    """`worker` takes the signals that end it for itself."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="module")
def once_changed(indexed, tmp_path_factory):
    """A show that was indexed, and again after a change; only copied."""
    opened = Terminal(tmp_path_factory.mktemp("changed"))
    opened.write("show.toml", SHOW)
    shutil.copytree(indexed.data / "derived", opened.data / "derived")
    opened.sound("one.mp3")
    assert opened.type("index", **HUB).exit_code == 0
    opened.write("one.md", "A note.")
    assert opened.type("index", **HUB).exit_code == 0
    return opened


@pytest.fixture
def changed(once_changed, tmp_path):
    """A show whose hub is to be told of a change, just now; nobody listens where the hub should be."""
    for folder in (once_changed.library, once_changed.data):
        shutil.copytree(folder, tmp_path / folder.name)
    return Terminal(tmp_path)


def change_jobs(terminal, assignment):
    with closing(sqlite3.connect(terminal.data / "index.sqlite3")) as connection, connection:
        connection.execute(f"UPDATE jobs SET {assignment}")


def test_what_waits_is_listed_with_when_it_is_due(changed):
    done = changed.type("jobs", **HUB)
    assert done.exit_code == 0
    assert done.stdout.startswith("due 2")
    assert done.stdout.endswith("UTC  websub  Conversations\n")
    assert done.stderr == "1 job not done.\n"


def test_where_nothing_waits_that_is_said(terminal):
    terminal.sound("one.mp3")
    done = terminal.type("jobs")
    assert (done.stdout, done.stderr) == ("", "Nothing waits to be told.\n")


def test_what_fails_is_listed_with_its_reason_and_when_it_is_tried_again(changed):
    change_jobs(changed, "due_at = 0")
    told = changed.type("worker", "--once", **HUB)
    assert "! Not heard: websub, Conversations. http://127.0.0.1:9/hub: It cannot be reached" in told.stderr
    assert "1 job done or tried." in told.stderr
    (job,) = json.loads(changed.type("jobs", "--json", **HUB).stdout)
    assert (job["kind"], job["show"], job["episode"], job["guid"]) == ("websub", "Conversations", None, None)
    assert (job["state"], job["tries"], job["configured"]) == ("failing", 1, True)
    assert job["reason"].startswith("http://127.0.0.1:9/hub: It cannot be reached")
    assert "1 in vain so far. First: http://127.0.0.1:9/hub" in changed.type("doctor", **HUB).stdout


def test_what_was_given_up_is_named_by_doctor_and_tried_again_when_asked_for(changed):
    change_jobs(changed, "state = 'given-up', reason = 'It answers 404.', tries = 7")
    assert changed.type("jobs", **HUB).stdout == "given up, tried 7 times  websub  Conversations: It answers 404.\n"
    doctor = changed.type("doctor", **HUB)
    assert doctor.exit_code == 1
    assert "✗ Told: the hub http://127.0.0.1:9/hub; 1 given up. First: It answers 404. castalogue jobs" in doctor.stdout
    again = changed.type("jobs", "--again", **HUB)
    assert "1 job will be tried again." in again.stderr
    assert again.stdout == "due now  websub  Conversations\n"


def test_what_somebody_is_telling_is_listed_as_that(changed):
    change_jobs(changed, "leased_until = 9e15, owner = 'x', tries = 1")
    assert changed.type("jobs", **HUB).stdout == "being told, tried 1 time  websub  Conversations\n"
    assert json.loads(changed.type("jobs", "--json", **HUB).stdout)[0]["state"] == "telling"


def test_a_job_that_this_process_could_not_tell_says_so(changed):
    change_jobs(changed, "due_at = 0, kind = 'webhook', guid = 'nobody'")
    assert "due now  webhook (not set for this process)  Conversations: nobody" in changed.type("jobs").stdout


def test_a_worker_with_nobody_to_tell_does_errands(terminal):
    terminal.sound("one.mp3")
    done = terminal.type("worker", "--once")
    assert done.exit_code == 0
    assert "0 jobs done or tried.\n0 errands done or tried.\n" in done.stderr


@pytest.mark.parametrize(
    "hub", ["hub.example", "https://user:word@hub.example/", "https://hub.example/>; rel=x", "ftp://a.b/"]
)
def test_an_address_that_is_none_is_refused_with_its_setting(terminal, hub):
    done = terminal.type("jobs", CASTALOGUE_WEBSUB_HUB=hub)
    assert done.exit_code == 1
    assert "The setting `websub_hub` cannot be used: write it like https://example.org/path" in done.stderr


def test_no_secret_lands_in_the_database_in_messages_or_in_the_feed(changed):
    secrets = {
        "CASTALOGUE_WEBHOOK_URL": "http://127.0.0.1:9/s3cret-path",
        "CASTALOGUE_WEBHOOK_SECRET": "whsec_" + "A" * 32,
        "CASTALOGUE_PODPING_TOKEN": "t0ken",
        "CASTALOGUE_PODPING_RELAY": "http://127.0.0.1:9/",
    }
    changed.sound("two.mp3", seed=2)
    typed = [changed.type("index", **HUB, **secrets)]
    change_jobs(changed, "due_at = 0")
    typed += [
        changed.type(*words.split(), **HUB, **secrets) for words in ("worker --once", "jobs --json", "doctor", "feed")
    ]
    texts = [done.output.encode() for done in typed]
    texts += [file.read_bytes() for file in (changed.data.rglob("*")) if file.is_file()]
    texts += [file.read_bytes() for file in changed.library.rglob("*") if file.suffix != ".mp3"]
    assert typed[1].stderr.count("! Not heard:") == 3
    assert not any(secret in text for text in texts for secret in (b"s3cret-path", b"t0ken", b"whsec_", b"A" * 32))


def test_the_feed_that_is_printed_names_the_hub_as_the_served_one_does(changed):
    with_hub, without = changed.type("feed", **HUB), changed.type("feed", CASTALOGUE_BASE_URL="https://example.org")
    hub = '<atom:link rel="hub" href="http://127.0.0.1:9/hub"/>'
    assert with_hub.stdout.count(hub) == 1
    assert with_hub.stdout.replace(hub, "") == without.stdout
