"""A transcript that is corrected keeps every line that nobody changed."""

import pytest

from catalogue.errors import TranscriptError
from catalogue.formats.transcripts.cue_sheets import edit_cue_sheet, read_cue_sheet

VTT = """WEBVTT
Language: en

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 align:start
<v Ana>Hello <i>there</i> &amp; welcome.

NOTE a note of mine

00:03.000 --> 00:04.000
<v Bea>Thank you.
<v Ana>And you.

00:05.000 --> 00:06.000
"""
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\nAna: Hello.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nAna: Bye.\r\n"


def written(tmp_path, text, name):
    file = tmp_path / name
    file.write_bytes(text.encode())
    return str(file), name


def edit(place, speaker, words, *times, rank=0):
    return [place, rank, speaker, words, *times]


def said(sheet):
    return [(cue.speaker, cue.text) for cue in sheet.cues]


def test_only_the_words_of_a_changed_cue_are_written(tmp_path):
    file = written(tmp_path, VTT, "a.vtt")
    assert said(read_cue_sheet(*file)) == [
        ("Ana", "Hello there & welcome."),
        ("Bea", "Thank you."),
        ("Ana", "And you."),
    ]
    edited = edit_cue_sheet(*file, [edit(1, "Bea", "Thanks <3", 3000, 4000)], {})
    assert edited.text == VTT.replace("Thank you.", "Thanks &lt;3")
    assert edited.changed == 1


def test_nothing_changed_is_nothing_written(tmp_path):
    file = written(tmp_path, VTT, "a.vtt")
    edited = edit_cue_sheet(*file, [edit(0, "Ana", "Hello there & welcome.", 1000, 2500)], {})
    assert (edited.text, edited.changed) == (VTT, 0)


def test_a_name_is_replaced_everywhere(tmp_path):
    edited = edit_cue_sheet(*written(tmp_path, VTT, "a.vtt"), [], {"Ana": "Anna B."})
    assert edited.text.count("<v Anna B.>") == 2
    assert "Ana" not in edited.text
    assert "NOTE a note of mine" in edited.text


def test_a_cue_without_words_goes_with_its_times(tmp_path):
    edited = edit_cue_sheet(*written(tmp_path, VTT, "a.vtt"), [edit(0, "Ana", " ", 1000, 2500)], {})
    assert edited.text == VTT.replace(
        "intro\n00:01.000 --> 00:02.500 align:start\n<v Ana>Hello <i>there</i> &amp; welcome.\n\n", ""
    )


def test_subrip_keeps_names_before_colons_and_its_line_ends(tmp_path):
    file = written(tmp_path, SRT, "a.srt")
    assert said(read_cue_sheet(*file)) == [("Ana", "Hello."), ("Ana", "Bye.")]
    assert edit_cue_sheet(*file, [edit(1, "Ana", "Good bye.", 3000, 4000)], {}).text == SRT.replace("Bye.", "Good bye.")


def test_a_name_before_a_colon_stays_one_in_webvtt(tmp_path):
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nAna: Hello.\n\n00:03.000 --> 00:04.000\nAna: Bye.\n"
    file = written(tmp_path, text, "a.vtt")
    assert edit_cue_sheet(*file, [edit(0, "Ana", "Hi.", 1000, 2000)], {}).text == text.replace("Hello.", "Hi.")
    assert "<v Bea>Hello." in edit_cue_sheet(*file, [edit(0, "Bea", "Hello.", 1000, 2000)], {}).text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"segments": [{"startTime": 1, "endTime": 2, "speaker": "Ana", "body": "Hello."}]}'),
        ("a.txt", "Ana: Hello.\n\nAna: Bye.\n"),
        ("a.html", "<p>Hello.</p>"),
    ],
)
def test_other_kinds_are_written_anew_in_their_kind(tmp_path, name, text):
    edited = edit_cue_sheet(*written(tmp_path, text, name), [edit(0, "Ana", "Good day.", 1000, 2000)], {})
    assert said(read_cue_sheet(*written(tmp_path, edited.text, name)))[0][1] == "Good day."


def test_none_left_is_refused(tmp_path):
    file = written(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n", "a.vtt")
    with pytest.raises(TranscriptError, match="No spoken words"):
        edit_cue_sheet(*file, [edit(0, "", "", 1000, 2000)], {})


def test_times_are_written_with_their_settings_and_nothing_else_changes(tmp_path):
    file = written(tmp_path, VTT, "a.vtt")
    edited = edit_cue_sheet(*file, [edit(0, "Ana", "Hello there & welcome.", 1500, 2750)], {})
    new = "00:00:01.500 --> 00:00:02.750 align:start"
    assert edited.text == VTT.replace("00:01.000 --> 00:02.500 align:start", new)


def test_new_cues_stand_behind_theirs(tmp_path):
    file = written(tmp_path, VTT, "a.vtt")
    edited = edit_cue_sheet(*file, [edit(0, "Bea", "Hm.", 2600, 2900, rank=1)], {})
    assert edited.changed == 1
    assert edited.text == VTT.replace("welcome.\n", "welcome.\n\n00:00:02.600 --> 00:00:02.900\n<v Bea>Hm.\n")


def test_between_two_who_speak_in_one_cue_a_third_speaks_in_it(tmp_path):
    file = written(tmp_path, VTT, "a.vtt")
    edited = edit_cue_sheet(*file, [edit(1, "Eva", "Both.", 3000, 4000, rank=1)], {})
    assert edited.text == VTT.replace("you.\n<v Ana>And", "you.\n<v Eva>Both.\n<v Ana>And")


def test_subrip_is_counted_anew_where_a_cue_comes_or_goes(tmp_path):
    file = written(tmp_path, SRT, "a.srt")
    edited = edit_cue_sheet(*file, [edit(0, "", "Hm.", 2000, 2500, rank=1)], {})
    new = "2\r\n00:00:02,000 --> 00:00:02,500\r\nHm.\r\n\r\n3\r\n00:00:03"
    assert edited.text == SRT.replace("2\r\n00:00:03", new)
    assert edit_cue_sheet(*file, [edit(0, "Ana", "", 1000, 2000)], {}).text == (
        "1\r\n00:00:03,000 --> 00:00:04,000\r\nAna: Bye.\r\n"
    )


def test_all_times_move_and_the_words_stay(tmp_path):
    text = VTT.replace("And you.", "And <00:03.500>you.")
    edited = edit_cue_sheet(*written(tmp_path, text, "a.vtt"), [], {}, -500)
    assert edited.changed == 3
    assert "00:00:00.500 --> 00:00:02.000 align:start\n<v Ana>Hello <i>there</i>" in edited.text
    assert "And <00:00:03.000>you." in edited.text and "00:00:04.500 --> 00:00:05.500\n" in edited.text
    json = '{"segments": [{"startTime": 0, "endTime": 2, "body": "Hello."}]}'
    assert '"startTime": 2.0' in edit_cue_sheet(*written(tmp_path, json, "a.json"), [], {}, 2000).text
