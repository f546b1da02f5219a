"""`notes.html` beside a note: shown where the note has no text of its own."""

NOTE = "---\ntitle: One\npublished: 2021-10-05\n---\n"


def one(shelf):
    (episode,) = shelf.episodes().values()
    return episode


def test_page_feed_and_search_have_what_the_file_says(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", NOTE)
    shelf.write("one/notes.html", "<table><tr><td>A</td><td>B</td></tr></table><script>no</script>")
    shelf.index()
    assert "<p>A · B</p>" in shelf.feed().decode()
    assert one(shelf).notes == "A · B"


def test_a_text_of_the_note_counts_before_it_and_that_is_told(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", f"{NOTE}Mine\n")
    shelf.write("one/notes.html", "<p>Theirs</p>")
    report = shelf.index()
    assert (one(shelf).notes_html, one(shelf).notes.strip()) == ("", "Mine")
    assert [problem.code for problem in report.problems if "html" in problem.code] == ["html-notes-unused"]


def test_files_beside_one_another_have_it_under_their_name(shelf):
    shelf.sound("03 After.mp3")
    shelf.write("03 After.notes.html", "<p>Theirs</p>")
    shelf.index()
    assert one(shelf).notes == "Theirs"


def test_an_episode_called_notes_has_its_transcript_as_before(shelf):
    shelf.sound("notes.mp3")
    shelf.write("notes.html", "<p>Ann: Hello there</p>")
    shelf.index()
    assert ([each.format for each in one(shelf).transcripts], one(shelf).notes_html) == (["html"], "")
