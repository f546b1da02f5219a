"""Chapter files of every kind: good, of another kind, truncated, empty, hostile."""

from datetime import timedelta

import pytest

from catalogue.domain.media import Chapter
from catalogue.errors import CatalogueError, ChaptersError, ContentErrors
from catalogue.formats.chapters import find_time_list
from catalogue.formats.chapters.reading import read_chapters_file
from catalogue.sandbox import Box

PODLOVE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
  <psc:chapter start="00:04:12.500" title="Él &amp; ella" href="https://e.org/" image="https://e.org/a.jpg"/>
  <psc:chapter start="0:00" title="Hello" href="javascript:alert(1)"/>
</psc:chapters>"""


def chapter(start, title, end=None, **more):
    return Chapter(
        start=timedelta(seconds=start), title=title, end=None if end is None else timedelta(seconds=end), **more
    )


@pytest.fixture
def read(tmp_path):
    def read(name, content):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_chapters_file(str(file), f"110/{name}").chapters

    return read


def test_podlove_chapters_have_links_and_pictures(read):
    assert read("chapters.psc", PODLOVE) == (
        chapter(0, "Hello"),
        chapter(252.5, "Él & ella", url="https://e.org/", image_url="https://e.org/a.jpg"),
    )


@pytest.mark.parametrize(("start", "seconds"), [("7", 7), ("90.25", 90.25), ("4:12", 252), ("1:02:03.5", 3723.5)])
def test_podlove_starts_are_normal_play_time(read, start, seconds):
    assert read("a.psc", f'<chapters><chapter start="{start}" title="a"/></chapters>') == (chapter(seconds, "a"),)


def test_podlove_starts_that_are_no_times_are_all_named(read):
    content = '<chapters>\n<chapter start="soon" title="a"/>\n<chapter title="b"/>\n</chapters>'
    with pytest.raises(ContentErrors) as caught:
        read("a.psc", content)
    assert [error.line for error in caught.value.errors] == [2, 3]
    assert "`soon` is no start. Write it as 01:02:03.500." in str(caught.value)


def test_audacity_labels_have_ends_unless_they_mark_a_point(read):
    text = "0.000000\t4.500000\tHello\n\\\t200.0\t4000.0\n4,5\t4,5\tLater\n9\t9\n"
    assert read("a.chapters.txt", text) == (
        chapter(0, "Hello", 4.5),
        chapter(4.5, "Later"),
        chapter(9, "", is_listed=False),
    )


def test_a_text_is_else_a_list_of_times(read):
    assert read("chapters.txt", "- 0:00 Hello\n\n- [4:12] Later\n") == (chapter(0, "Hello"), chapter(252, "Later"))


@pytest.mark.parametrize("text", ["0:00 Hello\nLater\n\nno time", "0.0\t1.0\tHello\nLater\n\n2.0\t1.0\tBack"])
def test_every_line_that_is_no_chapter_is_named(read, text):
    with pytest.raises(ContentErrors) as caught:
        read("chapters.txt", text)
    assert [error.line for error in caught.value.errors] == [2, 4]


def test_webvtt_cues_are_chapters_and_a_colon_makes_nobody_a_speaker(read):
    text = "WEBVTT\n\n1\n00:00.000 --> 00:04.000\nPart: one\n\n00:04.000 --> 01:00:00.000\nPart: R&amp;D\n"
    assert read("chapters.vtt", text) == (chapter(0, "Part: one", 4), chapter(4, "Part: R&D", 3600))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.psc", "", "The file is empty"),
        ("a.psc", "0:00 Hello", "line 1: This is not XML"),
        ("a.psc", PODLOVE[:200], "line 3: This is not XML"),
        ("a.psc", "<rss/>", "There is no chapter in it"),
        ("a.psc", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "has a DOCTYPE"),
        ("a.psc", f"<a {'x ' * 20_000}/>", "more markup than chapters need"),
        ("a.psc", "<a>" * 20_001, "more markup than chapters need"),
        ("a.psc", "<a>" * 5_000, "This is not XML"),
        ("a.vtt", "0:00 Hello", "line 1: These are not the captions"),
        ("a.vtt", "WEBVTT\n\nsoon --> later\nHello", "without readable times"),
        ("a.txt", "0:00 a\n" * 5001, "more than 5000 chapters"),
        ("a.txt", b"0:00 caf\xe9", "line 1: The text is not UTF-8"),
        ("a.txt", " " * 2_000_000, "larger than 1 MiB"),
        ("a.docx", "0:00 Hello", "not .docx"),
    ],
    ids=range(14),
)
def test_what_is_no_chapter_file_is_refused(read, name, content, reason):
    with pytest.raises(ChaptersError, match=reason):
        read(name, content)


@pytest.mark.parametrize("name", ["a.psc", "a.txt", "a.vtt"])
def test_a_chapter_after_a_month_is_refused(read, name):
    text = {
        "a.psc": '<a><chapter start="9999999" title="a"/></a>',
        "a.txt": "9999999.0\t9999999.0\ta",
        "a.vtt": "WEBVTT\n\n2777:00:00.000 --> 2778:00:00.000\na\n",
    }
    with pytest.raises((ChaptersError, ContentErrors), match="No episode lasts that long"):
        read(name, text[name])


def test_chapters_come_out_of_the_box_as_they_were_read(tmp_path):
    (tmp_path / "a.psc").write_text(PODLOVE, encoding="utf-8")
    with Box(1) as box:
        assert len(box.call(read_chapters_file, str(tmp_path / "a.psc"), "a.psc").chapters) == 2
        with pytest.raises(CatalogueError, match="cannot be opened"):
            box.call(read_chapters_file, str(tmp_path / "none.psc"), "none.psc")


@pytest.mark.parametrize(
    "notes",
    [
        "Hello.\n\n0:00 One\n1:00 Two\n2:00 Three\n\nBye.",
        "- 0:00 One\n- **1:00** Two\n- 2:00 [Three](https://e.org/)",
        "1. 00:00:00 - One\n2. (1:00) Two\n3. 2:00 | *Three*",
        "> * [0:00] One\n> * 1:00: Two\n> * 2:00 Three",
    ],
)
def test_three_rising_times_from_nought_are_chapters_of_the_notes(notes):
    assert find_time_list(notes) == (chapter(0, "One"), chapter(60, "Two"), chapter(120, "Three"))


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "0:00 One\n1:00 Two",
        "10:00 Welcome\n11:00 Talk\n12:30 Lunch",
        "0:00 One\n2:00 Two\n1:00 Three",
        "0:00 One\n1:00\n2:00",
        "- " * 200_000,
        "[" * 200_000,
        "0:00 " + "[a](" * 50_000,
    ],
    ids=range(8),
)
def test_other_times_in_notes_are_no_chapters(notes):
    assert find_time_list(notes) == ()
