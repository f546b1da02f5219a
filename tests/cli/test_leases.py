"""Two commands at once: one sentence, and an exit status that says whether anything is lost."""

import json
from datetime import UTC, datetime

import pytest

from catalogue.actions.owners import this_run
from catalogue.store.index import open_index


@pytest.fixture
def held(terminal):
    """Another process indexes the show."""
    owner = this_run()
    index = open_index(f"sqlite:///{terminal.data / 'index.sqlite3'}")
    index.take_leases(["."], owner=owner.text, now=datetime.now(UTC), is_over=lambda _row: False)
    yield owner
    index.close()


def test_an_index_beside_another_says_who_does_it_and_ends_well(terminal, held):
    terminal.sound("one.mp3")
    done = terminal.type("index")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith(f"· .: Process {held} has been indexing it since ")
    assert done.stderr.count("\n") == 1
    assert not (terminal.library / "ledger.jsonl").exists()


def test_an_index_beside_another_says_so_in_json(terminal, held):
    found = json.loads(terminal.type("index", "--json").stdout)
    assert [remark["code"] for remark in found["remarks"]] == ["put-off"]
    assert (found["refused"], found["counts"]["shows"]) == ([], 0)
