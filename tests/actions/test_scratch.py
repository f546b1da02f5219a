"""Room for a moment: gone again, and a full disk is said in a sentence."""

import errno
import tempfile

import pytest

from catalogue.actions.scratch import scratch_folder, write_draft
from catalogue.errors import NoRoom


def full():
    return OSError(errno.ENOSPC, "No space left on device")


def test_what_is_written_in_a_scratch_folder_goes_with_it(tmp_path):
    with scratch_folder(tmp_path / "data/uploads") as folder:
        (folder / "a").write_text("x")
    assert list((tmp_path / "data/uploads").iterdir()) == []


def test_a_disk_that_becomes_full_is_named_and_nothing_stays(tmp_path):
    with pytest.raises(NoRoom, match="make room there"), scratch_folder(tmp_path):
        raise full()
    assert list(tmp_path.iterdir()) == []


def test_a_machine_without_a_place_for_temporary_files_is_told_so(monkeypatch):
    def none(**_):
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", none)
    with pytest.raises(NoRoom, match="no room in"), scratch_folder():
        pass


def test_a_file_that_is_missing_in_a_scratch_folder_is_no_lack_of_room(tmp_path):
    with pytest.raises(FileNotFoundError), scratch_folder(tmp_path) as folder:
        (folder / "none").read_text()


def test_a_draft_stays_until_it_is_taken_away_and_half_of_one_does_not(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    draft = write_draft(b"words", ending=".md")
    assert (draft.suffix, draft.read_bytes()) == (".md", b"words")
    draft.unlink()
    monkeypatch.setattr("catalogue.actions.scratch.os.fdopen", lambda *_: (_ for _ in ()).throw(full()))
    with pytest.raises(NoRoom):
        write_draft(b"words", ending=".md")
    assert list(tmp_path.iterdir()) == []
