"""What holds for every command."""

import shlex
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from catalogue import __version__
from catalogue.cli.headings import HEADINGS, ROWS
from catalogue.cli.main import ALL, main
from catalogue.cli.paths import NamedFile

REPORTING = ["plan", "index", "list", "show", "tag", "check", "claim", "doctor", "verify", "directories", "move-in"]
REPORTING += ["jobs", "errands", "loudness", "set", "add", "due", "members", "preview", "producer", "token", "backup"]
COMMANDS = [row.name for row in ROWS]
HEAVY = ("sqlalchemy", "alembic", "flask", "pydantic", "lxml", "PIL", "mutagen", "feedgen", "yaml", "rich", "babel")


def options_of(command):
    return {name for option in main.commands[command].params for name in option.opts}


def test_every_command_stands_under_exactly_one_heading():
    assert sorted(COMMANDS) == sorted(command.name for command in ALL)
    assert list(main.commands) == COMMANDS


def test_help_lists_every_command_in_one_line_under_its_heading():
    text = CliRunner().invoke(main, ["--help"], terminal_width=80).stdout
    for heading in HEADINGS:
        lines = text.partition(f"\n{heading.title}:\n")[2].partition("\n\n")[0].splitlines()
        assert [line.split(maxsplit=1) for line in lines] == [[row.name, row.line] for row in heading.rows]
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_example_of_a_command_is_typed_rightly(row, monkeypatch):
    for kind in (click.Path, NamedFile):
        monkeypatch.setattr(kind, "convert", lambda _self, value, *_: value)
    name, *typed = shlex.split(row.example.partition(" > ")[0])
    assert name == row.name
    main.commands[name].make_context(name, typed, click.Context(main, **main.context_settings))
    shown = CliRunner().invoke(main, [name, "--help"]).stdout
    assert shown.endswith(f"Example:\n    castalogue {row.example}\n")


def test_help_reads_nothing_heavy():
    words = [sys.executable, "-X", "importtime", "-m", "catalogue.cli", "--help"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    read = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert read.isdisjoint(HEAVY)
    assert "click" in read


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_library_data_and_base_url(command):
    assert {"--library", "--data", "--base-url"} <= options_of(command)


@pytest.mark.parametrize("command", REPORTING)
def test_every_command_that_reports_can_do_so_as_json(command):
    assert "--json" in options_of(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command):
    assert len(CliRunner().invoke(main, [command, "-h"]).stdout.split("\n\n")) >= 3


def test_version():
    assert CliRunner().invoke(main, ["--version"]).stdout == f"castalogue, version {__version__}\n"


@pytest.mark.parametrize(
    "words", [["nonsense"], ["list", "--nonsense"], ["add"], ["show"], ["serve", "--port", "many"]]
)
def test_what_was_typed_wrongly_ends_with_2(words):
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage:" in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--libary", "x", "list"], 2, "--library stands after the command: castalogue COMMAND --library"),
        (["show", "latter"], 1, "Did you mean “later”?"),
        (["show", "zebra"], 1, "See castalogue list."),
        (["chapters", "zebra.json"], 2, "castalogue: There is no file zebra.json here. Look at its name"),
        (["chapters", "FOLDER"], 2, "is a folder, and no episode. Name a file in it, or an episode."),
        (["chapters", "zebra"], 1, "See castalogue list."),
        (["restore", "FOLDER"], 2, "is a folder. Name a file in it."),
        (["restore", "FOLDER/show.tom"], 2, "/show.tom here. Did you mean "),
        (["revise", "110", "--note", "x", "--date", "never"], 2, "'never' is no day. Write it like 2027-03-01."),
        (["import", "FOLDER"], 1, "is a folder. Name a file in it, or the address of a feed"),
        (["add", "FOLDER/show.toml", "--show", "zebra"], 1, "The library is one show: leave --show out."),
    ],
)
def test_what_is_not_there_is_named_with_its_mend(indexed, words, status, said):
    done = indexed.type(*(word.replace("FOLDER", str(indexed.library)) for word in words))
    assert (done.exit_code, done.stdout, said in done.stderr) == (status, "", True), done.stderr


def test_a_library_that_is_not_there_is_one_sentence_on_standard_error(terminal, tmp_path):
    done = terminal.type("list", "--library", tmp_path / "nowhere")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("castalogue: There is no folder ")
    assert done.stderr.count("\n") == 1


def test_a_base_url_that_cannot_be_is_named(indexed):
    done = indexed.type("feed", "--base-url", "example.org")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "`base_url`" in done.stderr
    assert "https://example.org" in done.stderr


def test_the_command_line_wins_over_the_environment(indexed, tmp_path):
    done = indexed.type("list", "--library", indexed.library, CASTALOGUE_LIBRARY=str(tmp_path / "nowhere"))
    assert done.exit_code == 0


def test_a_reader_that_stops_reading_is_no_fault(indexed):
    words = [sys.executable, "-m", "catalogue.cli", "feed", "--library", indexed.library, "--data", indexed.data]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() in (0, 1)
