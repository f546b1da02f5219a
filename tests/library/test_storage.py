import errno
import os
import threading

import pytest
from library.fake_library import FakeLibrary

from catalogue.errors import ContentError, StaleEdit
from catalogue.library.storage import LocalLibrary


@pytest.fixture(params=["local", "fake"])
def library(request, tmp_path):
    """An empty library of each kind: what is tested with it is the port's promise."""
    return LocalLibrary(tmp_path) if request.param == "local" else FakeLibrary()


@pytest.fixture
def root(tmp_path):
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


def paths(library):
    return [file.path for file in library.list()]


# What every storage promises.


def test_what_was_written_is_read_back(library):
    written = library.replace("110/episode.md", "Notes – ñ".encode())
    assert library.read_bytes("110/episode.md", limit_bytes=100).decode() == "Notes – ñ"
    assert library.stat("110/episode.md") == written == next(library.list())
    with library.open("110/episode.md") as file:
        assert library.local_path("110/episode.md").read_bytes() == file.read()


def test_files_come_in_natural_order(library):
    for path in ("10.mp3", "b/1.mp3", "2.mp3", "B.mp3", "a.mp3"):
        library.replace(path, b"")
    assert paths(library) == ["2.mp3", "10.mp3", "a.mp3", "b/1.mp3", "B.mp3"]


def test_hidden_and_unfinished_files_are_passed_over(library):
    for path in (".DS_Store", "a.mp3.part", "a.TMP", "a.md~", ".git/config", "~$a.docx", "a.mp3"):
        library.replace(path, b"")
    assert paths(library) == ["a.mp3"]
    assert library.skipped == ()


def test_a_new_version_replaces_the_expected_one(library):
    first = library.replace("note.md", b"one", expected="")
    library.replace("note.md", b"two", expected=first.version)
    assert library.read_bytes("note.md", limit_bytes=3) == b"two"


@pytest.mark.parametrize("expected", ["", "1-2-3"])
def test_a_stale_edit_writes_nothing(library, expected):
    library.replace("note.md", b"theirs, newer")
    with pytest.raises(StaleEdit, match=r"note\.md was changed"):
        library.replace("note.md", b"mine", expected=expected)
    assert library.read_bytes("note.md", limit_bytes=100) == b"theirs, newer"
    assert paths(library) == ["note.md"]


def test_an_edit_of_a_file_that_is_gone_is_stale(library):
    with pytest.raises(StaleEdit):
        library.replace("note.md", b"mine", expected="1-2-3")
    assert library.stat("note.md") is None


def test_reading_stops_at_the_limit(library):
    library.replace("note.md", b"x" * 2049)
    with pytest.raises(ContentError, match=r"note\.md: It is larger than 2 KiB"):
        library.read_bytes("note.md", limit_bytes=2048)


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "", ".", "a//b", "a\0b"])
@pytest.mark.parametrize("deed", ["stat", "open", "local_path"])
def test_a_path_out_of_the_library_is_refused(library, path, deed):
    with pytest.raises(ContentError, match="out of the library"):
        getattr(library, deed)(path)
    with pytest.raises(ContentError, match="out of the library"):
        library.replace(path, b"")


def test_a_missing_file_is_none_or_an_oserror(library):
    assert library.stat("no.mp3") is None
    with pytest.raises(OSError, match=r"no\.mp3"):
        library.open("no.mp3")


def test_the_lock_lets_one_in_at_a_time(library):
    seen = []

    def wait():
        with library.locked(""):
            seen.append("second")

    with library.locked(""):
        other = threading.Thread(target=wait)
        other.start()
        other.join(0.05)
        seen.append("first")
    other.join(5)
    assert seen == ["first", "second"]


def test_the_lock_can_be_taken_again_after_an_error(library):
    with pytest.raises(ValueError, match="mine"), library.locked(""):
        raise ValueError("mine")
    with library.locked(""):
        assert paths(library) == []


# What a folder of this machine adds.


def test_a_missing_root_is_an_error_not_an_empty_library(tmp_path):
    with pytest.raises(FileNotFoundError):
        LocalLibrary(tmp_path / "unmounted").list()


def test_replacing_keeps_the_mode(root):
    (root / "note.md").write_bytes(b"old")
    (root / "note.md").chmod(0o640)
    LocalLibrary(root).replace("note.md", b"new")
    assert (root / "note.md").stat().st_mode & 0o777 == 0o640


def test_replacing_through_a_link_keeps_the_link(root):
    (root / "shared.md").write_bytes(b"old")
    (root / "note.md").symlink_to("shared.md")
    LocalLibrary(root).replace("note.md", b"new")
    assert (root / "note.md").is_symlink()
    assert (root / "shared.md").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.EIO, "not-written"),
    ],
)
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(root, monkeypatch, number, code):
    (root / "note.md").write_bytes(b"old")

    def fail(handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ContentError, match=r"^note\.md: It cannot be written") as caught:
        LocalLibrary(root).replace("note.md", b"new")
    assert caught.value.code == code
    assert {file.name: file.read_bytes() for file in root.iterdir()} == {"note.md": b"old"}


def test_a_library_that_cannot_be_written_gives_no_lock(monkeypatch, root):
    def refuse(*_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ContentError, match="read-only"), LocalLibrary(root).locked(""):
        pass


def test_a_read_only_fake_says_so_too():
    library = FakeLibrary({"note.md": b"old"})
    library.is_read_only = True
    with pytest.raises(ContentError, match="read-only"):
        library.replace("note.md", b"new")
