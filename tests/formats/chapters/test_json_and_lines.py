"""Chapter files, and chapters written as a line."""

import json
from datetime import timedelta

import pytest

from catalogue.domain.media import Chapter
from catalogue.errors import ChaptersError, ContentErrors
from catalogue.formats.chapters import read_chapter_line, read_chapters

PATH = "110-meet/chapters.json"


def read(*chapters):
    return read_chapters(json.dumps({"version": "1.2.0", "chapters": chapters}).encode(), PATH)


def seconds(number):
    return timedelta(seconds=number)


def test_a_chapter_keeps_all_we_have_a_place_for():
    entry = {"startTime": 1.5, "endTime": 9, "title": "Hope", "url": "https://e.org/", "img": "https://e.org/a.jpg"}
    assert read(entry | {"location": {"name": "x"}}) == (
        Chapter(
            start=seconds(1.5), end=seconds(9), title="Hope", url="https://e.org/", image_url="https://e.org/a.jpg"
        ),
    )


def test_chapters_come_in_the_order_of_their_times():
    titles = [one.title for one in read({"startTime": 60, "title": "b"}, {"startTime": 0, "title": "a"})]
    assert titles == ["a", "b"]


def test_a_chapter_out_of_the_table_of_contents_is_not_listed():
    assert [one.is_listed for one in read({"startTime": 0, "title": "a", "toc": False})] == [False]


def test_a_chapter_without_a_title_only_changes_the_picture():
    assert [one.is_listed for one in read({"startTime": 0, "img": "https://e.org/a.jpg"})] == [False]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/a", "", 7, None, 'https://e.org/"x'])
def test_only_addresses_of_the_web_are_kept(url):
    assert read({"startTime": 0, "title": "a", "url": url})[0].url is None


def test_a_title_is_one_clean_line():
    assert read({"startTime": 0, "title": " a\n\tb\x00\ud800 "})[0].title == "a b"


def test_a_file_without_chapters_has_none():
    assert read() == ()


def test_all_wrong_chapters_are_named_each_with_its_line():
    content = b"""{"version": "1.2.0", "chapters": [
      {"startTime": "4:12", "title": "a"},
      {"startTime": 3, "title": "good"},

      {"title": "c"},
      {"startTime": 9, "endTime": 3, "title": "d"}]}"""
    with pytest.raises(ContentErrors) as caught:
        read_chapters(content, PATH)
    assert [(error.line, error.params["number"]) for error in caught.value.errors] == [(2, 1), (5, 3), (6, 4)]
    assert f"{PATH}, line 2: Chapter 1: its `startTime` is no number. Write seconds" in str(caught.value)


@pytest.mark.parametrize(
    "start", [True, "1", [], -1, 1e300, float("nan"), float("inf"), pytest.param(10**400, id="huge")]
)
def test_a_start_that_is_no_moment_is_refused(start):
    with pytest.raises(ContentErrors):
        read({"startTime": start, "title": "a"})


@pytest.mark.parametrize("entry", [7, None, "4:12 Hope", [], {"startTime": 0, "title": 7}])
def test_a_chapter_of_another_shape_is_refused(entry):
    with pytest.raises(ContentErrors):
        read(entry)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty"),
        (b"<html></html>", "line 1: This is not JSON"),
        (b'{"version": "1.2.0",\n "chapters": [{"startTime"', "line 2: This is not JSON"),
        (b"[]", "no list of chapters"),
        (b'{"chapters": {}}', "no list of chapters"),
        (b'{"chapters":\n[{"startTime": 0, "title": "caf\xe9"}]}', "line 2: The text is not UTF-8"),
    ],
)
def test_what_is_no_chapter_file_is_refused(content, reason):
    with pytest.raises(ChaptersError, match=reason):
        read_chapters(content, PATH)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"chapters":' + b"[" * 100_000,
        b'{"chapters":[{"startTime":' + b"1" * 5000 + b"}]}",
        b'{"chapters":[' + b"{}," * 5000 + b"{}]}",
        b" " * 2_000_000,
    ],
    ids=["nested", "nested-inside", "digits", "many", "large"],
)
def test_a_hostile_file_is_refused(content):
    with pytest.raises(ChaptersError):
        read_chapters(content, PATH)


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_file(coding):
    text = '{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Años"}]}'
    assert read_chapters(text.encode(coding), PATH)[0].title == "Años"


@pytest.mark.parametrize(
    ("line", "start", "title"),
    [
        ("4:12 Losing someone", 252, "Losing someone"),
        ("1:02:03 Losing someone", 3723, "Losing someone"),
        ("00:00:00 Welcome", 0, "Welcome"),
        ("[75:30] Late", 4530, "Late"),
        ("(0:05.5) - Él: sí", 5.5, "Él: sí"),
        ("4:12 – 2 of us", 252, "2 of us"),
    ],
)
def test_a_line_gives_time_and_title(line, start, title):
    assert read_chapter_line(line, "episode.md") == Chapter(start=seconds(start), title=title)


@pytest.mark.parametrize(
    "line", ["", "4:12", "Losing someone", "4:62 a", "1:75:00 a", "4 a", "1" * 10_000, " " * 10_000]
)
def test_a_line_that_is_no_chapter_is_named(line):
    with pytest.raises(ChaptersError, match=r"episode\.md, line 7: .* such as 4:12"):
        read_chapter_line(line, "episode.md", 7)
