"""Chapters and transcripts in another form, as somebody types it."""

import json

import pytest

from catalogue.actions.chapter_forms import FORMS as KNOWN_CHAPTER_FORMS
from catalogue.cli.words import CHAPTER_FORMS, TRANSCRIPT_FORMS
from catalogue.formats.transcripts.writing import FORMS as KNOWN_TRANSCRIPT_FORMS

NOTE = "---\ntitle: One\nlanguage: en\n---\n0:00 Hello\n0:01 Two: more\n0:01.5 Three\n"
VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ana>Hello\n"


@pytest.fixture(scope="module")
def spoken(indexed, tmp_path_factory):
    """A library with one episode that has chapters in its notes, and transcripts in two languages."""
    terminal = type(indexed)(tmp_path_factory.mktemp("spoken"))
    terminal.write("show.toml", (indexed.library / "show.toml").read_text(encoding="utf-8"))
    terminal.sound("one/audio.mp3")
    terminal.write("one/episode.md", NOTE)
    terminal.write("one/transcript.vtt", VTT)
    terminal.write("one/transcript.txt", "Hello")
    terminal.write("one/transcript.es.txt", "Hola")
    assert terminal.type("index").exit_code == 0
    return terminal


def test_the_forms_offered_are_those_there_are():
    assert (set(CHAPTER_FORMS), set(TRANSCRIPT_FORMS)) == (KNOWN_CHAPTER_FORMS.keys(), KNOWN_TRANSCRIPT_FORMS.keys())


def test_chapters_of_an_episode_are_json_unless_asked_otherwise(spoken):
    done = spoken.type("chapters", "one")
    assert [one["title"] for one in json.loads(done.stdout)["chapters"]] == ["Hello", "Two: more", "Three"]
    assert done.stderr == ""


def test_webvtt_chapters_of_an_episode_end_with_its_audio(spoken):
    done = spoken.type("chapters", "one", "--to", "vtt")
    assert "00:00:01.500 --> 00:00:02.0" in done.stdout


def test_what_a_form_has_no_place_for_is_said_on_standard_error(spoken):
    done = spoken.type("chapters", "one", "--to", "text")
    assert done.stdout == "00:00:00 Hello\n00:00:01 Two: more\n00:00:01 Three\n"
    assert done.stderr == "Left out, as text has no place for it: parts of a second (1).\n"


@pytest.mark.parametrize("path", ["one/episode.md", "chapters.txt"])
def test_chapters_of_a_file_need_no_library(spoken, tmp_path, path):
    (tmp_path / "chapters.txt").write_text("0:00 Hello\n", encoding="utf-8")
    file = tmp_path / path if path.endswith("txt") else spoken.library / path
    done = spoken.type("chapters", file, "--to", "psc", CASTALOGUE_LIBRARY=str(tmp_path / "none"))
    assert 'title="Hello"' in done.stdout


def test_chapters_go_into_a_file_whole_or_not_at_all(spoken, tmp_path):
    target = tmp_path / "a.psc"
    assert spoken.type("chapters", "one", "--to", "psc", "-o", target).stdout == ""
    written = target.read_bytes()
    assert spoken.type("chapters", spoken.library / "one/audio.mp3", "--to", "psc", "-o", target).exit_code == 1
    assert target.read_bytes() == written


def test_a_length_that_is_none_is_wrong_usage(spoken):
    assert spoken.type("chapters", "one", "--length", "long").exit_code == 2


def test_the_transcript_is_the_richest_in_the_episodes_language(spoken):
    done = spoken.type("transcript", "one", "--to", "srt")
    assert done.stdout == "1\n00:00:00,000 --> 00:00:01,000\nAna: Hello\n"


def test_a_language_chooses_among_an_episodes_transcripts(spoken):
    assert spoken.type("transcript", "one", "--to", "txt", "--language", "es").stdout == "Hola\n"
    done = spoken.type("transcript", "one", "--language", "fr")
    assert (done.exit_code, done.stderr) == (1, "castalogue: “one” has no transcript in fr. There is: en, es.\n")


def test_words_without_times_are_refused_by_captions(spoken):
    done = spoken.type("transcript", spoken.library / "one/transcript.es.txt", "--to", "vtt")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "1 of its 1 cues have no time" in done.stderr


def test_an_episode_without_a_transcript_is_told_where_it_goes(indexed):
    done = indexed.type("transcript", "110")
    assert done.exit_code == 1
    assert "transcript.vtt" in done.stderr


def test_a_file_of_another_ending_is_refused(spoken, tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert "not .docx" in spoken.type("transcript", tmp_path / "a.docx").stderr


def test_tag_writes_the_audio_and_says_which(terminal):
    terminal.sound("one/audio.mp3", title="Old")
    terminal.write("one/episode.md", NOTE)
    done = terminal.type("tag", "one")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("Tagged: one/audio.mp3.\n")
    again = json.loads(terminal.type("tag", "one", "--json").stdout)
    assert (again["written"], again["lost"], again["refused"]) == ([], [], [])
