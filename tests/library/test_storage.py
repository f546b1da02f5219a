"""What every library storage promises: the same tests for the folder of this machine and for the fake."""

import errno
import io
import os
import threading
import unicodedata

import pytest
from library.fake_library import FakeLibrary

from catalogue.errors import ContentError, StaleEdit
from catalogue.library.storage import LocalLibrary
from catalogue.ports import size_and_time

# A concurrent reader looks this often, while as many new contents of this size come.
READS = 50
CONTENT_BYTES = 64 * 1024


class Cut(io.BytesIO):
    """A source that breaks off in the middle, as a disk that is unplugged."""

    def read(self, size=-1):
        if size < 0 or self.tell() >= 10:
            raise ConnectionResetError("cut")
        return super().read(10)


@pytest.fixture(params=["local", "fake"])
def library(request, tmp_path):
    """An empty library of each kind."""
    return LocalLibrary(tmp_path) if request.param == "local" else FakeLibrary()


@pytest.fixture
def lose(library, tmp_path):
    """Make a file of the library one that is there but cannot be listed."""
    return library.lose if isinstance(library, FakeLibrary) else lambda path: (tmp_path / path).symlink_to("nowhere")


@pytest.fixture
def protected(library, monkeypatch):
    """The library on a medium that cannot be written."""
    library.replace("note.md", b"old")
    if isinstance(library, FakeLibrary):
        library.is_read_only = True
    else:
        refuse_writing(monkeypatch)
    return library


def refuse_writing(monkeypatch):
    """Root may write everything, so the system itself refuses."""
    opened = os.open

    def read_only(path, flags, *rest, **named):
        if flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return opened(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", read_only)
    monkeypatch.setattr(os, "unlink", lambda path, **_: read_only(path, os.O_RDWR))


def paths(library):
    return [file.path for file in library.list()]


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


def test_what_is_there_and_cannot_be_listed_is_said(library, lose):
    library.replace("one.mp3", b"")
    lose("two.mp3")
    assert paths(library) == ["one.mp3"]
    assert [(row.path, row.is_lost) for row in library.skipped] == [("two.mp3", True)]
    assert library.stat("two.mp3") is None


def test_two_spellings_of_a_name_are_two_files_each_listed_as_it_is_spelled(library):
    names = [unicodedata.normalize(form, "caf\u00e9.mp3") for form in ("NFC", "NFD")]
    for name in names:
        library.replace(name, name.encode())
    assert sorted(paths(library)) == sorted(names)
    assert [library.read_bytes(path, limit_bytes=20) for path in names] == [name.encode() for name in names]


def test_an_open_file_is_copied_in(library):
    library.replace("a/audio.mp3", io.BytesIO(b"sound" * 1000))
    assert library.read_bytes("a/audio.mp3", limit_bytes=5000) == b"sound" * 1000


def test_a_source_that_breaks_off_leaves_the_old_file_and_nothing_else(library):
    library.replace("audio.mp3", b"old")
    with pytest.raises((ContentError, OSError), match="cut"):
        library.replace("audio.mp3", Cut(b"new sound that is longer"))
    assert (paths(library), library.read_bytes("audio.mp3", limit_bytes=3)) == (["audio.mp3"], b"old")


def test_every_write_makes_another_version(library):
    versions = [library.replace("note.md", content).version for content in (b"one", b"two", b"two")]
    assert len(set(versions)) == 3
    assert {size_and_time(version)[0] for version in versions} == {3}


def test_who_reads_while_it_is_replaced_gets_the_old_bytes_to_the_end(library):
    library.replace("note.md", b"old")
    with library.open("note.md") as file:
        library.replace("note.md", b"newer")
        assert file.read() == b"old"


def test_a_reader_beside_a_writer_sees_old_or_new_never_a_mixture(library):
    def write():
        for number in range(1, READS):
            library.replace("note.md", bytes([number % 256]) * CONTENT_BYTES)

    library.replace("note.md", bytes(CONTENT_BYTES))
    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        content = library.read_bytes("note.md", limit_bytes=CONTENT_BYTES)
        assert (len(content), len(set(content))) == (CONTENT_BYTES, 1)
    writer.join()


def test_of_many_who_add_to_a_file_under_its_lock_none_is_lost(library):
    def add():
        with library.locked(""):
            now = library.stat("ledger.jsonl")
            before = library.read_bytes("ledger.jsonl", limit_bytes=100) if now else b""
            library.replace("ledger.jsonl", before + b"x", expected=now.version if now else "")

    threads = [threading.Thread(target=add) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert library.read_bytes("ledger.jsonl", limit_bytes=100) == b"x" * 20


def test_the_lock_of_one_folder_leaves_another_free(library):
    for folder in ("a", "b"):
        library.replace(f"{folder}/show.toml", b"")
    with library.locked("a"), library.locked("b"):
        assert paths(library) == ["a/show.toml", "b/show.toml"]


def test_what_is_removed_is_gone_with_its_empty_folder(library):
    for path in ("a/audio.mp3", "a/episode.md"):
        library.replace(path, b"")
    library.remove("a/episode.md")
    assert paths(library) == ["a/audio.mp3"]
    library.remove("a/audio.mp3")
    library.remove("a/audio.mp3")
    assert (paths(library), library.device("a")) == ([], None)


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", ""])
def test_nothing_out_of_the_library_is_removed(library, path):
    with pytest.raises(ContentError, match="out of the library"):
        library.remove(path)


def test_a_library_that_cannot_be_written_says_so_and_is_read_as_before(protected):
    for write in (lambda: protected.replace("note.md", b"new"), lambda: protected.remove("note.md")):
        with pytest.raises(ContentError, match=r"note\.md: It cannot be written: the library is read-only"):
            write()
    with pytest.raises(ContentError, match="read-only"), protected.locked(""):
        pytest.fail("locked")
    assert protected.read_bytes("note.md", limit_bytes=3) == b"old"


def test_the_disk_of_a_folder_has_a_name_where_there_is_one(library):
    library.replace("a/one.mp3", b"")
    assert library.device("a") == library.device("") is not None
    assert library.device("b") is None


def test_a_file_or_a_folder_moves_with_what_is_in_it(library):
    for path in ("a/audio.mp3", "a/b/notes.md", "c.md"):
        library.replace(path, path.encode())
    library.move("a", "new/place")
    library.move("c.md", "d.md")
    assert paths(library) == ["d.md", "new/place/audio.mp3", "new/place/b/notes.md"]
    assert library.read_bytes("new/place/b/notes.md", limit_bytes=20) == b"a/b/notes.md"


@pytest.mark.parametrize(("path", "to"), [("a", "b"), ("a/audio.mp3", "b/audio.mp3"), ("none", "c")])
def test_nothing_is_moved_over_what_is_there_nor_from_nowhere(library, path, to):
    for one in ("a/audio.mp3", "b/audio.mp3"):
        library.replace(one, one.encode())
    with pytest.raises(ContentError):
        library.move(path, to)
    assert paths(library) == ["a/audio.mp3", "b/audio.mp3"]


@pytest.mark.parametrize(("path", "to"), [("a/audio.mp3", "../x"), ("../x", "y"), ("a", "/tmp/x")])
def test_nothing_is_moved_out_of_the_library_or_in(library, path, to):
    library.replace("a/audio.mp3", b"")
    with pytest.raises(ContentError, match="out of the library"):
        library.move(path, to)
