"""A library goes into an archive and comes out of it elsewhere: the feed is the same to the byte."""

import hashlib
import json
import zipfile

import pytest

from catalogue.actions.archive_reading import read_archive
from catalogue.actions.archive_writing import write_archive
from catalogue.actions.archives import LIST_NAME
from catalogue.domain.links import Links
from catalogue.errors import ConfigError, Conflict, ContentError

LINKS = Links("https://example.org")


@pytest.fixture
def full(shelf):
    """A show with audio whose identities stand in the ledger alone, a note, and what a ledger remembers."""
    shelf.sound("one/audio.mp3", title="One")
    shelf.write("one/episode.md", "---\ntitle: One\npeople: [Ann]\n---\nHello *there*\n")
    shelf.sound("two.mp3", seed=2, title="Two")
    shelf.write("pages/about.md", "---\ntitle: About\n---\nUs\n")
    shelf.index()
    return shelf


@pytest.fixture
def empty(full, tmp_path, box, blank):
    """Another instance, with nothing in it."""
    from actions.conftest import Shelf, _opened

    other = Shelf(tmp_path / "elsewhere", tmp_path / "elsewhere data")
    other.root.mkdir()
    other.now = full.now
    yield from _opened(other, box)


def out(shelf, target, **stated):
    return write_archive(shelf.place, target, **{"show": None, "links": LINKS, "now": shelf.now} | stated)


def back(shelf, target, links=LINKS):
    return read_archive(shelf.place, target, shelf._wishes(), links=links, progress=lambda _done, _total: None)


@pytest.mark.parametrize("name", ["all.zip", "folder"])
def test_an_empty_instance_gives_the_identical_feed(full, empty, tmp_path, name):
    out(full, tmp_path / name)
    done = back(empty, tmp_path / name)
    assert done.is_whole
    assert list(done.feeds.values()) == [True]
    assert empty.feed() == full.feed()
    assert empty.ledger() == full.ledger()
    assert (empty.root / "pages/about.md").exists()


def test_brought_twice_it_changes_nothing(full, empty, tmp_path):
    out(full, tmp_path / "all.zip")
    first = back(empty, tmp_path / "all.zip")
    again = back(empty, tmp_path / "all.zip")
    assert (again.written, again.same, again.is_whole) == (0, first.written, True)


def test_what_is_here_with_other_bytes_is_left_alone_and_named(full, empty, tmp_path):
    out(full, tmp_path / "all.zip")
    empty.write("one/episode.md", "mine")
    done = back(empty, tmp_path / "all.zip")
    assert (done.other, done.is_whole) == (("one/episode.md",), False)
    assert (empty.root / "one/episode.md").read_text() == "mine"


def test_under_another_address_the_feeds_are_not_compared(full, empty, tmp_path):
    out(full, tmp_path / "all.zip")
    assert list(back(empty, tmp_path / "all.zip", Links("https://other.example")).feeds.values()) == [None]


def test_an_archive_is_never_written_over_something(full, tmp_path):
    (tmp_path / "there.zip").write_text("mine")
    with pytest.raises(Conflict):
        out(full, tmp_path / "there.zip")


def tampered(path, change):
    """Write the archive anew, one file's bytes or name changed."""
    with zipfile.ZipFile(path) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    stated = json.loads(files[LIST_NAME])
    change(files, stated)
    files[LIST_NAME] = json.dumps(stated).encode()
    with zipfile.ZipFile(path, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)


def damage(files, _):
    files["two.mp3"] = files["two.mp3"][:-1] + b"!"


def lose(files, _):
    del files["two.mp3"]


def lead_out(files, stated):
    files["../out.mp3"] = b"out"
    stated["files"]["../out.mp3"] = hashlib.sha256(b"out").hexdigest()


def hide(files, stated):
    files[".castalogue.lock"] = b"x"
    stated["files"][".castalogue.lock"] = hashlib.sha256(b"x").hexdigest()


@pytest.mark.parametrize("change", [damage, lose, lead_out, hide])
def test_a_damaged_or_hostile_archive_is_refused(full, empty, tmp_path, change):
    out(full, tmp_path / "all.zip")
    tampered(tmp_path / "all.zip", change)
    with pytest.raises(ContentError):
        back(empty, tmp_path / "all.zip")
    assert not (tmp_path / "out.mp3").exists()
    assert not (empty.root / ".castalogue.lock").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"no archive"])
def test_what_is_no_archive_is_refused(empty, tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(ConfigError):
        back(empty, tmp_path / "x.zip")


def test_episodes_that_a_ledger_here_lacks_never_get_other_guids(full, empty, tmp_path):
    out(full, tmp_path / "first.zip")
    back(empty, tmp_path / "first.zip")
    full.sound("three.mp3", seed=3, title="Three")
    full.index()
    out(full, tmp_path / "later.zip")
    before = empty.ledger()
    with pytest.raises(Conflict, match="lacks episodes"):
        back(empty, tmp_path / "later.zip")
    assert empty.ledger() == before
    assert not (empty.root / "three.mp3").exists()


def test_an_archive_never_lies_in_the_library(full):
    with pytest.raises(Conflict, match="lies in the library"):
        out(full, full.root / "copy")
    assert not (full.root / "copy").exists()


def test_what_is_left_out_of_one_show_s_archive_names_no_other_show(shelf, tmp_path):
    for show in ("mine", "theirs"):
        shelf.write(f"{show}/show.toml", f'title = "{show}"\n')
        shelf.sound(f"{show}/one.mp3", seed=len(show))
        (shelf.root / show / "away.mp3").symlink_to(tmp_path / "away.mp3")
    shelf.index()
    done = out(shelf, tmp_path / "out.zip", show="mine")
    assert [path for path, _ in done.left_out] == ["mine/away.mp3"]
