import io
import os
import threading

import pytest

from catalogue.library.durable import hold_lock, is_leftover, sweep_leftover, write_durably

LEFT = ".castalogue-0123456789abcdef.tmp"


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


def test_only_names_that_writing_gives_are_leftovers():
    assert is_leftover(LEFT) and is_leftover(".castalogue.lock")
    assert not any(map(is_leftover, ("notes.tmp", ".castalogue-mine.tmp", ".castalogue", f"{LEFT}.mp3")))


def test_what_a_killed_writer_left_is_swept_once_it_is_old(tmp_path):
    (tmp_path / LEFT).write_bytes(b"half")
    written_at = (tmp_path / LEFT).stat().st_mtime
    assert not sweep_leftover(tmp_path / LEFT, before=written_at)
    assert sweep_leftover(tmp_path / LEFT, before=written_at + 1)
    assert not any(tmp_path.iterdir())


def test_what_a_living_writer_holds_is_left_to_it_however_old(tmp_path):
    def sweep():
        for temporary in tmp_path.glob(".castalogue-*"):
            assert not sweep_leftover(temporary, before=float("inf"))

    class Slow(io.BytesIO):
        def read(self, size=-1):
            sweep()
            return super().read(size)

    write(tmp_path / "audio.mp3", Slow(b"sound"))
    with hold_lock(tmp_path / ".castalogue.lock", patience_seconds=30):
        sweep()
    assert [file.name for file in tmp_path.iterdir()] == ["audio.mp3"]


def test_a_link_or_a_folder_of_that_name_is_not_swept(tmp_path):
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / LEFT).symlink_to(tmp_path / "precious")
    (tmp_path / ".castalogue.lock").mkdir()
    assert not any(sweep_leftover(tmp_path / name, before=float("inf")) for name in (LEFT, ".castalogue.lock", "gone"))
    assert len(list(tmp_path.iterdir())) == 3
