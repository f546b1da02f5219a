"""The feed beside feedgen: all of it from nothing, and one more episode among many.

Both sides start from the same episodes in memory and read every note's Markdown with the same function, so that
they write the same HTML. The cold feed is XML alone on both sides. In ours is besides: each item's key, a digest of
all it is made of, so that it can be kept; cleaning every text; the elements of Podcasting 2.0. In feedgen's: its own
podcast extension and nothing of ours. Before anything is timed, every element that feedgen writes of every episode
is found in ours with the same text and attributes.
With one more episode, ours reads it from the index and makes XML, gzip and entity tags of the whole feed ready;
feedgen writes everything again and gzip packs it, as nothing else could be served.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator

from lxml import etree

from benchmarks.bench import PYTHON, ROOT, Bench
from benchmarks.episodes import LINKS, SHOW, feedgen_feed, make_episodes
from benchmarks.measure import Comparison, Cost, Side, compare, measure_call, measure_command
from benchmarks.served import Served
from benchmarks.table import Row, row_of
from catalogue.domain.episode import Episode
from catalogue.feed.assembly import render_feed
from catalogue.feed.element import NAMESPACES

EPISODES = 10_000
_MEMORY = (PYTHON, "-m", "benchmarks.feed_memory")
_CHECKED_AT_ONCE = 500
_EXPLICIT = f"{{{NAMESPACES['itunes']}}}explicit"
SPARE_BYTES = 100 * 1024 * 1024


def rows(bench: Bench) -> Iterable[Row]:
    """The cold feed, its memory, and one more episode."""
    count = bench.count(EPISODES)
    episodes = make_episodes(count + 2 * bench.pairs + 2)
    yield _cold_row(bench, episodes[:count])
    yield _cold_peak_row(count)
    yield _served_peak_row(bench, count)
    yield _one_more_row(bench, episodes, count)


def _cold_row(bench: Bench, episodes: list[Episode]) -> Row:
    ours = Side(name="Castalogue", run=lambda: measure_call(lambda: render_feed(SHOW, episodes, LINKS)))
    peer = Side(name="feedgen", run=lambda: measure_call(lambda: feedgen_feed(episodes)))
    _check_same(episodes)
    name = (
        f"cold feed, {len(episodes):,} episodes with 3 KB of Markdown (read on both sides): XML; "
        "ours with keys to keep items by and Podcasting 2.0, feedgen's with its podcast extension"
    )
    return row_of(compare(Comparison(name=name, ours=ours, peer=peer, most=1.15), pairs=bench.pairs))


def _check_same(episodes: list[Episode]) -> None:
    """Both must hold the same items with the same elements; raises RuntimeError where ours lacks one of feedgen's."""
    for start in range(0, len(episodes), _CHECKED_AT_ONCE):
        some = episodes[start : start + _CHECKED_AT_ONCE]
        ours, peer = (list(map(_said, _items(body))) for body in (render_feed(SHOW, some, LINKS), feedgen_feed(some)))
        if not len(ours) == len(peer) == len(some) or not all(map(set.issuperset, ours, peer)):
            raise RuntimeError("the two feeds do not say the same")


def _items(body: bytes) -> Iterator[etree._Element]:
    return etree.fromstring(body, etree.XMLParser(huge_tree=True)).iter("item")


def _said(item: etree._Element) -> set[tuple[str, str | None, tuple[tuple[str, str], ...]]]:
    """Every element with its text and attributes; Apple's `false` for feedgen's `no` (it can write no other)."""
    spelt = {_EXPLICIT: {"no": "false"}}
    return {(one.tag, spelt.get(one.tag, {}).get(one.text, one.text), tuple(one.items())) for one in item}


def _cold_peak_row(count: int) -> Row:
    return _peak_row(f"cold feed, {count:,} episodes: memory for XML from nothing", ["cold", count])


def _served_peak_row(bench: Bench, count: int) -> Row:
    folder = bench.folder / "peak"
    measure_command([*_MEMORY, "save", folder, str(count)], folder=ROOT)
    return _peak_row(f"cold feed, {count:,} episodes: memory for XML and gzip of kept items", ["served", folder])


def _peak_row(what: str, way: list[object]) -> Row:
    """Memory of a process that makes the feed, beyond what it had with its episodes read."""
    command = [*_MEMORY, *map(str, way)]
    peak, output = map(int, measure_command(command, folder=ROOT).answer.split())
    return Row(
        what=what,
        ours=f"{peak / 1024**2:.0f} MiB",
        beside=f"output: {output / 1024**2:.0f} MiB",
        ratio=f"output {(peak - output) / 1024**2:+.0f} MiB",
        wanted="≤ output + 100 MiB",
        is_met=peak <= output + SPARE_BYTES,
    )


def _one_more_row(bench: Bench, episodes: list[Episode], count: int) -> Row:
    with Served(bench.folder / "served", episodes[:count]) as served:
        coming = iter(episodes[count:])
        served.refresh()

        def one_more() -> Cost:
            served.publish(next(coming))
            return measure_call(served.refresh)

        def all_again() -> Cost:
            return measure_call(lambda: gzip.compress(feedgen_feed(episodes[:count]), 6))

        one_more()
        served.check(count + 1)
        name = f"one more episode in {count:,}: read, XML, gzip and entity tags ready"
        ours, peer = Side(name="Castalogue", run=one_more), Side(name="feedgen and gzip -6", run=all_again)
        result = compare(Comparison(name=name, ours=ours, peer=peer, most=1 / 20), pairs=bench.pairs)
        served.check(count + 1 + bench.pairs)
    return row_of(result)
