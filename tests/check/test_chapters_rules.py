"""What makes a chapters file wrong, and how much it weighs."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from catalogue.check.chapters_rules import flaws_of_chapters

HOUR = timedelta(hours=1)


def flaws(starts, *, duration=HOUR, **document):
    chapters = [{"startTime": start, "title": "Part"} for start in starts]
    content = json.dumps({"version": "1.2.0", "chapters": chapters} | document).encode()
    return [(level.value, message) for message, level in flaws_of_chapters(content, duration=duration)]


def test_three_rising_chapters_from_zero_are_fine():
    assert flaws([0, 10.5, 3000]) == []


def test_chapters_at_the_same_moment_are_fine():
    assert flaws([0, 10, 10, 20]) == []


@pytest.mark.parametrize(
    ("starts", "level", "words"),
    [
        ([0, 20, 10], "error", "Chapter 3 starts before"),
        ([0, 20, 3600], "error", "Chapter 3 starts after the audio"),
        ([0, 20, "30"], "error", "Chapter 3 has no number"),
        ([0, True, 30], "error", "Chapter 2 has no number"),
        ([0, 20, -1], "error", "Chapter 3 has no number"),
        ([0, 20, float("nan")], "error", "Chapter 3 has no number"),
        ([0, 20, 10**400], "error", "Chapter 3 has no number"),
        ([5, 20, 30], "advice", "does not start at 0"),
        ([0, 20], "advice", "from 3 on"),
        (list(range(7)), "advice", "more than 6 chapters an hour"),
        ([], "error", "no list"),
    ],
)
def test_flawed_times_are_named(starts, level, words):
    ((found, message),) = flaws(starts)

    assert found == level
    assert words in message


def test_missing_version_is_an_error():
    assert [level for level, _ in flaws([0, 1, 2], version=None)] == ["error"]


def test_end_is_not_judged_without_a_duration():
    assert flaws([0, 20, 9000], duration=None) == []


def test_six_chapters_are_fine_however_short_the_audio():
    assert flaws(range(6), duration=timedelta(minutes=1)) == []


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"{}", b"\xff", b'{"chapters": {}}', b"[" * 100_000])
def test_what_is_no_chapters_file_is_one_error(content):
    ((_, level),) = flaws_of_chapters(content, duration=HOUR)

    assert level.value == "error"
