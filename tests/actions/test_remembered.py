"""What a process remembers of a show holds until somebody writes it."""

from dataclasses import replace

import pytest
from builders import make_ledger_show, make_line

from catalogue.actions.remembered import Remembered
from catalogue.domain.identity import Ledger
from catalogue.errors import LedgerError
from catalogue.library.ledger import render_ledger
from catalogue.ports import LibraryFile


class Once:
    """A storage whose one file can be read once."""

    def __init__(self, content):
        self.contents = [content]

    def read_bytes(self, path, *, limit_bytes):
        return self.contents.pop()


def file(version):
    return LibraryFile(path="ledger.jsonl", size_bytes=version, mtime_ns=1, inode=1)


def ledger(*slugs):
    lines = tuple(make_line(guid=slug, slug=slug, path=slug) for slug in slugs)
    return Ledger(show=make_ledger_show(), episodes=lines)


def test_a_ledger_is_read_once_a_version():
    storage, remembered = Once(render_ledger(ledger("one"))), Remembered()
    first = remembered.read_ledger(storage, file(1))
    assert remembered.read_ledger(storage, file(1)) is first
    storage.contents = [render_ledger(ledger("one", "two"))]
    assert len(remembered.read_ledger(storage, file(2)).episodes) == 2


def test_a_ledger_that_cannot_be_read_is_tried_again():
    storage, remembered = Once(b"<<<<<<<"), Remembered()
    with pytest.raises(LedgerError):
        remembered.read_ledger(storage, file(1))
    storage.contents = [render_ledger(ledger("one"))]
    assert remembered.read_ledger(storage, file(1)) == ledger("one")


def test_lines_are_rendered_as_ever_whatever_was_before():
    remembered, one = Remembered(), ledger("one", "two")
    two = replace(one, episodes=(replace(one.episodes[0], path="moved"), one.episodes[1], make_line(guid="3")))
    for each in (one, two, replace(two, episodes=two.episodes[1:]), one):
        assert remembered.render_ledger("ledger.jsonl", each) == render_ledger(each)


def test_episodes_written_by_another_process_are_read_again(shelf, reopened):
    shelf.sound("one.mp3", seed=1)
    shelf.index()
    other = replace(shelf.place, remembered=Remembered())
    shelf.sound("two.mp3", seed=2)
    mine, shelf.place = shelf.place, other
    shelf.index()
    (row,) = mine.index.shows()
    assert {one.line.slug for one in mine.remembered.episodes(mine.index, row).values()} == {"one", "two"}


def test_what_was_saved_is_remembered_as_the_index_has_it(shelf):
    for number in range(3):
        shelf.sound(f"{number}.mp3", seed=number)
        shelf.index()
    (row,) = shelf.place.index.shows()
    found = Remembered().episodes(shelf.place.index, row)
    assert list(shelf.place.remembered.episodes(shelf.place.index, row).items()) == list(found.items())
