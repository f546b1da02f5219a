"""What the machine refuses: rights, room, ports, databases; the real command, one sentence, exit 1, no trace."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from actions.conftest import SHOW
from click.testing import CliRunner
from sounds import write_mp3

from catalogue.cli import main

# Root without these rights meets permissions as anybody does.
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")


class Done(NamedTuple):
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


class Shell:
    """A library that was indexed once, and the command on it."""

    def __init__(self, folder: Path) -> None:
        self.library, self.data = folder / "library", folder / "data"
        self.library.mkdir()
        (self.library / "show.toml").write_text(SHOW)
        write_mp3(self.library / "one/audio.mp3", seed=1, title="One")
        self.before: tuple[str, ...] = ()

    def type(self, *words: str) -> Done:
        """Run a command: in this process, or in one of its own where that has fewer rights."""
        places = {"CASTALOGUE_LIBRARY": str(self.library), "CASTALOGUE_DATA": str(self.data)}
        environment = places | {"CASTALOGUE_SETTLE_SECONDS": "0", "CASTALOGUE_WORKERS": "1"}
        if not self.before:
            done = CliRunner(env=environment).invoke(main, words)
            is_fault = done.exception is not None and not isinstance(done.exception, SystemExit)
            return Done(done.exit_code, done.stdout, f"Traceback: {done.exception}" if is_fault else done.stderr)
        command = [*self.before, sys.executable, "-m", "catalogue.cli", *words]
        run = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
        return Done(run.returncode, run.stdout, run.stderr)

    def fails(self, *words: str) -> str:
        """Type a command that must fail in one go, and give what it says."""
        done = self.type(*words)
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    shell = Shell(tmp_path_factory.mktemp("indexed"))
    assert shell.type("index").returncode == 0
    return shell


@pytest.fixture
def shell(indexed, tmp_path):
    """A copy of it, to spoil."""
    copy = object.__new__(Shell)
    copy.library, copy.data, copy.before = tmp_path / "library", tmp_path / "data", ()
    shutil.copytree(indexed.library, copy.library)
    shutil.copytree(indexed.data, copy.data)
    return copy


@pytest.fixture
def unprivileged(shell):
    """The command as one who may not do everything."""
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("running as root, and setpriv is not here to give up its rights")
        shell.before = UNPRIVILEGED
    yield shell
    for path in (shell.library, *shell.library.rglob("*")):
        path.chmod(0o700)


@contextmanager
def small_disk(folder: Path, kilobytes: int):
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a small disk can only be mounted by root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill_up(folder: Path) -> None:
    with (folder / "fill").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(1024)):
            continue


def test_a_read_only_library_is_served_as_its_ledger_knows_it(unprivileged):
    shell = unprivileged
    write_mp3(shell.library / "two/audio.mp3", seed=2)
    for path in (shell.library, *shell.library.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    shutil.rmtree(shell.data)
    said = shell.fails("index")
    assert "ledger.jsonl: It cannot be written: the library is read-only here." in said
    assert "two: It is new" in said
    shell.before = ()
    assert shell.type("feed").stdout.count("<item>") == 1


def test_files_that_may_not_be_read_are_named_and_their_episode_stays(unprivileged):
    shell = unprivileged
    (shell.library / "one/audio.mp3").chmod(0)
    write_mp3(shell.library / "shut/audio.mp3", seed=2)
    (shell.library / "shut").chmod(0)
    said = shell.fails("index")
    assert "one/audio.mp3: It cannot be read: permission denied." in said
    assert "shut: It cannot be read: permission denied." in said
    shell.before = ()
    assert shell.type("feed").stdout.count("<item>") == 1


def test_a_full_library_keeps_ledger_and_feed_as_they_were(shell, tmp_path):
    feed = shell.type("feed").stdout
    with small_disk(tmp_path / "disk", 200) as disk:
        shell.library = shutil.copytree(shell.library, disk / "library")
        shell.type("index")
        write_mp3(shell.library / "two/audio.mp3", seed=2)
        ledger = (shell.library / "ledger.jsonl").read_bytes()
        fill_up(disk)
        assert "ledger.jsonl: It cannot be written: the disk or the quota is full." in shell.fails("index")
        assert (shell.library / "ledger.jsonl").read_bytes() == ledger
        assert shell.type("feed").stdout == feed
        assert sorted(path.name for path in shell.library.iterdir()) == ["ledger.jsonl", "one", "show.toml", "two"]


def test_a_full_data_folder_is_told_and_gives_no_half_database(shell, tmp_path):
    with small_disk(tmp_path / "disk", 200) as disk:
        shell.data = disk / "data"
        fill_up(disk)
        said = shell.fails("index")
        (disk / "fill").unlink()
    assert "disk" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "written by a newer Castalogue. Update this one"),
        ("UPDATE episodes SET document = '{'", "delete it and run castalogue index"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_with_the_mend(shell, spoil, words):
    with closing(sqlite3.connect(shell.data / "index.sqlite3")) as connection, connection:
        connection.execute(spoil)
    assert words in shell.fails("index")
    assert words in shell.fails("feed")


def test_a_file_that_is_no_database_is_left_alone(shell):
    for file in shell.data.glob("index.sqlite3*"):
        file.unlink()
    (shell.data / "index.sqlite3").write_bytes(b"\x00\xff" * 9999)
    assert "file is not a database. Put a backup back. Without one, move it away and index" in shell.fails("index")


def test_a_port_that_is_taken_is_told_with_another(shell):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        assert f"Cannot listen on port {port}" in shell.fails("serve", "--port", port)


def test_a_disk_that_is_not_there_is_no_new_show(shell):
    shutil.rmtree(shell.library)
    shell.library.mkdir()
    assert "The library is empty" in shell.fails("index")
    assert shell.type("feed").stdout.count("<item>") == 1
    assert list(shell.library.iterdir()) == []
