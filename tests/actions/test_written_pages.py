"""Topic pages and plain pages from the library to what visitors see."""

from catalogue.domain.written_page import PageKind

TOPIC = "---\ntitle: Recurrence\n---\n\n## What is it?\n\nIt comes back.\n"


def codes(report):
    return {problem.code for problem in report.problems if problem.path.startswith("topics/")}


def titles(shelf, kind=PageKind.TOPIC):
    return [page.title for page in shelf.publication().pages().of(kind)]


def test_pages_are_indexed_without_touching_the_ledger(shelf):
    shelf.sound("talk.mp3")
    shelf.index()
    ledger = (shelf.root / "ledger.jsonl").read_bytes()
    shelf.write("topics/recurrence.md", TOPIC)
    shelf.write("pages/about-us.md", "We are a group.\n")
    report = shelf.index()
    assert (len(report.pages), codes(report)) == (2, set())
    assert (titles(shelf), titles(shelf, PageKind.PLAIN)) == (["Recurrence"], ["About us"])
    assert (shelf.root / "ledger.jsonl").read_bytes() == ledger


def test_a_running_site_sees_that_only_a_page_changed(shelf):
    shelf.sound("talk.mp3")
    file = shelf.write("topics/recurrence.md", TOPIC)
    shelf.index()
    before = shelf.place.index.revision()
    assert len(shelf.index().pages) == 1  # nothing changed
    assert shelf.place.index.revision() == before
    file.write_text(TOPIC.replace("Recurrence", "When it comes back"))
    shelf.index()
    assert shelf.place.index.revision() == before + 1
    assert titles(shelf) == ["When it comes back"]
    file.unlink()
    shelf.index()
    assert titles(shelf) == []


def test_a_broken_page_is_named_with_its_line_and_stays_as_it_was(shelf):
    shelf.sound("talk.mp3")
    file = shelf.write("topics/recurrence.md", TOPIC)
    shelf.write("topics/other.md", "Words\n")
    shelf.index()
    file.write_text("---\ntitel: X\n---\n")
    (problem,) = shelf.index().refused
    assert (problem.path, problem.line, problem.code) == ("topics/recurrence.md", 2, "unknown-key")
    assert titles(shelf) == ["Other", "Recurrence"]
    assert shelf.index().refused == (problem,)


def test_a_page_that_cannot_be_seen_just_now_is_not_one_that_was_removed(shelf, tmp_path):
    shelf.sound("talk.mp3")
    file = shelf.write("topics/recurrence.md", TOPIC)
    shelf.index()
    file.rename(tmp_path / "outside")
    file.symlink_to(tmp_path / "outside")
    assert codes(shelf.index()) == {"skipped"}
    assert titles(shelf) == ["Recurrence"]


def test_what_never_was_a_page_keeps_no_other_back(shelf, tmp_path):
    shelf.sound("talk.mp3")
    shelf.write("topics/recurrence.md", TOPIC)
    shelf.index()
    (shelf.root / "topics" / "new.md").symlink_to(tmp_path / "nowhere")
    shelf.write("topics/other.md", "Words\n")
    assert codes(shelf.index()) == {"skipped"}
    assert titles(shelf) == ["Other", "Recurrence"]


def test_a_broken_translation_is_named_and_stays_as_it_was(shelf):
    shelf.sound("talk.mp3")
    shelf.write("topics/recurrence.md", TOPIC)
    file = shelf.write("topics/recurrence.es.md", "---\ntitle: Recaída\n---\n")
    shelf.index()
    for broken in ("---\ntitel: X\n---\n", "---\ntitle: X\n"):
        file.write_text(broken)
        (problem,) = shelf.index().refused
        assert problem.path == "topics/recurrence.es.md"
        (page,) = shelf.publication().pages().pages
        assert page.said_in("es").title == "Recaída"


def test_a_translation_of_nothing_is_a_page_that_is_named(shelf):
    shelf.sound("talk.mp3")
    shelf.write("topics/recurence.es.md", TOPIC)
    (problem,) = (one for one in shelf.index().problems if one.path.startswith("topics/"))
    assert problem.message.startswith("There is no topics/recurence.md that it would translate")
    assert titles(shelf) == ["Recurrence"]


def test_what_a_page_names_and_is_not_there_is_told_with_its_line(shelf):
    shelf.sound("talk.mp3")
    shelf.write("hidden.md", "---\ndraft: yes\n---\n")
    page = (
        "---\nepisodes: [talk, gone]\n---\n![a](episode:hidden)\n\n![b](episode:talk#t=9:99)\n\n![c](episode:no/talk)\n"
    )
    shelf.write("topics/recurrence.md", page)
    problems = [one for one in shelf.index().problems if one.path.startswith("topics/")]
    assert [(one.line, one.code) for one in problems] == [
        (2, "unknown-episode"), (4, "hidden-episode"), (6, "no-moment"), (8, "unknown-episode"),
    ]  # fmt: skip
    assert [(one.line, one.code) for one in shelf.index().problems if one.path.startswith("topics/")] == [
        (one.line, one.code) for one in problems
    ]


def test_a_moment_after_the_end_or_among_other_words_is_told(shelf):
    shelf.sound("talk.mp3")
    shelf.write("topics/recurrence.md", "![a](episode:talk#t=9:00:00)\n\nHear ![b](episode:talk#t=0) here.\n")
    problems = [one for one in shelf.index().problems if one.path.startswith("topics/")]
    assert [(one.line, one.code) for one in problems] == [(1, "moment-beyond"), (3, "moment-in-line")]
    assert "The episode ends before this moment: 'episode:talk#t=9:00:00'." in problems[0].message
    assert problems[1].message.startswith("'episode:talk#t=0' stands among other words")


def test_what_show_notes_embed_is_looked_for_in_their_own_show(shelf):
    shelf.sound("talk.mp3")
    note = shelf.write("talk.md", "Hello.\n\n![a](episode:talk#t=1)\n\n![b](episode:nowhere)\n")
    problem = next(one for one in shelf.index().problems if one.code == "unknown-episode")
    assert (problem.path, problem.line) == ("talk.md", 5)
    shelf.later(seconds=10)
    note.write_text("Hello.\n\n![a](episode:talk#t=1)\n")
    shelf.write("talk.es.md", "![c](episode:ninguno)\n")
    (problem,) = (one for one in shelf.index().problems if one.code == "unknown-episode")
    assert (problem.path, problem.line) == ("talk.es.md", 1)
    assert b"/talk/?t=1" in shelf.feed()


def test_the_pages_are_there_in_a_database_that_is_made_anew(shelf, reopened):
    shelf.sound("talk.mp3")
    shelf.write("topics/recurrence.md", TOPIC)
    shelf.index()
    assert reopened.publication().pages().pages == ()
    reopened.index()
    assert titles(reopened) == ["Recurrence"]


def test_what_a_translation_names_in_vain_is_told_of_its_own_file(shelf):
    shelf.sound("talk.mp3")
    shelf.write("topics/recurrence.md", TOPIC)
    shelf.write("topics/recurrence.pt-br.md", "---\ntitle: R\nepisodes: nada\n---\n![a](episode:nada#t=1)\n")
    problems = [one for one in shelf.index().problems if one.code == "unknown-episode"]
    assert {one.path for one in problems} == {"topics/recurrence.pt-br.md"}
    assert [one.line for one in problems] == [3, 5]
