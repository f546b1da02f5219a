"""Chapters that cannot be true are left out, and it is said."""

from datetime import timedelta

import pytest

from catalogue.domain.media import Chapter
from catalogue.formats.audio.tag_chapters import CHAPTER_LIMIT, check_chapters, read_clock, read_vorbis_chapters


def chapter(seconds: float, title: str = "Title", **more) -> Chapter:
    return Chapter(start=timedelta(seconds=seconds), title=title, **more)


def kept(*chapters: Chapter, duration: float | None = 100) -> list[float]:
    limit = None if duration is None else timedelta(seconds=duration)
    found, remarks = check_chapters(chapters, duration=limit)
    assert bool(remarks) is (len(found) < len(chapters))
    return [each.start.total_seconds() for each in found]


def test_good_chapters_stay_without_a_remark():
    assert kept(chapter(0), chapter(50), chapter(99)) == [0, 50, 99]


def test_a_chapter_beyond_the_end_is_left_out():
    assert kept(chapter(0), chapter(100), chapter(5000)) == [0]
    assert kept(chapter(0), chapter(5000), duration=None) == [0, 5000]


def test_a_chapter_before_or_with_its_predecessor_is_left_out():
    assert kept(chapter(0), chapter(50), chapter(20), chapter(50), chapter(60)) == [0, 50, 60]


def test_a_chapter_needs_a_title_or_a_link():
    assert kept(chapter(0, ""), chapter(1, "", url="https://example.org/")) == [1]


def test_the_remark_counts_what_was_lost():
    _, (remark,) = check_chapters([chapter(0), chapter(500)], duration=timedelta(seconds=9))
    assert (remark.code, remark.message.split(":")[0]) == ("chapters", "1 of 2 chapters in its tags were left out")


@pytest.mark.parametrize(("end", "stays"), [(20, True), (101, True), (10, False), (5, False), (999, False)])
def test_an_end_that_cannot_be_is_dropped_alone(end, stays):
    (found,), _ = check_chapters(
        [chapter(10, end=timedelta(seconds=end))], duration=timedelta(seconds=100)
    )  # fmt: skip
    assert (found.end is not None) is stays


def test_there_are_never_more_than_a_player_can_show():
    assert len(kept(*(chapter(n) for n in range(CHAPTER_LIMIT + 5)), duration=None)) == CHAPTER_LIMIT


@pytest.mark.parametrize("text", ["", "1:2:3", "ten", "00:00", "00:00:00.0.0", "٠٠:٠٠:٠٠"])
def test_a_clock_that_is_none_is_none(text):
    assert read_clock(text) is None


def test_an_unreadable_vorbis_time_is_left_out_and_counted():
    comments = {"chapter000": "ten past", "chapter000name": "A", "chapter001": "00:00:05.000", "chapter001name": "B"}
    found, remarks = check_chapters(read_vorbis_chapters(comments), duration=None)
    assert [each.title for each in found] == ["B"]
    assert len(remarks) == 1
