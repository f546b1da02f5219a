"""`castalogue errands`."""

import json

from builders import NOON
from cli.conftest import SHOW

from catalogue.actions.errands.failures import failure
from catalogue.domain.errands import ErrandState, ErrandWish
from catalogue.errors import NoAnswer
from catalogue.store.index import open_index


def ask(terminal, number):
    """An index with so many errands of a show."""
    terminal.write("show.toml", SHOW)
    terminal.sound("one.mp3")
    terminal.type("index")
    index = open_index(f"sqlite:///{terminal.data / 'index.sqlite3'}")
    (show,) = index.shows()
    for n in range(number):
        index.ask_for_errand(ErrandWish(kind="x", show_guid=show.show.guid, parameters={"n": n}), now=NOON)
    return index


def test_what_is_not_done_is_listed_and_can_be_cancelled(terminal):
    index = ask(terminal, 2)
    taken = index.take_errand("x", owner="me", now=NOON, until=NOON)
    index.keep_errand(taken, said="reading", done=3, total=9, until=NOON)
    listed = terminal.type("errands")
    assert listed.stdout == "1  running (reading 3 of 9)  x  Conversations\n2  waiting  x  Conversations\n"
    assert terminal.type("errands", "--cancel", "2").exit_code == 0
    assert terminal.type("errands", "--cancel", "2").exit_code == 1
    states = [one["state"] for one in json.loads(terminal.type("errands", "--all", "--json").stdout)]
    assert states == ["running", "cancelled"]


def test_one_that_failed_says_why(terminal):
    index = ask(terminal, 1)
    taken = index.take_errand("x", owner="me", now=NOON, until=NOON)
    error = NoAnswer("no-answer", "It is away.", url="https://a.example")
    index.end_errand(taken, state=ErrandState.FAILED, outcome=failure(error), now=NOON)
    assert terminal.type("errands", "--all").stdout.endswith("https://a.example: It is away.\n")
    assert terminal.type("errands").stderr == "Nobody asked for anything that is not done.\n"
