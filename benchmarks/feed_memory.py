"""`python -m benchmarks.feed_memory cold COUNT | save FOLDER COUNT | served FOLDER`: what a feed takes in memory.

Prints the bytes a process needs at most beyond what it had with its episodes read, and the bytes it made.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.episodes import LINKS, SHOW, make_episodes
from benchmarks.served import Served
from catalogue.feed.assembly import render_feed


def tell_cold(count: str) -> None:
    """Of a feed's XML, made from nothing."""
    episodes = make_episodes(int(count))
    render_feed(SHOW, episodes[:50], LINKS)
    _tell(lambda: len(render_feed(SHOW, episodes, LINKS)))


def save(folder: str, count: str) -> None:
    """Save rendered items in an index, for `tell_served`."""
    with Served(Path(folder), make_episodes(int(count))):
        pass


def tell_served(folder: str) -> None:
    """Of XML, gzip and entity tags, made of the rendered items in an index."""
    with Served(Path(folder), []) as served:
        served.read()
        _tell(served.refresh)


def _tell(make: Callable[[], int]) -> None:
    Path("/proc/self/clear_refs").write_text("5")  # proc(5): the peak begins again
    before = _memory("VmRSS")
    output = make()
    sys.stdout.write(f"{_memory('VmHWM') - before} {output}\n")


def _memory(key: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(key))


WAYS: dict[str, Callable[..., None]] = {"cold": tell_cold, "save": save, "served": tell_served}

if __name__ == "__main__":
    WAYS[sys.argv[1]](*sys.argv[2:])
