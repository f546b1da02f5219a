"""What notes said is kept once, newest first, and forgotten in time, on every kind of index."""

from datetime import timedelta

from builders import NOON

from catalogue.domain.note_history import Hand, NoteText

LONG_AGO = NOON - timedelta(days=900)


def text(content, *, path="a.md", guid="one", show="show", at=NOON, **by):
    by = {"hand": Hand.STUDIO, "who": "Ana \x00 ñ", **by}
    return NoteText(show_guid=show, guid=guid, path=path, content=content.encode(), saved_at=at, **by)


def keep(index, *texts, most=100, since=LONG_AGO):
    index.keep_note_texts(texts, most=most, since=since)


def contents(index, guid="one", show="show"):
    return [one.text.content.decode() for one in index.note_versions(show, guid)]


def test_texts_are_given_back_as_they_were_the_newest_first(index):
    first, second = text("a" * 9999 + "\x00"), text("b", at=NOON + timedelta(microseconds=1), hand=Hand.FILES)
    keep(index, first, second, text("c", guid="two"), text("d", show="other"))
    assert [one.text for one in index.note_versions("show", "one")] == [second, first]
    assert contents(index, "two") == ["c"]
    assert contents(index, show="other") == ["d"]


def test_what_a_note_says_already_is_not_kept_twice(index):
    keep(index, text("a"), text("a"))
    keep(index, text("a"), text("b"), text("a"))
    assert contents(index) == ["a", "b", "a"]


def test_a_file_beside_a_note_has_texts_of_its_own_and_a_note_that_moved_has_not(index):
    keep(index, text("a"), text("a", path="a.vtt"), text("a", path="b/a.md"), text("a", path="a.vtt"), most=1)
    keep(index, text("b", path="b/a.md"), text("b", path="a.vtt"), most=1)
    assert [(one.text.path, one.text.content) for one in index.note_versions("show", "one")] == [
        *(("a.vtt", b"b"), ("b/a.md", b"b"), ("a.md", b"a"))
    ]


def test_the_oldest_are_forgotten(index):
    for word in "abcde":
        keep(index, text(word), most=3)
    assert contents(index) == ["e", "d", "c"]


def test_what_is_too_old_is_forgotten_but_for_the_newest(index):
    keep(index, text("a", at=LONG_AGO), text("b", at=LONG_AGO), since=NOON)
    assert contents(index) == ["b"]
    keep(index, text("c"), since=NOON)
    assert contents(index) == ["c"]


def test_thousands_at_a_time(index):
    keep(index, *(text("a", guid=str(number)) for number in range(1200)))
    assert contents(index, "1199") == ["a"]
