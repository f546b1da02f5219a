"""What files hold is read once, kept batch by batch, and fetched only when asked for."""

from dataclasses import replace
from datetime import timedelta

from catalogue.actions import facts
from catalogue.documents import read_document, render_document
from catalogue.domain.facts import AudioFacts
from catalogue.errors import ContentErrors, NotesError


def counted(shelf, monkeypatch):
    """Count the files that are opened in the box from now on."""
    opened, run = [], shelf.place.box.run

    def count(function, calls):
        listed = list(calls)
        opened.extend(call[1] for call in listed)
        return run(function, listed)

    monkeypatch.setattr(shelf.place.box, "run", count)
    return opened


def test_only_new_and_changed_files_are_opened(shelf, monkeypatch):
    (shelf.root / "artwork.jpg").write_bytes(b"no picture")
    shelf.sound("one.mp3")
    two = shelf.sound("two.mp3", seed=2)
    shelf.index()
    opened = counted(shelf, monkeypatch)
    two.write_bytes(two.read_bytes() + b"more")
    shelf.sound("three.mp3", seed=3)
    shelf.index()
    assert {path for path in opened if path.endswith(".mp3")} == {"two.mp3", "three.mp3"}


def test_a_plan_keeps_nothing_of_what_it_read(shelf):
    shelf.sound("one.mp3")
    shelf.plan()
    assert shelf.place.index.files() == {}


def test_files_that_left_the_library_are_forgotten(shelf):
    path = shelf.sound("one.mp3")
    shelf.index()
    path.unlink()
    shelf.index()
    assert "one.mp3" not in shelf.place.index.files()


def test_what_was_read_is_kept_batch_by_batch(shelf, monkeypatch):
    monkeypatch.setattr(facts, "BATCH", 2)
    saved, save = [], shelf.place.index.save_files
    monkeypatch.setattr(shelf.place.index, "save_files", lambda rows: (saved.append(len(rows)), save(rows)))
    for number in range(5):
        shelf.sound(f"{number}.mp3", seed=number)
    shelf.index()
    assert saved == [2, 2, 1]
    assert len(shelf.episodes()) == 5


def test_every_fault_of_a_file_is_a_problem_of_its_own():
    faults = [NotesError("x", "It is {what}.", path="1/episode.md", line=line, what="odd") for line in (2, 5)]
    problems = facts.problems_of(ContentErrors(tuple(faults)), "elsewhere")
    assert [str(problem) for problem in problems] == [
        "1/episode.md, line 2: It is odd.",
        "1/episode.md, line 5: It is odd.",
    ]


def test_what_a_better_reader_finds_reaches_the_episodes(shelf, monkeypatch):
    shelf.sound("one.mp3")
    with monkeypatch.context() as earlier:
        earlier.setattr(facts, "AUDIO", replace(facts.AUDIO, name="audio-earlier"))
        shelf.index()
        row = shelf.place.index.file("one.mp3")
        poorer = replace(read_document(AudioFacts, row.document), duration=timedelta(hours=1))
        document = render_document(AudioFacts, poorer).decode()
        shelf.place.index.save_files([replace(row, document=document)])
        (shelf.root / "one.md").write_text("A note, so that the episode takes what the poorer reader found.")
        shelf.index()
        assert shelf.episodes()["one"].duration == timedelta(hours=1)
    shelf.index()
    assert shelf.episodes()["one"].duration < timedelta(hours=1)
