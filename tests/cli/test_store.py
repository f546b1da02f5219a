"""migrate-store: what it says, and that it leaves alone what it must."""

import hashlib

import pytest


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture
def target(tmp_path):
    return tmp_path / "new" / "copy.sqlite3"


def test_it_says_what_was_copied_and_what_to_set_next(indexed, target):
    before = digest(indexed.data / "index.sqlite3")
    done = indexed.type("migrate-store", f"sqlite:///{target}")
    assert done.exit_code == 0, done.stderr
    assert "shows: 1" in done.stderr
    assert "episodes: 3" in done.stderr
    assert f"to {target}." in done.stderr
    assert "Next: set DATABASE_URL to that address" in done.stderr
    assert digest(indexed.data / "index.sqlite3") == before


def test_the_copy_is_what_every_command_then_reads(indexed, target):
    indexed.type("migrate-store", f"sqlite:///{target}")
    moved = {"DATABASE_URL": f"sqlite:///{target}"}
    for command in (("feed",), ("list", "--json")):
        assert indexed.type(*command, **moved).stdout == indexed.type(*command).stdout
    assert str(target) in indexed.type("doctor", **moved).stdout


def test_back_where_it_is_looked_for_the_setting_is_to_be_taken_away(indexed, target, tmp_path):
    indexed.type("migrate-store", f"sqlite:///{target}")
    default = f"sqlite:///{tmp_path / 'data' / 'index.sqlite3'}"
    done = indexed.type(
        "migrate-store", default, DATABASE_URL=f"sqlite:///{target}", CASTALOGUE_DATA=str(tmp_path / "data")
    )
    assert "Next: take DATABASE_URL away" in done.stderr


def test_a_database_that_is_not_empty_is_refused(indexed, target):
    indexed.type("migrate-store", f"sqlite:///{target}")
    before = digest(target)
    done = indexed.type("migrate-store", f"sqlite:///{target}")
    assert (done.exit_code, digest(target)) == (1, before)
    assert "not empty" in done.stderr
    assert "name a new one" in done.stderr


def test_into_itself_is_refused(indexed):
    done = indexed.type("migrate-store", f"sqlite:///{indexed.data / 'index.sqlite3'}")
    assert done.exit_code == 1
    assert "not empty" in done.stderr


@pytest.mark.parametrize("url", ["postgresql://me:open-sesame@127.0.0.1:1/x", "paradox://me:open-sesame@host/x"])
def test_a_database_that_cannot_be_opened_is_told_without_the_password(indexed, url):
    done = indexed.type("migrate-store", url)
    assert done.exit_code == 1
    assert "cannot be opened" in done.stderr
    assert "sesame" not in done.stderr + done.stdout
