"""A picture that was cut off or replaced on the disk is not served, and is made again."""

import io
import os

import pytest
from PIL import Image

from catalogue.actions import served_pictures
from catalogue.actions.served_pictures import ServedPictures
from catalogue.domain.media import COVER, THUMBNAIL
from catalogue.errors import MediaError
from catalogue.formats.pictures.seal import seal

NAME = "a.cover1.jpg"
MADE = seal(bytes(range(256)) * 20)


@pytest.fixture
def path(tmp_path):
    (tmp_path / NAME).write_bytes(MADE)
    return tmp_path / NAME


@pytest.fixture
def looked_through(monkeypatch):
    """What was read from its beginning to its end."""
    paths, check = [], served_pictures._is_ours
    monkeypatch.setattr(served_pictures, "_is_ours", lambda path, size: paths.append(path) or check(path, size))
    return paths


def test_a_picture_is_found_with_its_size_and_time_and_looked_through_once(path, looked_through):
    pictures = ServedPictures(path.parent)
    found = [pictures.find(NAME) for _ in range(100)]
    assert set(found) == {(path, len(MADE), path.stat().st_mtime_ns)}
    assert len(looked_through) == 1


@pytest.mark.parametrize(
    "content", [b"", MADE[:-1], MADE + b" ", MADE[:200], b"\xff\xd8\xff\xe0 another", MADE[:-1] + b"x"]
)
def test_what_is_not_the_picture_that_was_made_is_removed_and_said(path, caplog, content):
    pictures = ServedPictures(path.parent)
    pictures.find(NAME)
    path.write_bytes(content)
    os.utime(path, ns=(1, 1))
    with pytest.raises(MediaError):
        pictures.find(NAME)
    assert not path.exists()
    assert [NAME in record.getMessage() for record in caplog.records] == [True]


def test_no_more_is_read_than_a_picture_can_have(path, monkeypatch):
    monkeypatch.setattr(served_pictures, "LIMIT_BYTES", len(MADE) - 1)
    with pytest.raises(MediaError):
        ServedPictures(path.parent).find(NAME)


@pytest.mark.parametrize("put", [lambda path: path.symlink_to("/etc/passwd"), os.mkfifo], ids=["link", "pipe"])
def test_what_is_no_file_is_neither_followed_nor_waited_for(path, put):
    path.unlink()
    put(path)
    with pytest.raises(MediaError):
        ServedPictures(path.parent).find(NAME)


def test_what_cannot_be_removed_is_named_with_the_mend(path, monkeypatch, caplog):
    def denied(_self):
        raise PermissionError(1, "Operation not permitted")

    path.write_bytes(b"another")
    monkeypatch.setattr(type(path), "unlink", denied)
    with pytest.raises(MediaError):
        ServedPictures(path.parent).find(NAME)
    assert "Delete it" in caplog.text


def test_a_picture_that_is_not_there_is_missing(tmp_path):
    with pytest.raises(MediaError):
        ServedPictures(tmp_path).find(NAME)


@pytest.mark.parametrize("recipe", [COVER, THUMBNAIL])
def test_a_picture_that_was_cut_off_is_made_again_by_the_next_index(shelf, recipe):
    buffer = io.BytesIO()
    Image.new("RGB", (1400, 1400), "#204060").save(buffer, "JPEG")
    (shelf.root / "artwork.jpg").write_bytes(buffer.getvalue())
    shelf.index()
    (artwork,) = {row.show.artwork for row in shelf.place.index.shows()}
    path = shelf.place.derived / f"{artwork.sha256}.{recipe}.jpg"
    made = path.read_bytes()
    path.write_bytes(made[: len(made) // 2])
    with pytest.raises(MediaError):
        shelf.publication().media(artwork.sha256, f"talks.{recipe}.jpg", shelf.now)
    shelf.index()
    assert path.read_bytes() == made
    assert shelf.publication().media(artwork.sha256, f"talks.{recipe}.jpg", shelf.now).size_bytes == len(made)
