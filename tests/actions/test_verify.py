"""Every medium read again: what the disk did is named, marked, and not served."""

import os

import pytest

from catalogue.actions.verify import verify_media
from catalogue.domain.links import Links
from catalogue.errors import MediaError, NotFound

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nWords.\n"


@pytest.fixture
def two(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/transcript.en.vtt", VTT)
    shelf.sound("two.mp3", seed=2)
    shelf.index()
    return shelf


def flip(path, at=-100):
    """Change one bit as a disk does: nobody wrote, so size and time stay."""
    times, content = path.stat(), bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def faults(shelf, *names):
    return [(one.code, one.path, one.episode) for one in verify_media(shelf.place, names).faults]


def fetch(shelf, slug, publication=None):
    audio = shelf.episodes()[slug].audio
    return (publication or shelf.publication()).media(audio.sha256, f"{slug}.mp3", shelf.now)


def test_what_is_as_the_ledger_says_has_no_fault(two):
    found, revision = verify_media(two.place), two.place.index.revision()
    files = [two.root / path for path in ("one/audio.mp3", "one/transcript.en.vtt", "two.mp3")]
    assert (found.files, found.size_bytes) == (3, sum(path.stat().st_size for path in files))
    assert (found.faults, two.place.index.revision()) == ((), revision)


def test_a_flipped_bit_is_named_and_not_served_though_size_and_time_are_the_same(two):
    serving = two.publication()
    assert fetch(two, "one", serving).size_bytes
    flip(two.root / "one/audio.mp3")
    assert fetch(two, "one", serving).size_bytes
    assert faults(two) == [("damaged", "one/audio.mp3", "one")]
    serving.refresh(Links("https://example.org"), two.now)
    for publication in (serving, two.publication()):
        with pytest.raises(MediaError):
            fetch(two, "one", publication)
    assert fetch(two, "two").size_bytes


def test_a_mark_outlives_an_index_and_changes_no_feed(two):
    feed, ledger = two.feed(), two.ledger()
    flip(two.root / "one/audio.mp3")
    verify_media(two.place)
    two.write("one/episode.md", "---\ntitle: audio\n---\n")
    two.index()
    two.write("one/episode.md", "")
    assert two.index().refused == ()
    assert (two.ledger(), two.feed()) == (ledger, feed)
    with pytest.raises(MediaError):
        fetch(two, "one")


def test_put_back_from_a_backup_it_is_served_again_once_it_was_verified(two):
    flip(two.root / "two.mp3")
    assert faults(two) == [("damaged", "two.mp3", "two")]
    flip(two.root / "two.mp3")  # back, as `cp -p` does
    assert faults(two) == []
    assert fetch(two, "two").size_bytes


def test_put_back_with_a_new_time_the_next_index_serves_it_again(two):
    content = (two.root / "two.mp3").read_bytes()
    flip(two.root / "two.mp3")
    verify_media(two.place)
    (two.root / "two.mp3").write_bytes(content)
    two.index()
    assert fetch(two, "two").size_bytes


def test_a_truncated_a_missing_and_a_changed_file_are_told_apart(two):
    audio = two.root / "one/audio.mp3"
    audio.write_bytes(audio.read_bytes()[:-1])
    (two.root / "two.mp3").unlink()
    (two.root / "one/transcript.en.vtt").write_text(VTT.replace("Words", "Wards"))
    assert faults(two) == [
        ("truncated", "one/audio.mp3", "one"),
        ("changed", "one/transcript.en.vtt", "one"),
        ("missing", "two.mp3", "two"),
    ]
    size = audio.stat().st_size
    assert f"{size} of {size + 1} bytes" in verify_media(two.place).faults[0].message


def test_the_named_episodes_alone_are_read(two):
    flip(two.root / "one/audio.mp3")
    assert faults(two, "two") == []
    assert faults(two, "two", "one") == [("damaged", "one/audio.mp3", "one")]
    with pytest.raises(NotFound):
        verify_media(two.place, ["three"])


def test_progress_counts_the_files(two):
    steps = []
    verify_media(two.place, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_what_only_the_ledger_knows_is_missing(two, reopened):
    (two.root / "two.mp3").unlink()
    reopened.index(allow_removals=True)
    assert faults(reopened) == [("missing", "two", "two")]
