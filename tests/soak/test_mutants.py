"""A hundred thousand broken files: none ends the reading, none costs another file, memory stays where it was."""

import pytest
from formats.breaking import break_files
from memory import held_mib

from catalogue.sandbox import Box, Limits

COUNT = 100_000
# Sizes that lie: the reader asks for more memory than there is, and is told no.
MOST_FAILURES = 0.01
MOST_GROWTH_MIB = 24
# Its own limit, and what starting a worker anew takes on a busy machine.
LONGEST_WAIT_SECONDS = Limits().wall_seconds + 10


@pytest.mark.soak
def test_a_hundred_thousand_broken_files_cost_themselves(tmp_path, capsys):
    with Box(2) as box:
        break_files(box, tmp_path, count=3_000, seed=1)  # what is imported and cached once is no growth
        before = held_mib()
        record = break_files(box, tmp_path, count=COUNT, seed=2)
    grown = held_mib() - before
    with capsys.disabled():
        print(
            f"\n{COUNT / record.seconds:.0f} files/s, {dict(record.outcomes)}, longest wait {record.longest_wait:.1f} s"
        )
        print(f"parent {before:.0f} MiB, {grown:+.1f} MiB; failures: {record.failures.most_common(12)}")
    assert record.outcomes.total() == COUNT
    assert record.failures.total() <= COUNT * MOST_FAILURES
    assert record.longest_wait < LONGEST_WAIT_SECONDS
    assert grown < MOST_GROWTH_MIB
