"""`add` as somebody types it: files, folders and patterns."""

import json

import pytest
from sounds import write_mp3


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    for seed, name in enumerate(("b.mp3", "a.mp3", "deep/c.mp3", ".hidden.mp3"), start=3):
        write_mp3(folder / name, seed=seed)
    (folder / "notes.txt").write_text("no audio")
    return folder


def slugs(terminal):
    return sorted(row["slug"] for row in json.loads(terminal.type("list", "--json").stdout))


def test_a_folder_means_all_audio_below_it(terminal, inbox):
    done = terminal.type("add", inbox)
    assert (done.exit_code, slugs(terminal)) == (0, ["a", "b", "c"])
    assert "3 episodes added." in done.stderr


def test_a_pattern_means_what_a_shell_would_make_of_it(terminal, inbox):
    done = terminal.type("add", inbox / "*.mp3", "--draft", "--season", "2")
    assert (done.exit_code, slugs(terminal)) == (0, ["a", "b"])
    assert "season: 2\ndraft: true" in (terminal.library / "a/episode.md").read_text()


def test_a_date_is_read_where_the_show_is(terminal, inbox):
    assert terminal.type("add", inbox / "a.mp3", "--date", "2099-01-05 08:00").exit_code == 0
    assert json.loads(terminal.type("list", "--json").stdout)[0]["published_at"] == "2099-01-05T13:00:00+00:00"


def test_what_is_there_already_is_counted_and_what_is_no_audio_named(terminal, inbox):
    terminal.type("add", inbox / "a.mp3")
    done = terminal.type("add", inbox / "a.mp3", inbox / "notes.txt", inbox / "b.mp3", "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["known"], [one["path"] for one in found["added"]]) == (
        1,
        [str(inbox / "a.mp3")],
        ["b"],
    )
    assert [one["source"] for one in found["failed"]] == [str(inbox / "notes.txt")]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["nowhere.mp3"], 2, "castalogue: There is no file nowhere.mp3 here. Look at its name"),
        (["INBOX/b.mp4"], 2, "/b.mp4 here. Did you mean INBOX/b.mp3?\n"),
        (["INBOX/none/a.mp3"], 2, "There is no folder INBOX/none, so no file in it."),
        (["*.zip"], 2, "No audio is called *.zip."),
        (["INBOX/empty"], 2, "There is no audio in the folder INBOX/empty."),
        (["INBOX/a.mp3", "--template", "INBOX"], 2, "INBOX is a folder. Name a file in it.\n"),
        (["INBOX", "--date", "2099-01-05"], 2, "--date is one episode's"),
        (["INBOX", "--season", "two"], 1, "not a whole number"),
        (["INBOX/a.mp3", "--date", "2099-03-08 02:30"], 1, "clocks leave out"),
        (["INBOX", "--template", "INBOX/template.md"], 1, "A template cannot state `guid`"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_added(terminal, inbox, words, status, said):
    assert terminal.type("index").exit_code == 0
    (inbox / "template.md").write_text("---\nguid: one\n---\n")
    (inbox / "empty").mkdir()
    done = terminal.type("add", *(word.replace("INBOX", str(inbox)) for word in words))
    assert (done.exit_code, said.replace("INBOX", str(inbox)) in done.stderr) == (status, True), done.stderr
    assert sorted(path.name for path in terminal.library.iterdir()) == ["ledger.jsonl", "show.toml"]


def test_a_name_that_windows_keeps_for_itself_gets_a_number(terminal, tmp_path):
    terminal.type("add", write_mp3(tmp_path / "CON.mp3", seed=9))
    terminal.type("new", "Nul")
    assert sorted(path.name for path in terminal.library.iterdir() if path.is_dir()) == ["con-2", "nul-2"]
