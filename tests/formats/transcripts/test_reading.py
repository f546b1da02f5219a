"""Transcripts of every kind: good, of another kind, truncated, empty, hostile."""

import hashlib
import json
from contextlib import suppress
from datetime import timedelta

import pytest

from catalogue.domain.media import Cue
from catalogue.errors import TranscriptError
from catalogue.formats.transcripts import reading as transcripts
from catalogue.formats.transcripts.reading import read_transcript
from catalogue.sandbox import Box

ONE_CUE = "WEBVTT\n\n00:00.000 --> 00:01.000\n"


def cue(text, start=None, end=None, speaker=None):
    moments = (None if moment is None else timedelta(seconds=moment) for moment in (start, end))
    return Cue(text=text, start=next(moments), end=next(moments), speaker=speaker)


@pytest.fixture
def read(tmp_path):
    """Read text or bytes as the transcript of a kind."""

    def read(kind, content):
        file = tmp_path / f"transcript.{kind}"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_transcript(str(file), f"110/transcript.{kind}")

    return read


@pytest.fixture
def cues(read):
    return lambda kind, content: read(kind, content).cues


def test_webvtt_gives_words_times_and_voices(read):
    facts = read(
        "vtt", "WEBVTT - x\nLanguage: en\n\nintro\n00:01.000 --> 00:04.500 align:start\n<v Ann Lee>Hi\nyou</v>\n"
    )
    assert facts.cues == (cue("Hi you", 1, 4.5, "Ann Lee"),)
    assert (facts.format, facts.language, facts.remarks) == ("vtt", "en", ())


def test_the_facts_are_of_the_files_own_bytes(read):
    content = b"Two words"
    facts = read("txt", content)
    assert (facts.sha256, facts.size_bytes) == (hashlib.sha256(content).hexdigest(), 9)


def test_two_voices_in_one_cue_are_two_cues(cues):
    assert cues("vtt", ONE_CUE + "<v Ann>One</v> <v.loud Bob>Two") == (cue("One", 0, 1, "Ann"), cue("Two", 0, 1, "Bob"))


def test_styles_notes_and_markup_are_left_out(cues):
    text = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE a remark\n\n1:00:00.000 --> 1:00:01.000\n"
    assert cues("vtt", text + "<c.red>Fish</c> &amp; <i>&lt;b&gt;</i> <00:01.000>chips") == (
        cue("Fish & <b> chips", 3600, 3601),
    )


def test_a_fraction_of_one_digit_is_a_tenth(cues):
    assert cues("vtt", "WEBVTT\n\n0:00:03.5 --> 0:00:04\nHi") == (cue("Hi", 3.5, 4),)


def test_a_cue_with_unreadable_times_is_named_with_its_line(read):
    facts = read("vtt", ONE_CUE + "good\n\n00:0x --> 00:09\nbroken\n")
    assert facts.cues == (cue("good", 0, 1),)
    assert "left out: line 6" in facts.remarks[0].message


def test_captions_of_which_nothing_can_be_read_say_where(read):
    with pytest.raises(TranscriptError, match=r"110/transcript\.vtt: .*line 3"):
        read("vtt", "WEBVTT\n\n00:0x --> 00:09\nbroken\n")


def test_cues_out_of_order_are_put_in_order_and_said_so(read):
    facts = read("vtt", "WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n")
    assert [one.text for one in facts.cues] == ["a", "b"]
    assert [remark.code for remark in facts.remarks] == ["transcript-order"]


def test_a_cue_that_ends_before_it_starts_has_no_end(cues):
    assert cues("vtt", "WEBVTT\n\n00:05.000 --> 00:02.000\na") == (cue("a", 5),)


def test_subrip_gives_words_and_times(cues):
    text = "1\n00:00:01,000 --> 00:00:02,500\n<b>Hi</b>\n{\\an8}you\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n"
    assert cues("srt", text) == cues("srt", text.replace("\n", "\r\n")) == (cue("Hi you", 1, 2.5), cue("Bye", 3, 4))


def test_subrip_may_lack_numbers_and_have_blank_lines(cues):
    text = "\n\n00:01,000 --> 00:02,000\nIn\n\n1999\n\nmore\n00:03,000 --> 00:04,000\nBye"
    assert cues("srt", text) == (cue("In 1999 more", 1, 2), cue("Bye", 3, 4))


def test_a_broken_cue_of_subrip_does_not_run_into_the_one_before(read):
    facts = read("srt", "1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\n00:00:xx --> 1\nlost\n")
    assert facts.cues == (cue("Hi", 1, 2),)
    assert "line 6" in facts.remarks[0].message


def test_a_repeated_name_before_a_colon_is_the_speaker(cues):
    text = "Ann Lee: Hi\n\nNote: once\n\nAnn Lee: Bye\n\n山田:はい\n\n山田:ええ".replace("田:", "田\uff1a")
    assert [(one.speaker, one.text) for one in cues("txt", text)] == [
        ("Ann Lee", "Hi"),
        (None, "Note: once"),
        ("Ann Lee", "Bye"),
        ("山田", "はい"),
        ("山田", "ええ"),
    ]


def test_plain_text_is_paragraphs(cues):
    assert cues("txt", "One\ntwo\n \n\nThree\n") == (cue("One two"), cue("Three"))


def test_plain_text_without_blank_lines_is_lines(cues):
    assert cues("txt", "One\nTwo\n") == (cue("One"), cue("Two"))


def test_json_gives_words_times_and_speakers(read):
    segment = {"speaker": "Ann", "startTime": 1.5, "endTime": 2, "body": "Hi\n you"}
    facts = read("json", json.dumps({"version": "1.0.0", "language": "es", "segments": [segment]}))
    assert facts.cues == (cue("Hi you", 1.5, 2, "Ann"),)
    assert facts.language == "es"


@pytest.mark.parametrize(
    "segment", [7, {}, {"body": "a"}, {"body": "a", "startTime": "1"}, {"body": "", "startTime": 1}]
)
def test_a_segment_that_cannot_be_used_is_left_out_and_said_so(read, segment):
    facts = read("json", json.dumps({"segments": [{"body": "good", "startTime": 0}, segment]}))
    assert facts.cues == (cue("good", 0),)
    assert facts.remarks[0].message.endswith("left out: 1.")


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"segments": {}}', '{"text": "a", "segments": [{"start": 0, "text": "a"}]}']
)
def test_json_of_another_shape_is_refused(read, text):
    with pytest.raises(TranscriptError, match="no segments with `startTime` and `body`"):
        read("json", text)


def test_html_gives_words_times_and_speakers(read):
    text = (
        '<!DOCTYPE html><html lang="es"><head><title>t</title></head><!-- <p>no</p> -->'
        "<cite>Ann:</cite> <time>1:02</time><p class='a'>Hol&aacute; <b>t&uacute;</b></p><p>Y</p>"
        "<p><cite>Bob</cite> <time>[0:02:03]</time>: 3 &lt; 4</p><script>alert(1)</script>"
    )
    facts = read("html", text)
    assert facts.cues == (cue("Holá tú", 62, None, "Ann"), cue("Y", None, None, "Ann"), cue("3 < 4", 123, None, "Bob"))
    assert facts.language == "es"


def test_html_without_paragraphs_is_lines(cues):
    assert cues("html", "<div>One</div><div>Two<br>three</div>") == (cue("One"), cue("Two"), cue("three"))


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("kind", ["vtt", "srt", "txt"])
def test_a_byte_order_mark_tells_the_encoding(cues, kind, coding):
    text = {"vtt": ONE_CUE, "srt": "1\n00:00,000 --> 00:01,000\n", "txt": ""}[kind] + "Años"
    assert [one.text for one in cues(kind, text.encode(coding))] == ["Años"]


def test_text_that_is_not_utf8_is_named_with_its_line(read):
    with pytest.raises(TranscriptError, match=r"110/transcript\.txt, line 2: The text is not UTF-8"):
        read("txt", "Hello\naños".encode("latin-1"))


def test_control_characters_are_dropped(cues):
    assert cues("txt", "a\x00b\x1b[31m\ufffe\x85c") == (cue("ab[31m c"),)
    assert cues("json", r'{"segments": [{"body": "a\ud800b", "startTime": 0, "speaker": "\u0000"}]}') == (cue("ab", 0),)


@pytest.mark.parametrize(
    ("kind", "text", "mend"),
    [
        ("vtt", "1\n00:00:01,000 --> 00:00:02,000\nHi", "must be WEBVTT"),
        ("srt", ONE_CUE, r"Name the file \.vtt"),
        ("txt", "<!DOCTYPE html><p>Hi", r"Name the file \.html"),
        ("srt", "Just words", "begin with a 1"),
        ("json", "Just words", "not JSON"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_mend(read, kind, text, mend):
    with pytest.raises(TranscriptError, match=mend):
        read(kind, text)


@pytest.mark.parametrize("kind", ["vtt", "srt", "json", "txt", "html"])
@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_an_empty_file_is_refused(read, kind, text):
    with pytest.raises(TranscriptError, match="No spoken words"):
        read(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("vtt", ONE_CUE + "Hi\n\n00:03.000 --"),
        ("srt", "1\n00:00:00,000 --> 00:00:01,000\nHi\n\n2\n00:00:03,000 --"),
        ("html", "<p><time>0:00</time>Hi</p><p"),
    ],
)
def test_a_truncated_file_gives_what_is_whole(cues, kind, text):
    assert cues(kind, text)[0].text == "Hi"


def test_truncated_json_is_refused_with_its_line(read):
    with pytest.raises(TranscriptError, match="line 2: This is not JSON"):
        read("json", '{"version": "1.0.0",\n"segments": [{"body": "Hi", "sta')


def test_a_file_beyond_the_limit_is_refused(read, monkeypatch):
    monkeypatch.setattr(transcripts, "LIMIT_BYTES", 10)
    with pytest.raises(TranscriptError, match="larger than 10 MiB"):
        read("txt", "Eleven bytes")


def test_a_file_that_is_gone_is_named(tmp_path):
    with pytest.raises(TranscriptError, match=r"a\.vtt: It cannot be opened"):
        read_transcript(str(tmp_path / "a.vtt"), "a.vtt")


# Most of these stop one or another parser for minutes (the first two the `srt` package, the tags without end libxml2).
HOSTILE = {
    "blank-lines": "\n" * 20_000,
    "digits": "1" * 10_000,
    "hours": ONE_CUE + "a\n\n" + "1" * 5000 + ":00:00.000 --> 00:00:01.000\nb",
    "voices": ONE_CUE + "<v " * 100_000,
    "voice-classes": ONE_CUE + "<v" + "." * 100_000,
    "voice-blanks": ONE_CUE + "<v" + " " * 100_000,
    "arrows": ONE_CUE + "-->" * 50_000,
    "cues": "WEBVTT\n\n" + "-->\n" * 100_001,
    "blanks": ONE_CUE + " " * 100_000 + "-->x",
    "braces": ONE_CUE + "{\\" * 100_000,
    "references": ONE_CUE + "&#" * 100_000,
    "colons": "a:" * 100_000,
    "brackets": "[" * 100_000,
    "number": '{"segments":[{"body":"x","startTime":' + "1" * 5000 + "}]}",
    "segments": '{"segments":[{"body":"x","startTime":0}' + ",0" * 100_000 + "]}",
    "nested": "<div>" * 50_000 + "<p>a",
    "attributes": "<a " + " ".join(f"x{number}=1" for number in range(50_000)) + "><p>a",
    "attributes-unended": '<a x="<" ' + " ".join(f"x{number}=1" for number in range(50_000)),
    "comments": "<!--" * 100_000,
    "angles": "<" * 100_000,
    "lines": "a\n" * 900_000,
}


@pytest.mark.parametrize("kind", ["vtt", "srt", "json", "txt", "html"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_at_once(read, kind, name):
    text = HOSTILE[name].removeprefix("WEBVTT\n" if kind == "srt" else "")
    with suppress(TranscriptError):
        assert read(kind, text).cues


def test_a_transcript_is_read_in_the_sandbox(tmp_path):
    (tmp_path / "a.srt").write_text("1\n00:00:01,000 --> 00:00:02,500\nHi\n")
    with Box(1) as box:
        assert box.call(read_transcript, str(tmp_path / "a.srt"), "a.srt").cues == (cue("Hi", 1, 2.5),)
