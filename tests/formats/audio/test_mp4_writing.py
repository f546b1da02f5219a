"""Chapters written into MP4 files: what is kept, cut and refused."""

from datetime import timedelta
from pathlib import Path

import pytest
from mutagen.mp4 import MP4, MP4Cover

from catalogue.domain.facts import NewTags
from catalogue.domain.media import Chapter
from catalogue.formats.audio.mp4_writing import MOST_CHAPTERS, find_obstacle, write_mp4
from catalogue.formats.audio.reading import read_audio

DATA = Path(__file__).parents[2] / "data" / "audio"


@pytest.fixture
def copy(tmp_path):
    def copied(name="plain.m4a"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
        return str(tmp_path / name)

    return copied


def tags(*chapters: tuple[float, str]) -> NewTags:
    found = (Chapter(start=timedelta(seconds=start), title=title) for start, title in chapters)
    return NewTags(title="a", chapters=tuple(found))


def chapters_in(file: str) -> list[tuple[float, str]]:
    return [(one.start.total_seconds(), one.title) for one in read_audio(file, "a").chapters]


def test_mutagen_reads_what_was_written(copy):
    file = copy()
    write_mp4(file, tags((0, "Hello"), (0.123456, "Él")), None)
    assert [(one.start, one.title) for one in MP4(file).chapters] == [(0, "Hello"), (0.123456, "Él")]


def test_chapters_that_the_file_has_are_left_where_they_are(copy):
    file = copy("two-kinds-of-chapters.m4a")
    before = read_audio(file, "a")
    write_mp4(file, NewTags(title="a", chapters=before.chapters), None)
    assert read_audio(file, "a").chapters == before.chapters
    assert before.chapters[0].end is not None  # as Nero's never have


def test_other_chapters_take_the_place_of_both_kinds(copy):
    file = copy("two-kinds-of-chapters.m4a")
    write_mp4(file, tags((0, "One")), None)
    assert chapters_in(file) == [(0, "One")]


def test_no_chapters_given_leave_those_that_are_there(copy):
    file = copy("two-kinds-of-chapters.m4a")
    write_mp4(file, tags(), None)
    assert [title for _, title in chapters_in(file)] == ["Welcome", "Überlebende", "Goodbye"]


def test_a_long_title_is_cut_between_two_letters(copy):
    file = copy()
    write_mp4(file, tags((0, "é" * 200)), None)
    assert chapters_in(file) == [(0, "é" * 127)]


def test_more_chapters_than_a_byte_counts_are_left_out(copy):
    file = copy()
    write_mp4(file, tags(*((number / 10_000, f"{number}") for number in range(300))), None)
    assert len(chapters_in(file)) == MOST_CHAPTERS


@pytest.mark.parametrize("mark", [b"moof", b"mvex"])
def test_an_mp4_in_fragments_is_refused_chapters_but_not_tags(copy, mark):
    file = Path(copy())
    content = file.read_bytes()
    at = content.index(b"moov") - 4
    length = int.from_bytes(content[at : at + 4], "big")
    extra = b"\0\0\0\x08" + mark
    if mark == b"mvex":
        content = content[:at] + (length + 8).to_bytes(4, "big") + content[at + 4 : at + length] + extra
        file.write_bytes(content + file.read_bytes()[at + length :])
    else:
        file.write_bytes(content + extra)
    assert "fragments" in (find_obstacle(str(file), tags((0, "One"))) or "")
    assert find_obstacle(str(file), tags()) is None


def test_a_file_near_the_end_of_32_bits_is_refused(copy):
    file = copy()
    assert find_obstacle(file, tags((0, "One"))) is None
    with Path(file).open("r+b") as stream:
        stream.truncate(1 << 32)  # takes no room: it is never written
    assert "too large" in (find_obstacle(file, tags((0, "One"))) or "")


def test_pictures_behind_the_first_stay(copy):
    file = copy()
    movie = MP4(file)
    movie["covr"] = [MP4Cover(b"\xff\xd8front"), MP4Cover(b"\xff\xd8booklet")]
    movie.save()
    write_mp4(file, tags(), b"\xff\xd8new")
    assert [bytes(one) for one in MP4(file)["covr"]] == [b"\xff\xd8new", b"\xff\xd8booklet"]
