"""Whose lease it is: a run in a process of a machine, and whether that process is still there."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from catalogue.actions.owners import is_gone, process_start, read_owner, this_run


def test_an_owner_is_read_back_from_its_text():
    owner = this_run()
    assert (read_owner(owner.text), str(owner)) == (owner, f"{os.getpid()}@{owner.host}")
    assert len(owner.text) < 255


@pytest.mark.parametrize("text", ["", "somebody else", "x host machine 1 run"])
def test_an_owner_of_another_version_is_nobody_known(text):
    assert read_owner(text) is None


def test_two_runs_of_one_process_are_two_owners():
    assert this_run() != this_run()


def test_this_process_is_there():
    assert not is_gone(this_run())


def test_a_process_that_ended_is_gone_even_before_its_parent_looked():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        owner = replace(this_run(), pid=child.pid, started=process_start(child.pid))
        assert not is_gone(owner)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert is_gone(owner)
    assert is_gone(owner)


def test_another_process_of_the_same_number_is_not_the_owner():
    assert is_gone(replace(this_run(), started="1"))


def test_of_another_machine_nothing_is_certain():
    assert not is_gone(replace(this_run(), pid=2**30, machine="elsewhere"))


def test_where_the_system_does_not_say_when_processes_start_their_number_decides():
    owner = replace(this_run(), started="")
    assert (is_gone(owner, start_of=lambda _: ""), is_gone(owner, start_of=lambda _: None)) == (False, True)
