"""The program that limits itself, then becomes another one that was not written to be limited.

It is run as a file, so that nothing is imported that it does not need. The other program gets no environment: no
secrets, no proxy, and nothing that makes it write a report.
"""

from __future__ import annotations

import os
import resource
import sys

# As low as programs go that still get on: whoever serves or works comes first.
NICENESS = 15
MOST_FILES = 64


def main(memory_bytes: int, cpu_seconds: int, words: list[str]) -> None:
    """Become the program that `words` call, with limits, and without a right to write any file."""
    os.nice(NICENESS)
    for what, wanted in {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_NOFILE: MOST_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }.items():
        _limit(what, wanted, wanted)
    # At the first it is told why it ends (SIGXCPU), at the second it ends whatever it makes of that.
    _limit(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 2)
    os.execve(words[0], words, {"LC_ALL": "C"})  # noqa: S606  (no shell is what is wanted)


def _limit(what: int, soft: int, hard: int) -> None:
    """Set a limit, within what the system allows at all."""
    _, most = resource.getrlimit(what)
    within = [wanted if most == resource.RLIM_INFINITY else min(wanted, most) for wanted in (soft, hard)]
    resource.setrlimit(what, (within[0], within[1]))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
