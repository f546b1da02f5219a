"""Commands that write: init, add, index, claim."""

import errno
import json
import shutil

import pytest
from sounds import write_mp3

from catalogue.library.durable import write_durably


def documents(done):
    """The JSON on standard output."""
    return json.loads(done.stdout)


def test_index_json_ends_with_counts_and_what_was_refused(terminal):
    terminal.sound("one.mp3")
    terminal.write("broken/episode.md", "---\ntitle: One\nexplicit: perhaps\n---\n")
    terminal.sound("broken/audio.mp3", seed=2)
    done = terminal.type("index", "--json")
    found = documents(done)
    assert (done.exit_code, done.stderr) == (1, "")
    assert (found["counts"]["new"], found["counts"]["refused"]) == (1, 1)
    (refused,) = found["refused"]
    assert (refused["path"], refused["line"]) == ("broken/episode.md", 3)
    assert "explicit" in refused["reason"]


def test_index_tells_on_standard_error_and_has_no_data(terminal):
    terminal.sound("one.mp3", title="One")
    done = terminal.type("index")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "new: One" in done.stderr
    again = terminal.type("index")
    assert "nothing changes" in again.stderr


def test_a_date_that_passed_changes_only_when_told(terminal):
    terminal.sound("one/audio.mp3")
    note = terminal.write("one/episode.md", "---\npublished: 2021-10-05\n---\n")
    terminal.type("index")
    note.write_text("---\npublished: 2020-10-05\n---\n")
    refused = terminal.type("index")
    assert refused.exit_code == 1
    assert "--allow-date-change" in refused.stderr
    assert terminal.type("index", "--allow-date-change").exit_code == 0


def test_added_audio_is_listed(terminal, tmp_path):
    audio = write_mp3(tmp_path / "in box" / "talk.mp3", seed=3, title="Añadido", number=7)
    done = terminal.type("add", audio)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "7-anadido/episode.md" in done.stderr
    (row,) = documents(terminal.type("list", "--json"))
    assert (row["title"], row["slug"], row["status"]) == ("Añadido", "7-anadido", "public")


def test_an_addition_that_fails_leaves_nothing(terminal, tmp_path, monkeypatch):
    def fill_up(real, content, *, check):
        if real.name == "ledger.jsonl":
            raise OSError(errno.ENOSPC, "No space left on device")
        write_durably(real, content, check=check)

    monkeypatch.setattr("catalogue.library.storage.write_durably", fill_up)
    done = terminal.type("add", write_mp3(tmp_path / "talk.mp3", seed=3))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "full" in done.stderr
    assert [path.name for path in terminal.library.iterdir()] == ["show.toml"]


def test_adding_what_is_no_audio_is_one_sentence(terminal, tmp_path):
    page = tmp_path / "page.mp3"
    page.write_text("<html>")
    done = terminal.type("add", page)
    assert done.exit_code == 1
    assert done.stderr.startswith("castalogue: page.mp3: ")


def test_adding_what_is_not_there_is_wrong_usage(terminal, tmp_path):
    assert terminal.type("add", tmp_path / "nowhere.mp3").exit_code == 2


def test_a_copy_waits_for_a_claim_and_both_answers_end_the_waiting(terminal):
    terminal.sound("one/audio.mp3")
    terminal.type("index")
    shutil.copytree(terminal.library / "one", terminal.library / "two")
    held = terminal.type("index")
    assert held.exit_code == 1
    assert 'castalogue claim "two" "one"' in held.stderr
    assert terminal.type("claim", "two", "--as-new").exit_code == 0
    (terminal.library / "one").rename(terminal.library / "uno")
    terminal.sound("uno/audio.mp3", seed=8)
    assert terminal.type("index").exit_code == 1
    done = terminal.type("claim", "uno", "one", "--json")
    assert (done.exit_code, documents(done)["refused"]) == (0, [])


@pytest.mark.parametrize("words", [["two"], ["two", "one", "--as-new"]])
def test_a_claim_without_an_answer_or_with_both_is_wrong_usage(terminal, words):
    done = terminal.type("claim", *words)
    assert done.exit_code == 2
    assert "--as-new" in done.stderr


def test_a_claim_on_what_is_not_there_is_refused(terminal):
    done = terminal.type("claim", "nowhere", "--as-new")
    assert done.exit_code == 1
    assert "nowhere" in done.stderr


def test_init_makes_a_folder_a_show_and_says_what_it_wrote(terminal, tmp_path):
    folder = tmp_path / "my talks"
    write_mp3(folder / "one.mp3", album="Talks", author="Ana")
    done = terminal.type("init", folder)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "title “Talks”, author “Ana”, language en" in done.stderr
    assert f"castalogue serve --library '{folder}'" in done.stderr
    assert (folder / "show.toml").exists()


def test_init_leaves_a_show_as_it_is(terminal):
    before = (terminal.library / "show.toml").read_text()
    done = terminal.type("init")
    assert done.exit_code == 1
    assert (terminal.library / "show.toml").read_text() == before
