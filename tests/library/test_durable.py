import os
import threading

import pytest

from catalogue.library.durable import hold_lock, write_durably


def write(path, content):
    write_durably(path, content, check=lambda: None)


def test_missing_folders_are_made(tmp_path):
    write(tmp_path / "a/b/note.md", b"new")
    assert (tmp_path / "a/b/note.md").read_bytes() == b"new"


def test_a_failed_check_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "note.md").write_bytes(b"old")

    def refuse():
        raise LookupError

    with pytest.raises(LookupError):
        write_durably(tmp_path / "note.md", b"new", check=refuse)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"note.md": b"old"}


def test_the_bytes_reach_the_disk_before_the_name(tmp_path, monkeypatch):
    (tmp_path / "note.md").write_bytes(b"old")
    seen, sync = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append((tmp_path / "note.md").read_bytes()), sync(handle)))
    write(tmp_path / "note.md", b"new")
    assert seen == [b"old", b"new"]  # the file under its temporary name, then the folder


def test_a_new_file_obeys_the_umask(tmp_path):
    write(tmp_path / "plain", b"")
    (tmp_path / "usual").write_bytes(b"")
    assert (tmp_path / "plain").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_write_protected_file_is_refused(tmp_path):
    (tmp_path / "note.md").touch(mode=0o400)
    with pytest.raises(PermissionError):
        write(tmp_path / "note.md", b"new")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_a_file_written_by_root_stays_its_owners(tmp_path):
    (tmp_path / "note.md").touch()
    os.chown(tmp_path / "note.md", 1234, 1234)
    write(tmp_path / "note.md", b"new")
    assert (tmp_path / "note.md").stat().st_uid == 1234


def test_a_lock_leaves_no_file_behind(tmp_path):
    with hold_lock(tmp_path / "lock", patience_seconds=30):
        assert (tmp_path / "lock").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_never_held_twice_though_its_file_goes_away(tmp_path):
    holders, most = [], []

    def hold():
        for _ in range(20):
            with hold_lock(tmp_path / "lock", patience_seconds=30):
                holders.append(1)
                most.append(len(holders))
                holders.pop()

    threads = [threading.Thread(target=hold) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (80, 1)


def test_a_lock_is_waited_for_so_long_and_no_longer(tmp_path):
    waited = []
    with (
        hold_lock(tmp_path / "lock", patience_seconds=0),
        pytest.raises(TimeoutError),
        hold_lock(tmp_path / "lock", patience_seconds=1, wait=waited.append),
    ):
        pytest.fail("locked twice")
    assert sum(waited) == pytest.approx(1)
