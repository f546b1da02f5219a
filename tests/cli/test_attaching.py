"""Files put beside an episode, what is due, and what a shell completes."""

import json

import click
import pytest

from catalogue.cli import main
from catalogue.cli.options import complete_episode

SRT = "1\n00:00:01,000 --> 00:00:02,000\nAna: How are you?\n\n2\n00:00:02,000 --> 00:00:03,000\nAna: Tell me.\n"


@pytest.fixture
def one(terminal):
    terminal.sound("one/audio.mp3")
    terminal.sound("Two talk.mp3", seed=2)
    terminal.write("one/episode.md", "---\ntitle: One\nreviewed: 2020-01\nnext_review: 2021-01\n---\n")
    assert terminal.type("index").exit_code == 0
    return terminal


def file(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_a_transcript_becomes_webvtt_beside_the_audio(one, tmp_path):
    done = one.type("transcript", "attach", "one", file(tmp_path, "any name.srt", SRT))
    assert (done.exit_code, "Written: one/transcript.vtt." in done.stderr) == (0, True)
    assert (one.library / "one/transcript.vtt").read_text().startswith("WEBVTT")
    assert "How are you?" in one.type("transcript", "one", "--to", "txt").stdout


@pytest.mark.parametrize(("episode", "path"), [("one", "one/transcript.es.vtt"), ("two-talk", "Two talk.es.vtt")])
def test_a_transcript_in_another_language_says_so_in_its_name(one, tmp_path, episode, path):
    done = one.type("transcript", "attach", episode, file(tmp_path, "x.srt", SRT), "--language", "ES")
    assert (done.exit_code, (one.library / path).exists()) == (0, True)


def test_words_without_times_stay_words(one, tmp_path):
    assert one.type("transcript", "attach", "two-talk", file(tmp_path, "x.txt", "Only words.\n")).exit_code == 0
    assert (one.library / "Two talk.txt").read_text() == "Only words.\n"


def test_chapters_become_json_beside_the_audio(one, tmp_path):
    source = file(tmp_path, "x.chapters.txt", "0:00 Begin\n0:01 Middle\n")
    assert one.type("chapters", "attach", "two-talk", source).exit_code == 0
    written = json.loads((one.library / "Two talk.chapters.json").read_text())
    assert [chapter["title"] for chapter in written["chapters"]] == ["Begin", "Middle"]
    assert "Middle" in one.type("chapters", "two-talk", "--to", "text").stdout


def test_chapters_in_the_note_count_and_nothing_is_written(one, tmp_path):
    one.write("one/episode.md", "---\nchapters:\n  - 0:00 Mine\n---\n")
    done = one.type("chapters", "attach", "one", file(tmp_path, "x.chapters.txt", "0:00 Begin\n"))
    assert (done.exit_code, "states chapters, and those count" in done.stderr) == (1, True)
    assert not (one.library / "one/chapters.json").exists()


@pytest.mark.parametrize(
    ("words", "source", "said"),
    [
        (["transcript", "attach", "one"], ("x.srt", "no transcript"), "x.srt"),
        (["transcript", "attach", "nobody"], ("x.srt", SRT), "No episode has"),
        (["transcript", "attach", "one", "--language", "../x"], ("x.srt", SRT), "no language tag"),
        (["chapters", "attach", "one"], ("x.chapters.json", '{"chapters": []}'), "no chapters"),
        (["chapters", "attach", "one"], ("x.chapters.json", "{"), "x.chapters.json"),
    ],
)
def test_what_cannot_be_attached_leaves_nothing(one, tmp_path, words, source, said):
    before = sorted(one.library.rglob("*"))
    done = one.type(*words[:3], file(tmp_path, *source), *words[3:])
    assert (done.exit_code, said in done.stderr, sorted(one.library.rglob("*"))) == (1, True, before)


def test_due_lists_what_is_overdue(one):
    one.write("two/episode.md", "---\ntitle: Later\nnext_review: 2999-01\nreviewed: 2020-01\n---\n")
    one.write("three/episode.md", "---\ntitle: Undated\nreviewed: 2020-01\nreviewed_by: Dr. Example\n---\n")
    assert one.type("index").exit_code == 0
    done = one.type("due")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "2021-01     overdue   one  One",
        "2020-01     undated   three  Undated (Dr. Example)",
    ]
    assert [row["path"] for row in json.loads(one.type("due", "--days", "36500", "--json").stdout)] == ["one", "three"]


@pytest.mark.parametrize(
    ("shell", "said"), [("bash", "complete -o nosort"), ("zsh", "#compdef"), ("fish", "complete ")]
)
def test_completion_is_for_each_shell(terminal, shell, said):
    done = terminal.type("completion", shell)
    assert (done.exit_code, said in done.stdout, "_CASTALOGUE_COMPLETE" in done.stdout) == (0, True, True)


def test_slugs_are_completed(one, tmp_path):
    context = click.Context(main.commands["edit"])
    context.params = {"library": str(one.library), "data": str(one.data)}
    assert complete_episode(context, None, "t") == ["two-talk"]
    context.params["data"] = str(tmp_path / "nowhere")
    assert complete_episode(context, None, "t") == []
    assert not (tmp_path / "nowhere").exists()
