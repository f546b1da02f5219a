"""The same library in SQLite and in PostgreSQL: the same bytes, whatever the time zone, the language, the way there."""

import shutil
import subprocess

import pytest
from serving import SHOW, castalogue, copy_sample, wait_until

from catalogue.actions.migrate_store import migrate_store
from catalogue.config import Settings

pytestmark = pytest.mark.postgres
BASE = ("--base-url", "https://pods.example.org")
HERE = {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}


def run(command, home, *words, **more):
    """What a command writes, which must end well; the pictures it needs are drawn once for all tests."""
    place = ("--library", home / "library", "--data", home / "index")
    done = castalogue(home, command, *words, *place, *BASE, **more)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """An environment half a world away, in a language with letters and an order of its own."""
    folder = tmp_path_factory.mktemp("locales")
    environment = {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "2", "LOCPATH": str(folder)}
    if shutil.which("localedef") is None:
        return environment | {"LC_ALL": "C"}
    words = ["localedef", "-i", "tr_TR", "-f", "UTF-8", folder / "tr_TR.UTF-8"]
    made = subprocess.run(words, capture_output=True, check=False, timeout=60)
    return environment | {"LC_ALL": "tr_TR.UTF-8" if made.returncode == 0 else "C"}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """The home of a copy of the sample, and its feed from SQLite."""
    home = tmp_path_factory.mktemp("sqlite")
    copy_sample(home / "library")
    return home, run("feed", home, **HERE)


def test_the_same_library_is_the_same_xml_from_both_in_two_zones_and_languages(indexed, postgres_url, there):
    home, xml = indexed
    before = (home / "index" / "index.sqlite3").read_bytes()
    assert run("feed", home, DATABASE_URL=postgres_url, **there) == xml
    assert b"<item>" in xml
    assert (home / "index" / "index.sqlite3").read_bytes() == before


def test_moved_to_postgresql_and_back_the_feed_stays_the_same_bytes(indexed, tmp_path, postgres_url):
    home, xml = indexed
    back = f"sqlite:///{tmp_path / 'back.sqlite3'}"
    migrate_store(Settings(library=home / "library", data=home / "index"), postgres_url)
    assert run("feed", home, DATABASE_URL=postgres_url) == xml
    migrate_store(Settings(library=home / "library", database_url=postgres_url), back)
    assert run("feed", home, DATABASE_URL=back) == xml


def test_serve_and_doctor_work_on_postgresql_through_a_stop_and_never_tell_the_password(
    indexed, serve, sample_copy, postgres_server, tmp_path
):
    name = postgres_server.create()
    url = postgres_server.tcp_url(name)
    served = serve(sample_copy, "--data", indexed[0] / "index", DATABASE_URL=url)
    note = sample_copy / "110-meet-the-husbands" / "episode.md"
    before = served.feed().count(b"<item>")
    postgres_server.stop()
    assert served.feed().count(b"<item>") == before
    postgres_server.start()
    note.write_text(note.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    wait_until(lambda: served.feed().count(b"<item>") == before - 1, seconds=20)
    assert served.ask(f"/{SHOW}/trailer/").status == served.ask("/readyz").status == 200
    done = castalogue(tmp_path, "doctor", "--library", sample_copy, DATABASE_URL=url)
    assert f"postgresql://127.0.0.1:{postgres_server.port}/{name}" in done.stdout.decode()
    for text in (served.messages, done.stdout.decode(), done.stderr.decode()):
        assert postgres_server.password not in text
    served.end()
    postgres_server.drop(name)
