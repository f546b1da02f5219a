"""Which chapters an episode has: note, side file of any kind, tags, times in the notes."""

import pytest

SIDE_FILES = {
    "json": '{"version": "1.2.0", "chapters": [{"startTime": 1, "title": "From json"}]}',
    "psc": '<chapters><chapter start="1" title="From psc"/></chapters>',
    "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nFrom vtt\n",
    "txt": "0:01 From txt\n",
}
LISTED = "0:00 From the notes\n0:01 Two\n0:02 Three\n"


def titles(shelf):
    return [chapter.title for chapter in shelf.episodes()["one"].chapters]


@pytest.mark.parametrize("ending", SIDE_FILES)
def test_a_side_file_of_any_kind_gives_chapters_and_follows_its_edits(shelf, ending):
    shelf.sound("one/audio.mp3")
    shelf.write(f"one/chapters.{ending}", SIDE_FILES[ending])
    shelf.index()
    assert titles(shelf) == [f"From {ending}"]
    shelf.write(f"one/chapters.{ending}", SIDE_FILES[ending].replace("From", "Now from"))
    shelf.index()
    assert titles(shelf) == [f"Now from {ending}"]


def test_of_several_side_files_json_counts_and_the_others_are_named(shelf):
    shelf.sound("one.mp3")
    for ending, text in SIDE_FILES.items():
        shelf.write(f"one.chapters.{ending}", text)
    problems = [problem.path for problem in shelf.index().problems if problem.code == "double-chapters"]
    assert titles(shelf) == ["From json"]
    assert sorted(problems) == ["one.chapters.psc", "one.chapters.txt", "one.chapters.vtt"]


def test_a_side_file_that_cannot_be_read_is_said_and_the_notes_times_stand_in(shelf):
    shelf.sound("one.mp3")
    shelf.write("one.psc", "<chapters>")
    shelf.write("one.md", LISTED)
    report = shelf.index()
    assert titles(shelf) == ["From the notes", "Two", "Three"]
    assert [problem.path for problem in report.refused] == ["one.psc"]


def test_a_note_that_says_there_are_no_chapters_is_believed(shelf):
    shelf.sound("one.mp3")
    shelf.write("one.md", f"---\nchapters: []\n---\n{LISTED}")
    shelf.index()
    assert titles(shelf) == []


def test_a_show_that_asks_for_podlove_chapters_has_them_in_its_items(shelf):
    shelf.sound("one.mp3")
    shelf.write("one.psc", SIDE_FILES["psc"])
    shelf.index()
    assert b"psc:chapter" not in shelf.feed()
    toml = (shelf.root / "show.toml").read_text(encoding="utf-8")
    shelf.write("show.toml", f"podlove_chapters = true\n{toml}")
    assert shelf.index().refused == ()
    assert b'<psc:chapter start="00:00:01.000" title="From psc"/>' in shelf.feed()
