"""`plan` says what an index would do, and does none of it."""

from catalogue.domain.plan import Change


def changes(report):
    return {one.episode.slug: one.change for show in report.shows for one in show.episodes}


def everything(shelf):
    """All bytes of library and index."""
    files = {path: path.read_bytes() for path in sorted(shelf.root.rglob("*")) if path.is_file()}
    return files, shelf.place.index.revision(), shelf.place.index.files(), shelf.place.index.problems()


def test_a_plan_says_what_the_index_then_does(shelf):
    shelf.sound("one.mp3", title="One")
    shelf.sound("two.mp3", seed=2)
    shelf.index()
    shelf.sound("one.mp3", title="Better")
    (shelf.root / "two.mp3").unlink()
    shelf.sound("three.mp3", seed=3)
    shelf.write("broken.mp3", "no audio")
    planned, done = shelf.plan(), shelf.index()
    assert changes(planned) == changes(done)
    assert planned.problems == done.problems


def test_a_plan_changes_neither_library_nor_index(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    shelf.sound("two.mp3", seed=2)
    shelf.write("page.mp3", "<html>")
    before = everything(shelf)
    shelf.plan()
    assert everything(shelf) == before


def test_counts_say_how_many_of_each_kind(shelf):
    shelf.sound("one.mp3")
    shelf.sound("two.mp3", seed=2)
    report = shelf.plan()
    assert report.counts["new"] == 2
    assert Change.SAME.value not in report.counts
    shelf.index()
    assert set(shelf.plan().counts.values()) == {0}
