"""One file that holds everything, proved before it is there, and brought back only where nothing is."""

import errno
import io
import json
import os
import tarfile
from contextlib import closing

import pytest

from catalogue.actions.accounts.server_key import NAME as KEY_NAME
from catalogue.actions.backing_up import back_up
from catalogue.actions.backup_file import MANIFEST_NAME, STORE_NAME
from catalogue.actions.open import open_place
from catalogue.actions.restoring import restore_backup
from catalogue.config import Settings
from catalogue.errors import CatalogueError, Conflict, StoreError
from catalogue.store.copying import copy_store
from catalogue.store.index import open_index


@pytest.fixture
def kept(shelf, tmp_path):
    """An indexed library with a key, and where its backup goes."""
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", "---\ntitle: One\n---\n")
    shelf.write("Después/nota.md", "---\ndraft: yes\n---\n")
    shelf.write(".gitattributes", "ledger.jsonl merge=union\n")
    shelf.index()
    (shelf.data / KEY_NAME).write_text("a secret that nobody guesses 0123456789")
    (shelf.data / KEY_NAME).chmod(0o600)
    shelf.file = tmp_path / "keep" / "backup.tar"
    shelf.file.parent.mkdir()
    return shelf


@pytest.fixture
def elsewhere(tmp_path):
    """Settings of another place, where nothing is."""
    return Settings(library=tmp_path / "new/library", data=tmp_path / "new/data", settle_seconds=0, workers=1)


def tree(root):
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def names(path):
    return sorted(one.name for one in path.iterdir())


def test_everything_comes_back_to_the_byte(kept, elsewhere):
    done = back_up(kept.place, kept.file, with_library=True)
    restored = restore_backup(elsewhere, kept.file)
    assert tree(elsewhere.library) == tree(kept.root)
    assert (elsewhere.data_folder / KEY_NAME).read_bytes() == (kept.data / KEY_NAME).read_bytes()
    assert (elsewhere.data_folder / KEY_NAME).stat().st_mode & 0o777 == 0o600
    assert restored.tables == done.tables
    with closing(open_index(elsewhere.store_url)) as index:
        rows = [row for show in index.shows() for row in index.episodes(show.show.guid)]
    assert rows == [row for show in kept.place.index.shows() for row in kept.place.index.episodes(show.show.guid)]
    assert names(elsewhere.library.parent) == ["data", "library"]


def test_the_file_is_its_owner_s_alone_and_nothing_else_is_left(kept):
    done = back_up(kept.place, kept.file)
    assert (kept.file.stat().st_mode & 0o777, names(kept.file.parent)) == (0o600, ["backup.tar"])
    assert (done.files, done.has_key, done.tables["shows"]) == (0, True, 1)
    with tarfile.open(kept.file) as tar:
        assert [(one.name, one.mode) for one in tar][1:] == [(STORE_NAME, 0o600), (KEY_NAME, 0o600)]


def test_what_is_written_meanwhile_is_not_half_in_it(kept, elsewhere, monkeypatch):
    def write_meanwhile(source, target):
        kept.place.index.save_problems([])
        return copy_store(source, target)

    monkeypatch.setattr("catalogue.actions.backing_up.copy_store", write_meanwhile)
    back_up(kept.place, kept.file)
    assert restore_backup(elsewhere, kept.file).tables["problems"] == 0


@pytest.mark.parametrize("where", ["there", "inside"])
def test_a_backup_overwrites_nothing_and_does_not_lie_in_the_library(kept, where):
    target = kept.file if where == "there" else kept.root / "backup.tar"
    kept.file.write_text("mine")
    with pytest.raises(Conflict):
        back_up(kept.place, target)
    assert (kept.file.read_text(), (kept.root / "backup.tar").exists()) == ("mine", False)


@pytest.mark.parametrize("fault", ["full", "differs"])
def test_a_backup_that_fails_leaves_nothing(kept, monkeypatch, fault):
    def fail(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device") if fault == "full" else StoreError("x", "It differs.")

    monkeypatch.setattr("catalogue.actions.backing_up.unpack", fail)
    with pytest.raises(StoreError, match=r"no space left|differs"):
        back_up(kept.place, kept.file)
    assert names(kept.file.parent) == []


def test_nothing_is_brought_back_over_what_is_there(kept, elsewhere):
    back_up(kept.place, kept.file, with_library=True)
    restore_backup(elsewhere, kept.file)
    before = tree(elsewhere.library.parent)
    for settings in (elsewhere, elsewhere.model_copy(update={"library": kept.root.parent / "empty"})):
        with pytest.raises(CatalogueError, match=r"not empty|there already"):
            restore_backup(settings, kept.file)
    (elsewhere.data_folder / KEY_NAME).unlink()
    with pytest.raises(StoreError, match="not empty"):
        restore_backup(elsewhere.model_copy(update={"library": kept.root.parent / "empty"}), kept.file)
    assert {**before, f"data/{KEY_NAME}": 0} == {**tree(elsewhere.library.parent), f"data/{KEY_NAME}": 0}
    assert not (kept.root.parent / "empty").exists()


def test_a_database_that_fails_takes_library_and_key_back(kept, elsewhere, monkeypatch):
    def fail(*_):
        raise StoreError("store-write", "The database could not be written.")

    back_up(kept.place, kept.file, with_library=True)
    monkeypatch.setattr("catalogue.actions.restoring.copy_store", fail)
    with pytest.raises(StoreError):
        restore_backup(elsewhere, kept.file)
    assert not elsewhere.library.exists()
    assert not (elsewhere.data_folder / KEY_NAME).exists()


@pytest.mark.parametrize("at", [0, 100, 0.3, 0.7, -600])
def test_a_backup_that_was_cut_off_is_refused_whole(kept, elsewhere, at):
    back_up(kept.place, kept.file, with_library=True)
    size = kept.file.stat().st_size
    os.truncate(kept.file, int(size * at) if 0 < at < 1 else at if at >= 0 else size + at - 20_000)
    with pytest.raises(StoreError):
        restore_backup(elsewhere, kept.file)
    assert not elsewhere.library.exists()


def test_a_byte_that_changed_is_found(kept, elsewhere):
    back_up(kept.place, kept.file, with_library=True)
    content = kept.file.read_bytes()
    kept.file.write_bytes(content.replace(b"title: One", b"title: Two"))
    with pytest.raises(StoreError, match="not what it should be"):
        restore_backup(elsewhere, kept.file)
    assert not elsewhere.library.exists()


@pytest.mark.parametrize("name", ["../evil", "library/../../evil", "/tmp/evil", "library//x", "other", "library/\0"])
def test_a_backup_that_names_what_none_has_is_refused(tmp_path, elsewhere, name):
    file = tmp_path / "evil.tar"
    member = {"sha256": "0" * 64, "size_bytes": 1, "mtime_ns": 0, "mode": 0o644}
    stated = {"format": 1, "version": "1", "made_at": "", "tables": {}, "members": {STORE_NAME: member, name: member}}
    with tarfile.open(file, "w") as tar:
        content = json.dumps(stated).encode()
        info = tarfile.TarInfo(MANIFEST_NAME)
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
    with pytest.raises(StoreError, match="names a file that no backup has"):
        restore_backup(elsewhere, file)
    assert not elsewhere.library.parent.exists()


@pytest.mark.parametrize("content", [b"", b"no tar", b"\0" * 20_000])
def test_what_is_no_backup_is_said_to_be_none(tmp_path, elsewhere, content):
    file = tmp_path / "x.tar"
    file.write_bytes(content)
    with pytest.raises(StoreError, match="cannot be read as a backup"):
        restore_backup(elsewhere, file)


def test_a_newer_kind_of_backup_is_named(kept, elsewhere):
    back_up(kept.place, kept.file)
    kept.file.write_bytes(kept.file.read_bytes().replace(b'"format": 1', b'"format": 2'))
    with pytest.raises(StoreError, match=r"another kind \(2\)"):
        restore_backup(elsewhere, kept.file)


@pytest.mark.postgres
def test_it_goes_from_sqlite_to_postgresql_and_back(kept, elsewhere, emptied_postgres_url):
    done = back_up(kept.place, kept.file)
    moved = elsewhere.model_copy(update={"database_url": emptied_postgres_url})
    assert restore_backup(moved, kept.file).tables == done.tables
    with open_place(moved.model_copy(update={"library": kept.root})) as place:
        assert back_up(place, kept.file.with_name("again.tar")).tables == done.tables
    third = elsewhere.model_copy(update={"data": kept.root.parent / "third"})
    assert restore_backup(third, kept.file.with_name("again.tar")).tables == done.tables
