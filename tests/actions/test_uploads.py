"""Audio that comes in pieces: it goes on where it stopped, and what is refused leaves nothing."""

import io
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest

from catalogue.actions import uploads as room
from catalogue.actions.upload_names import LONGEST_BYTES, safe_name
from catalogue.actions.uploads import MOST_AT_ONCE, Uploads
from catalogue.errors import Conflict, NotFound, UploadRefused

LIMIT = 1000
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def uploads(tmp_path):
    return Uploads(tmp_path / "uploads", limit_bytes=LIMIT)


def begin(uploads, size=10, name="03 One.mp3", owner="1"):
    return uploads.begin(name, size, show="show", owner=owner)


def take(uploads, upload, content, offset=0):
    return uploads.take(upload, io.BytesIO(content), offset=offset)


def left(uploads):
    return sorted(path.name for path in uploads._folder.rglob("*"))


def test_pieces_are_one_file_in_the_end(uploads):
    upload = begin(uploads)
    assert take(uploads, upload, b"12345") == 5
    again = uploads.find(upload.id, "1")
    assert uploads.offset(again) == 5
    assert take(uploads, again, b"67890", offset=5) == 10
    assert uploads.path(again).read_bytes() == b"1234567890"
    uploads.discard(again)
    assert left(uploads) == []


def test_a_piece_that_does_not_follow_is_told_where_to_go_on(uploads):
    upload = begin(uploads)
    take(uploads, upload, b"12345")
    with pytest.raises(Conflict, match="5 bytes have come"):
        take(uploads, upload, b"0", offset=9)
    assert uploads.offset(upload) == 5


def test_more_than_was_announced_leaves_nothing(uploads):
    with pytest.raises(UploadRefused, match="More came"):
        take(uploads, begin(uploads), b"12345678901")
    assert left(uploads) == []


@pytest.mark.parametrize(("size", "code"), [(0, "upload-empty"), (-1, "upload-empty"), (LIMIT + 1, "upload-too-large")])
def test_a_size_that_cannot_be_is_refused_before_anything_is_sent(uploads, size, code):
    with pytest.raises(UploadRefused) as refused:
        begin(uploads, size)
    assert refused.value.code == code
    assert left(uploads) == []
    assert begin(uploads, LIMIT).size_bytes == LIMIT


def test_a_full_disk_is_said_before_and_half_way(uploads, monkeypatch):
    upload = begin(uploads)

    class Full(io.BytesIO):
        def read(self, _size=-1):
            raise OSError(28, "No space left on device")

    with pytest.raises(UploadRefused, match="not enough room"):
        uploads.take(upload, Full(), offset=0)
    assert left(uploads) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(1, 1, room.RESERVE_BYTES))
    with pytest.raises(UploadRefused, match="not enough room"):
        begin(uploads)


def test_nobody_finds_the_upload_of_another(uploads):
    upload = begin(uploads)
    for upload_id, owner in ((upload.id, "2"), ("../" + upload.id, "1"), ("0" * 32, "1")):
        with pytest.raises(NotFound):
            uploads.find(upload_id, owner)


def test_one_producer_cannot_fill_the_disk_with_beginnings(uploads):
    for number in range(MOST_AT_ONCE):
        begin(uploads, name=f"{number}.mp3")
    with pytest.raises(UploadRefused, match="Wait until one"):
        begin(uploads)
    assert begin(uploads, owner="2")


def test_what_nobody_goes_on_with_is_swept_after_a_day(uploads):
    begin(uploads)
    now = datetime.now(UTC)
    assert uploads.sweep(now) == 0
    assert uploads.sweep(now + timedelta(hours=25)) == 1
    assert left(uploads) == []


def test_what_a_killed_process_was_removing_is_nobody_s_and_goes_soon(uploads, monkeypatch):
    upload = begin(uploads)
    with monkeypatch.context() as killed:
        killed.setattr(shutil, "rmtree", lambda folder, **_: (folder / upload.name).unlink(missing_ok=True))
        uploads.discard(upload)
    assert uploads.of("1") == ()
    with pytest.raises(NotFound):
        uploads.find(upload.id, "1")
    assert begin(uploads) != upload
    assert uploads.sweep(datetime.now(UTC)) == 0
    assert sorted(uploads._folder.iterdir()) == [uploads._own(one.id) for one in uploads.of("1")]


def test_the_same_file_begun_again_is_gone_on_with(uploads):
    upload = begin(uploads)
    take(uploads, upload, b"12345")
    assert begin(uploads) == upload
    assert begin(uploads, size=11) != upload


def test_a_file_that_came_whole_is_taken_without_a_copy(uploads, tmp_path):
    whole = tmp_path / "whole"
    whole.write_bytes(b"12345")
    with uploads.adopted(whole, "One.mp3", show="show", owner="1") as upload:
        whole.unlink()
        assert uploads.path(upload).read_bytes() == b"12345"
    assert uploads.offset(upload) == upload.size_bytes


@pytest.mark.parametrize(
    "name", ["..", "../../x", "a\x00.mp3", "CON", "nul.mp3", "é" * 300 + ".mp3", "\u202eexe.mp3", "", "\ud800", "a/.."]
)
def test_hostile_names_make_a_plain_file(uploads, name):
    upload = begin(uploads, name=name)
    assert uploads.path(upload).resolve().parent.parent == uploads._folder.resolve()
    assert len(safe_name(name).encode()) <= LONGEST_BYTES + 5
    assert not safe_name(name).startswith(".")


def test_sweeping_meets_what_is_ended_meanwhile(uploads, monkeypatch):
    gone = uploads.path(begin(uploads)).parent / "gone"
    monkeypatch.setattr(type(gone), "glob", lambda self, _: iter([gone]))
    assert uploads.sweep(datetime(2026, 1, 1, tzinfo=UTC)) == 0


def test_two_files_of_one_name_and_size_that_come_at_once_are_two(uploads, tmp_path):
    files = tmp_path / "first", tmp_path / "second"
    for file, content in zip(files, (b"12345", b"67890"), strict=True):
        file.write_bytes(content)
    with (
        uploads.adopted(files[0], "One.mp3", show="show", owner="1") as first,
        uploads.adopted(files[1], "One.mp3", show="show", owner="1") as second,
    ):
        assert [uploads.path(one).read_bytes() for one in (first, second)] == [b"12345", b"67890"]
    with uploads.adopted(files[1], "One.mp3", show="show", owner="1") as again:
        assert again in (first, second), "what nobody works on any more is gone on with"
        assert uploads.path(again).read_bytes() == b"67890"


def test_what_one_request_takes_up_no_other_does(uploads):
    upload = begin(uploads)
    with uploads.alone(upload) as held:
        assert held == upload
        with pytest.raises(Conflict, match="Try again"), uploads.alone(upload):
            pass
        uploads.discard(upload)
        with pytest.raises(NotFound), uploads.alone(upload):
            pass
    assert left(uploads) == []
