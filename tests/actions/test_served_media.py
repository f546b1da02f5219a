"""What is remembered of files between two changes of the index, and when it is asked again."""

from dataclasses import replace

import pytest
from builders import make_audio, make_episode
from shop_window import ShopWindow

from catalogue.errors import MediaError, Moved
from catalogue.store.index import FileRow, Index

OLD, NEW = "a" * 64, "b" * 64
MP3 = "meet-the-husbands.mp3"


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    yield opened
    opened.index.close()


@pytest.fixture
def asked(monkeypatch):
    """The paths that the index was asked for."""
    paths, ask = [], Index.file
    monkeypatch.setattr(Index, "file", lambda self, path: paths.append(path) or ask(self, path))
    return paths


def with_audio(sha256):
    return make_episode(renditions=(make_audio(sha256=sha256),))


def test_a_thousand_listeners_ask_the_index_once(window, asked):
    window.put(with_audio(OLD))
    assert len({window.fetch(OLD, MP3).path for _ in range(1000)}) == 1
    assert len([path for path in asked if path.endswith(".mp3")]) == 1


def test_after_a_change_of_the_index_it_is_asked_again(window, asked):
    window.put(with_audio(OLD))
    window.fetch(OLD, MP3)
    window.put(with_audio(OLD))
    window.fetch(OLD, MP3)
    assert len([path for path in asked if path.endswith(".mp3")]) == 2


def test_a_file_that_was_only_touched_is_found_anew(window):
    window.put(with_audio(OLD))
    known = window.fetch(OLD, MP3)
    path = make_audio().path
    window.index.save_files([FileRow(path=path, version="1000-78-6", kind="audio", document=f'{{"sha256":"{OLD}"}}')])
    assert window.fetch(OLD, MP3) == known
    assert window.publication.media_anew(OLD, MP3, window.now) == replace(known, mtime_ns=78)
    assert window.fetch(OLD, MP3).mtime_ns == 78


def test_other_bytes_found_at_a_path_are_not_remembered_against_it(window):
    window.put(with_audio(OLD))
    rows = [
        FileRow(path=make_audio().path, version="1000-77-5", kind="audio", document=f'{{"sha256":"{sha256}"}}')
        for sha256 in (NEW, OLD)
    ]
    window.index.save_files(rows[:1])
    with pytest.raises(MediaError):
        window.publication.media_anew(OLD, MP3, window.now)
    window.index.save_files(rows[1:])
    assert window.fetch(OLD, MP3).size_bytes == 1000


def test_audio_that_came_back_and_is_missing_is_not_led_to_itself(window):
    for sha256 in (OLD, NEW, OLD):
        window.put(with_audio(sha256))
    window.index.forget_files([make_audio().path])
    window.put(with_audio(OLD), files=())
    with pytest.raises(MediaError):
        window.fetch(OLD, MP3)
    with pytest.raises(Moved):
        window.fetch(NEW, MP3)


def test_the_ending_may_be_written_large(window):
    window.put(with_audio(OLD))
    assert window.fetch(OLD, MP3.upper()).download_name == MP3
