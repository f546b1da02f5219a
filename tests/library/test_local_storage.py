"""What a folder of this machine adds to what every storage promises."""

import errno
import os
from pathlib import Path

import pytest

from catalogue.errors import ContentError
from catalogue.library.storage import LocalLibrary


@pytest.fixture
def root(tmp_path):
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


@pytest.fixture
def calls(monkeypatch):
    """What reaches the disk, in order: the files and folders that are synced, the names that are given."""
    seen = []
    sync, replace, make = os.fsync, os.replace, os.mkdir

    def synced(handle):
        seen.append(("sync", Path(f"/proc/self/fd/{handle}").readlink().name))
        sync(handle)

    def replaced(source, target, **named):
        seen.append(("name", Path(target).name))
        replace(source, target, **named)

    def made(folder, *rest, **named):
        seen.append(("folder", Path(folder).name))
        make(folder, *rest, **named)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    monkeypatch.setattr(os, "mkdir", made)
    return seen


def test_a_missing_root_is_an_error_not_an_empty_library(tmp_path):
    with pytest.raises(FileNotFoundError):
        LocalLibrary(tmp_path / "unmounted").list()


def test_replacing_keeps_the_mode(root):
    (root / "note.md").write_bytes(b"old")
    (root / "note.md").chmod(0o640)
    LocalLibrary(root).replace("note.md", b"new")
    assert (root / "note.md").stat().st_mode & 0o777 == 0o640


def test_a_name_that_is_a_link_gets_bytes_of_its_own(root):
    (root / "cover.jpg").write_bytes(b"the show's")
    for name in ("linked.jpg", "twice.jpg"):
        (root / name).symlink_to("cover.jpg")
    (root / "broken.jpg").symlink_to("nothing.jpg")
    library = LocalLibrary(root)
    for name in ("linked.jpg", "cover.jpg", "broken.jpg", "missing.jpg"):
        library.unshare(name)
    library.replace("linked.jpg", b"its own")
    assert ((root / "linked.jpg").is_symlink(), (root / "twice.jpg").is_symlink()) == (False, True)
    assert (root / "cover.jpg").read_bytes() == (root / "twice.jpg").read_bytes() == b"the show's"


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


def test_bytes_reach_the_disk_before_their_name_and_the_name_before_the_return(root, calls):
    LocalLibrary(root).replace("110/episode.md", b"new")
    (draft, _), *_ = [(name, deed) for deed, name in calls if name.endswith(".tmp")]
    assert calls == [
        ("folder", "110"),
        ("sync", root.name),
        ("sync", draft),
        ("name", "episode.md"),
        ("sync", "110"),
    ]


def test_a_lock_that_is_never_let_go_is_an_error_not_a_wait_for_ever(root, monkeypatch):
    monkeypatch.setattr("catalogue.library.storage.LOCK_PATIENCE_SECONDS", 0.05)
    first, second = LocalLibrary(root), LocalLibrary(root)
    with (
        first.locked(""),
        pytest.raises(ContentError, match="another program has locked it and does not let go"),
        second.locked(""),
    ):
        pytest.fail("locked twice")
    with second.locked(""):
        assert list(second.list()) == []
