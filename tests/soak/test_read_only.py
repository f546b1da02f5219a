"""Media that cannot be written: what the ledger knows is served, and nothing outside the data folder is touched."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from actions.conftest import SHOW, _draw_in_advance
from serving import environment
from sounds import write_mp3

# What opens for writing, makes, moves or removes; paths that are no files of anybody's are left out.
CHANGES = "openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,truncate"
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|^(?!\S*open)")
DONE = re.compile(r"^\d+\s+(?P<call>\w+)\((?P<rest>.*)\)\s+= (?P<status>-?\d+)")
NOBODYS = ("/dev/", "/proc/")


@pytest.fixture
def indexed(nursery, tmp_path):
    """A library whose ledger knows one of its two episodes."""
    library = tmp_path / "library"
    write_mp3(library / "one/audio.mp3", seed=1, title="One")
    for data in ("first", "data"):
        _draw_in_advance(tmp_path / data / "derived")
    (library / "show.toml").write_text(SHOW)
    assert nursery.run(("index", "--library", library, "--data", tmp_path / "first"))[0] == 0
    write_mp3(library / "two/audio.mp3", seed=2, title="Two")
    return library


@contextmanager
def read_only(folder):
    """The folder, mounted over itself so that nobody can write it."""
    commands = (["mount", "--bind", folder, folder], ["mount", "-o", "remount,ro,bind", folder])
    if subprocess.run(commands[0], capture_output=True, check=False).returncode != 0:
        pytest.skip("a folder can only be mounted read-only by root")
    try:
        subprocess.run(commands[1], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def listing(folder):
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in folder.rglob("*")}


def test_what_the_ledger_knows_is_served_from_a_read_only_library(nursery, indexed, tmp_path):
    places = ("--library", indexed, "--data", tmp_path / "data")
    with read_only(indexed):
        before = listing(indexed)
        assert nursery.run(("index", *places))[0] == 1
        assert "ledger.jsonl: It cannot be written: the library is read-only here." in nursery.said
        assert "two: It is new" in nursery.said
        assert nursery.run(("feed", *places))[0] == 0
        assert nursery.said.count("<item>") == 1
        assert listing(indexed) == before


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: apt install strace")
def test_nothing_is_written_outside_the_data_folder(indexed, tmp_path):
    data, trace = tmp_path / "data", tmp_path / "trace"
    command = [
        "strace",
        "-f",
        "-y",
        "-qq",
        "-e",
        f"trace={CHANGES}",
        "-o",
        trace,
        sys.executable,
        "-m",
        "catalogue.cli",
    ]
    with read_only(indexed):
        subprocess.run(
            [*command, "index", "--library", indexed, "--data", data],
            cwd=tmp_path,
            env=environment(tmp_path, PYTHONDONTWRITEBYTECODE="1"),
            capture_output=True,
            timeout=120,
            check=False,
        )
    written = {path for line in trace.read_text(errors="replace").splitlines() for path in written_paths(line)}
    assert any(path.startswith(str(data)) for path in written)
    assert {path for path in written if not path.startswith((str(data), *NOBODYS))} == set()


def written_paths(line):
    """The paths that a traced call changed; none where it failed or only read."""
    done = DONE.match(line)
    if done is None or int(done["status"]) < 0 or not WRITING.search(f"{done['call']} {done['rest']}"):
        return []
    folder = re.match(r"\w+<([^>]*)>", done["rest"])
    base = folder[1] if folder else ""
    return [str(Path(base) / path) for path in re.findall(r'"([^"]*)"', done["rest"])]
