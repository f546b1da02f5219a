"""What a conversion leaves out is said, what it cannot do honestly is refused."""

from datetime import timedelta

import pytest

from catalogue.actions.chapter_forms import render_chapters_as
from catalogue.actions.transcript_forms import render_transcript_as
from catalogue.domain.media import Chapter, Cue
from catalogue.errors import ChaptersError, TranscriptError


def seconds(number):
    return None if number is None else timedelta(seconds=number)


def chapter(start, title, end=None, **more):
    return Chapter(start=seconds(start), title=title, end=seconds(end), **more)


def cue(start, text, end=None, speaker=None):
    return Cue(start=seconds(start), text=text, end=seconds(end), speaker=speaker)


CHAPTERS = (
    chapter(0, "Hello", 4, url="https://e.org/?a&b", image_url="https://e.org/a.jpg"),
    chapter(2, "", is_listed=False, image_url="https://e.org/b.jpg"),
    chapter(3723.5, "Part <two>"),
)


def test_a_list_for_the_notes_begins_at_nought_and_has_hours():
    content, remarks = render_chapters_as(CHAPTERS, "text", path="a")
    assert content.decode() == "00:00:00 Hello\n01:02:03 Part <two>\n"
    assert remarks == (
        "Left out, as text has no place for it: silent chapters (1), ends (1), links (1), pictures (1), "
        "parts of a second (1).",
    )


def test_podlove_chapters_are_a_line_each():
    content, remarks = render_chapters_as(CHAPTERS, "psc", path="a")
    assert content.decode().splitlines()[2:] == [
        '<psc:chapter start="00:00:00.000" title="Hello" href="https://e.org/?a&amp;b" image="https://e.org/a.jpg"/>',
        '<psc:chapter start="01:02:03.500" title="Part &lt;two&gt;"/>',
        "</psc:chapters>",
    ]
    assert remarks == ("Left out, as psc has no place for it: silent chapters (1), ends (1).",)


def test_webvtt_chapters_end_where_the_next_begins_and_the_last_with_the_audio():
    content, _ = render_chapters_as(
        (chapter(0, "One"), chapter(5, "Two"), chapter(5, "Three")), "vtt", path="a", length=seconds(9)
    )
    assert [line for line in content.decode().splitlines() if "-->" in line] == [
        "00:00:00.000 --> 00:00:05.000",
        "00:00:05.000 --> 00:00:05.001",
        "00:00:05.000 --> 00:00:09.000",
    ]


@pytest.mark.parametrize("length", [None, 3])
def test_webvtt_chapters_of_unknown_length_are_refused(length):
    with pytest.raises(ChaptersError, match=r"a\.psc: The last chapter has no end.*--length 1:02:03"):
        render_chapters_as((chapter(5, "One"),), "vtt", path="a.psc", length=seconds(length))


@pytest.mark.parametrize("chapters", [(), (chapter(0, "", is_listed=False),)])
def test_nothing_to_write_is_refused(chapters):
    with pytest.raises(ChaptersError, match=r"no chapters that \.psc could hold"):
        render_chapters_as(chapters, "psc", path="a")


def test_json_leaves_nothing_out():
    assert render_chapters_as(CHAPTERS, "json", path="a")[1] == ()


def test_captions_have_voices_or_names():
    cues = (cue(0, "One --> two & <three>", 1.5, "Ana"), cue(1.5, "Oh", 2))
    vtt, _ = render_transcript_as(cues, "vtt", path="a", language="es")
    srt, remarks = render_transcript_as(cues, "srt", path="a")
    assert vtt.decode().startswith(
        "WEBVTT\nLanguage: es\n\n00:00:00.000 --> 00:00:01.500\n<v Ana>One --&gt; two &amp; &lt;three&gt;\n\n"
    )
    assert srt.decode().endswith("\n2\n00:00:01,500 --> 00:00:02,000\nOh\n")
    assert remarks == ("Speakers stand as names before their words, as srt has no other place for them.",)


def test_lines_of_captions_are_short():
    words = " ".join(["words"] * 40)
    for form, width in (("vtt", 65), ("srt", 32)):
        content, _ = render_transcript_as((cue(0, words, 9),), form, path="a")
        assert max(map(len, content.decode().splitlines())) <= width


def test_cues_without_ends_end_where_a_later_one_begins():
    cues = (cue(0, "a"), cue(0, "b"), cue(4, "c", 5), cue(6, "w" * 45))
    content, remarks = render_transcript_as(cues, "vtt", path="a", length=seconds(8))
    assert [line[17:] for line in content.decode().splitlines() if "-->" in line] == [
        "00:00:04.000",
        "00:00:04.000",
        "00:00:05.000",
        "00:00:08.000",
    ]
    assert remarks == ("No end was stated for 3 of 4 cues: each now ends where the next begins.",)


def test_the_last_cue_lasts_as_long_as_its_words_where_nobody_knows():
    content, _ = render_transcript_as((cue(6, "w" * 45),), "srt", path="a")
    assert b"00:00:06,000 --> 00:00:09,000" in content


@pytest.mark.parametrize("form", ["vtt", "srt", "json"])
def test_words_without_times_become_no_captions(form):
    with pytest.raises(TranscriptError, match=rf"a\.txt: 1 of its 2 cues have no time, and {form} needs one"):
        render_transcript_as((cue(0, "a"), cue(None, "b")), form, path="a.txt")


def test_what_text_and_html_leave_out_is_said():
    cues = (cue(0, "a", 1),)
    assert render_transcript_as(cues, "txt", path="a")[1] == ("Left out, as txt has no place for it: all times.",)
    assert render_transcript_as(cues, "html", path="a")[1] == (
        "Left out, as html has no place for it: when each cue ends.",
    )


def test_html_keeps_words_apart_from_markup():
    content, _ = render_transcript_as((cue(None, "<b> & c", speaker="A<b>"),), "html", path="a", language="es")
    assert b"<cite>A&lt;b&gt;:</cite>\n<p>&lt;b&gt; &amp; c</p>" in content
    assert b'<html lang="es">' in content
