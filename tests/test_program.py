"""Another program in the box: what it may use, what it gets, and that it ends with whoever asked."""

import os
import sys
import time

import pytest

from catalogue.errors import SandboxFailure
from catalogue.sandbox.program import SAID_BYTES, ProgramLimits, run_program

USUAL = {"cpu_seconds": 10, "wall_seconds": 20.0}


def run(code, *, on_output=lambda _: None, is_over=lambda: False, **limits):
    words = [sys.executable, "-I", "-S", "-c", code]
    return run_program(words, limits=ProgramLimits(**USUAL | limits), on_output=on_output, is_over=is_over)


def output(code, **limits):
    """What it writes, once it has ended well."""
    given = bytearray()
    ended = run(code, on_output=given.extend, **limits)
    assert ended.code == 0, ended
    return given.decode()


def test_what_it_writes_comes_and_what_it_says_last_is_kept():
    given = bytearray()
    code = f"import sys; print('out'); sys.stderr.write('x' * {2 * SAID_BYTES} + 'end'); sys.exit(3)"
    ended = run(code, on_output=given.extend)
    assert (given, ended.code, len(ended.said), ended.said[-4:]) == (b"out\n", 3, SAID_BYTES, "xend")


def test_it_gets_no_environment_and_comes_after_everybody_else(monkeypatch):
    monkeypatch.setenv("CASTALOGUE_SECRET_KEY", "secret")
    assert "secret" not in output("import os; print(os.environ)")
    assert int(output("import os; print(os.nice(0))")) >= min(15, os.nice(0) + 15)


def test_it_can_write_no_file_and_have_no_more_memory_than_it_may(tmp_path):
    file = tmp_path / "a"
    assert run(f"import os; os.write(os.open({str(file)!r}, os.O_WRONLY | os.O_CREAT), b'a')").code != 0
    assert file.read_bytes() == b""
    assert "MemoryError" in run("bytes(1 << 29)", memory_bytes=1 << 28).said


def test_what_takes_too_long_is_ended():
    with pytest.raises(SandboxFailure, match="took longer than 0 seconds"):
        run("import time; print(1, flush=True); time.sleep(60)", wall_seconds=0.4)
    with pytest.raises(SandboxFailure, match="more than 1 seconds of processor time"):
        run("while True: pass", cpu_seconds=1, wall_seconds=120.0)  # it comes after everybody else


def test_it_ends_when_nobody_wants_it_any_more():
    began = time.monotonic()
    assert run("import time; time.sleep(60)", is_over=lambda: True).code < 0

    def refuse(_):
        raise KeyError

    with pytest.raises(KeyError):
        run("import time; print(1, flush=True); time.sleep(60)", on_output=refuse)
    assert time.monotonic() - began < 20
