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


def test_an_undo_of_words_takes_nothing_back_that_is_out(one):
    note = one.library / "one/episode.md"
    assert one.type("set", "draft=yes", "--all").exit_code == 0
    assert one.type("set", "title=Another", "--all").exit_code == 0
    assert one.type("set", "draft=no", "--all").exit_code == 0
    assert one.type("set", "title=A third", "--all").exit_code == 0
    told = one.type("undo", "one", "--to", "2").stderr
    assert "otherwise whether, when or as what this episode is out: draft" in told and "--yes" in told
    assert "title: One\n" in note.read_text() and "draft: 'no'" in note.read_text()
    assert one.type("undo", "one", "--to", "2", "--yes").exit_code == 0
    assert "draft: yes" in note.read_text()


def test_a_transcript_comes_back_by_its_number(one, tmp_path):
    file = tmp_path / "said.vtt"
    for word in ("Hello", "Bye"):
        file.write_text(f"WEBVTT\n\n00:00.100 --> 00:00.900\n{word}.\n")
        assert one.type("transcript", "attach", "one", str(file)).exit_code == 0
    assert "one/transcript.vtt" in one.type("history", "one").stdout
    assert one.type("undo", "one", "--to", "1").exit_code == 0
    assert "Hello." in (one.library / "one/transcript.vtt").read_text()
