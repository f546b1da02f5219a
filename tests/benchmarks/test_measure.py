import sys
import time

import pytest

from benchmarks.measure import Comparison, Cost, Side, compare, measure_call, measure_command

BUSY = "import time\nwhile time.process_time() < 0.1: pass"
PARENT = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}])"
LARGE = "import time; held = bytearray(64 << 20); time.sleep(0.15)"
TWO_LARGE = f"""
import subprocess, sys
both = [subprocess.Popen([sys.executable, "-c", {LARGE!r}]) for _ in "ab"]
for one in both:
    one.wait()
"""


def python(code):
    return measure_command([sys.executable, "-c", code])


def fixed(*seconds):
    costs = iter([Cost(cpu_seconds=one, wall_seconds=one) for one in seconds])
    return lambda: next(costs)


def test_cpu_of_children_counts():
    assert python(PARENT).cpu_seconds >= 0.1


def test_memory_of_children_is_added_up():
    assert python(TWO_LARGE).peak_bytes > 2 * (64 << 20)


def test_answer_is_what_was_printed():
    assert python("print('done')").answer == b"done\n"


def test_command_that_fails_is_no_measurement():
    with pytest.raises(RuntimeError, match="no such night"):
        python("raise SystemExit('no such night')")


def test_waiting_is_wall_time_but_no_cpu_time():
    cost = measure_call(lambda: time.sleep(0.05))
    assert cost.wall_seconds >= 0.05 > cost.cpu_seconds


def test_sides_take_turns_and_the_middle_ratio_counts():
    order = []
    ours = Side(name="ours", run=fixed(1, 9, 2), prepare=lambda: order.append("a"))
    peer = Side(name="peer", run=fixed(2, 2, 2), prepare=lambda: order.append("b"))
    result = compare(Comparison(name="x", ours=ours, peer=peer, most=1.0), pairs=3)
    assert (order, result.ratio, result.is_met) == (["a", "b"] * 3, 1.0, True)


def test_too_much_memory_is_not_good_enough():
    ours = Side(name="ours", run=lambda: Cost(cpu_seconds=1, wall_seconds=1, peak_bytes=101))
    result = compare(Comparison(name="x", ours=ours, peer=ours, most=2, most_bytes=100), pairs=1)
    assert not result.is_met
