"""The site on a WSGI server that is not ours, as it would be on gunicorn or granian."""

import subprocess
import sys

import pytest
from serving import SHOW, Served, ask, castalogue, environment, free_port, wait_until

PROGRAM = """
import sys
from waitress import serve
from web.wsgi import create_application
from catalogue.errors import ConfigError
try:
    application = create_application()
except ConfigError as error:
    sys.exit(str(error))
serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=2)
"""

# As `gunicorn --preload` does: the application is made first, then every worker is forked.
FORKED = """
import os, signal, sys, threading
from werkzeug.test import Client
from web.wsgi import create_application
client = Client(create_application())
assert threading.active_count() == 1, threading.enumerate()
for worker in range(3):
    child = os.fork()
    if not child:
        signal.alarm(20)
        answers = [client.get(sys.argv[1], headers={"Accept-Encoding": "gzip"}) for _ in range(3)]
        names = {thread.name for thread in threading.enumerate()}
        is_followed = names >= {"castalogue-reader", "castalogue-packer"}
        os._exit(0 if is_followed and {answer.status_code for answer in answers} == {200} else 3)
    assert os.waitpid(child, 0)[1] == 0, worker
"""


@pytest.fixture
def start(tmp_path, sample_copy):
    """Start the site on plain waitress, with these settings besides the library's."""
    started = []

    def run(port, **settings):
        own = {"CASTALOGUE_LIBRARY": str(sample_copy), "CASTALOGUE_DATA": str(tmp_path / "index")}
        command = [sys.executable, "-c", PROGRAM, str(port)]
        env = environment(tmp_path, **own, **settings)
        started.append(subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE))
        return started[-1]

    yield run
    for process in started:
        process.terminate()
        process.communicate(timeout=20)


def answers(url):
    try:
        return ask(f"{url}/readyz").status == 200
    except OSError:
        return False


def test_another_server_serves_what_was_indexed_and_what_is_indexed_later(tmp_path, sample_copy, start):
    index = ["index", "--library", sample_copy, "--data", tmp_path / "index"]
    castalogue(tmp_path, *index)
    port = free_port()
    process = start(port, CASTALOGUE_BASE_URL="https://podcast.example.org")
    served = Served(tmp_path, sample_copy, process, f"http://127.0.0.1:{port}")
    wait_until(lambda: answers(served.url), seconds=30)
    feed = served.feed()
    assert b"https://podcast.example.org/media/" in feed
    note = sample_copy / "110-meet-the-husbands" / "episode.md"
    note.write_text(f"{note.read_text(encoding='utf-8')}\nOne more line.\n", encoding="utf-8")
    castalogue(tmp_path, *index)
    wait_until(lambda: b"One more line." in served.feed(), seconds=5)
    assert served.ask(f"/{SHOW}/").status == 200


def test_without_a_base_url_it_does_not_start_and_says_what_to_set(tmp_path, start):
    process = start(free_port())
    assert process.wait(timeout=30) == 1
    assert b"Set CASTALOGUE_BASE_URL" in process.stderr.read()


def test_workers_that_are_forked_from_a_loaded_application_all_answer(tmp_path, sample_copy):
    castalogue(tmp_path, "index", "--library", sample_copy, "--data", tmp_path / "index")
    own = {"CASTALOGUE_LIBRARY": str(sample_copy), "CASTALOGUE_DATA": str(tmp_path / "index")}
    env = environment(tmp_path, CASTALOGUE_BASE_URL="https://podcast.example.org", **own)
    command = [sys.executable, "-c", FORKED, f"/{SHOW}/feed.xml"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, timeout=90, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
