"""Commands about what a note said before: history, undo."""

import pytest

NOTE = "---\ntitle: One\npublished: 2026-01-05\n---\nAbout it.\n"


@pytest.fixture
def one(terminal):
    terminal.sound("one/audio.mp3")
    terminal.write("one/episode.md", NOTE)
    assert terminal.type("index").exit_code == 0
    return terminal


def test_a_change_is_told_and_taken_back_and_brought_back(one):
    note = one.library / "one/episode.md"
    assert "Nothing is known" in one.type("history", "one").stderr
    assert one.type("set", "title=Another", "--all").exit_code == 0
    told = one.type("history", "one").stdout
    assert "at the terminal (as it is now)" in told
    assert "    - title: One\n    + title: Another\n" in told
    changed = note.read_text()
    assert "says again what it said in text 1" in one.type("undo", "one").stderr
    assert note.read_text() == NOTE
    assert one.type("undo", "one").exit_code == 0
    assert note.read_text() == changed


def test_without_an_earlier_text_nothing_is_done(one):
    done = one.type("undo", "one")
    assert (done.exit_code, "is not known" in done.stderr) == (1, True)
    assert one.type("undo", "one", "--to", "7").exit_code == 1
    assert (one.library / "one/episode.md").read_text() == NOTE
