"""One file that holds everything, proved before it is there, and brought back only where nothing is."""

import errno
import io
import json
import shutil
import tarfile
from contextlib import closing

import pytest

from catalogue.actions.accounts.server_key import NAME as KEY_NAME
from catalogue.actions.backing_up import back_up
from catalogue.actions.backup_file import MANIFEST_NAME, STORE_NAME
from catalogue.actions.discarding import BIN
from catalogue.actions.open import open_place
from catalogue.actions.restoring import restore_backup
from catalogue.actions.unended_restores import PREFIX
from catalogue.config import Settings
from catalogue.domain.search import Kind
from catalogue.errors import CatalogueError, Conflict, StoreError
from catalogue.library.moves import JOURNAL_NAME, Moves, begin_moves
from catalogue.store.copying import copy_store
from catalogue.store.index import open_index


@pytest.fixture
def kept(shelf, tmp_path):
    """An indexed library with a key, and where its backup goes."""
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", "---\ntitle: One\n---\n")
    shelf.write("Después/nota.md", "---\ndraft: yes\n---\n")
    shelf.write(f"{BIN}/2026-01-02 08.00.00 0a1b2c3d/wrong/episode.md", "Thrown away.\n")
    shelf.write(".gitattributes", "ledger.jsonl merge=union\n")
    shelf.index()
    (shelf.data / KEY_NAME).write_text("a secret that nobody guesses 0123456789")
    (shelf.data / KEY_NAME).chmod(0o600)
    shelf.file = tmp_path / "keep" / "backup.tar"
    shelf.file.parent.mkdir()
    return shelf


@pytest.fixture
def elsewhere(tmp_path, blank):
    """Settings of another place, where nothing is but a database without rows."""
    data = tmp_path / "new/data"
    data.mkdir(parents=True)
    shutil.copy(blank, data)
    return Settings(library=tmp_path / "new/library", data=data, settle_seconds=0, workers=1)


_MADE = {}


@pytest.fixture
def made(request, tmp_path):
    """A backup with a library, made once; each test has a copy of it."""
    if not _MADE:
        kept = request.getfixturevalue("kept")
        back_up(kept.place, kept.file, with_library=True)
        _MADE["bytes"] = kept.file.read_bytes()
    file = tmp_path / "made.tar"
    file.write_bytes(_MADE["bytes"])
    return file


def tree(root):
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def names(path):
    return sorted(one.name for one in path.iterdir())


def test_everything_comes_back_to_the_byte(kept, elsewhere):
    done = back_up(kept.place, kept.file, with_library=True)
    (elsewhere.library.parent / f"{PREFIX}killed").mkdir()  # before it had anything in it
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


def test_nothing_is_brought_back_over_what_is_there(made, elsewhere):
    restore_backup(elsewhere, made)
    before = tree(elsewhere.library)
    empty = elsewhere.model_copy(update={"library": made.parent / "empty"})
    for settings in (elsewhere, empty):
        with pytest.raises(CatalogueError, match=r"not empty|there already"):
            restore_backup(settings, made)
    (elsewhere.data_folder / KEY_NAME).unlink()
    with pytest.raises(StoreError, match="not empty"):
        restore_backup(empty, made)
    assert tree(elsewhere.library) == before
    assert not (made.parent / "empty").exists()


@pytest.mark.parametrize("step", ["copy_store", "fill_search_anew", "fill_written"])
def test_a_database_that_fails_takes_library_and_key_back_and_stays_empty(made, elsewhere, monkeypatch, step):
    def fail(*_):
        raise StoreError("store-write", "The database could not be written.")

    with monkeypatch.context() as disk:
        disk.setattr(f"catalogue.actions.restoring.{step}", fail)
        with pytest.raises(StoreError):
            restore_backup(elsewhere, made)
    assert not elsewhere.library.exists()
    assert not (elsewhere.data_folder / KEY_NAME).exists()
    assert restore_backup(elsewhere, made).tables["episodes"] == 2
    with closing(open_index(elsewhere.store_url)) as index:
        assert len(index.search_keys(Kind.EPISODE, index.shows()[0].show.guid)) == 2


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.7, 0.95])
def test_a_backup_that_was_cut_off_is_refused_whole(made, elsewhere, share):
    end = made.read_bytes().rstrip(b"\0")
    made.write_bytes(end[: int(len(end) * share)])
    with pytest.raises(StoreError):
        restore_backup(elsewhere, made)
    assert names(elsewhere.library.parent) == ["data"]


def test_a_byte_that_changed_is_found(made, elsewhere):
    made.write_bytes(made.read_bytes().replace(b"title: One", b"title: Two"))
    with pytest.raises(StoreError, match="not what it should be"):
        restore_backup(elsewhere, made)
    assert names(elsewhere.library.parent) == ["data"]


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
    assert names(elsewhere.library.parent) == ["data"]


@pytest.mark.parametrize("content", [b"", b"no tar", b"\0" * 20_000])
def test_what_is_no_backup_is_said_to_be_none(tmp_path, elsewhere, content):
    file = tmp_path / "x.tar"
    file.write_bytes(content)
    with pytest.raises(StoreError, match="cannot be read as a backup"):
        restore_backup(elsewhere, file)


def test_a_newer_kind_of_backup_is_named(made, elsewhere):
    made.write_bytes(made.read_bytes().replace(b'"format": 1', b'"format": 2'))
    with pytest.raises(StoreError, match=r"another kind \(2\)"):
        restore_backup(elsewhere, made)


@pytest.mark.postgres
def test_it_goes_from_sqlite_to_postgresql_and_back(kept, elsewhere, emptied_postgres_url):
    done = back_up(kept.place, kept.file)
    moved = elsewhere.model_copy(update={"database_url": emptied_postgres_url})
    assert restore_backup(moved, kept.file).tables == done.tables
    with open_place(moved.model_copy(update={"library": kept.root})) as place:
        assert back_up(place, kept.file.with_name("again.tar")).tables == done.tables
    third = elsewhere.model_copy(update={"data": kept.root.parent / "third"})
    assert restore_backup(third, kept.file.with_name("again.tar")).tables == done.tables


def test_a_library_that_is_a_mounted_disk_is_filled(made, elsewhere, monkeypatch):
    def busy(_folder):
        raise OSError(errno.EBUSY, "Device or resource busy")

    elsewhere.library.mkdir(parents=True)
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.rmdir", busy)
        restore_backup(elsewhere, made)
    assert names(elsewhere.library) == [BIN, ".gitattributes", "Después", "ledger.jsonl", "one", "show.toml"]


def test_what_fails_half_way_leaves_an_empty_folder_empty_and_no_key(made, elsewhere, monkeypatch):
    def fail(*_):
        raise StoreError("store", "The database does not answer.")

    elsewhere.library.mkdir(parents=True)
    monkeypatch.setattr("catalogue.actions.restoring.copy_store", fail)
    with pytest.raises(StoreError):
        restore_backup(elsewhere, made)
    assert names(elsewhere.library) == []
    assert not (elsewhere.data_folder / KEY_NAME).exists()


def test_a_renaming_that_was_killed_is_in_it(kept):
    begin_moves(kept.place.storage, "", Moves(paths={"one": "uno"}))
    back_up(kept.place, kept.file, with_library=True)
    with tarfile.open(kept.file) as tar:
        assert f"library/{JOURNAL_NAME}" in tar.getnames()
