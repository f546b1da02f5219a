"""The feed beside feedgen: all of it from nothing, and one more episode among many.

Both sides start from the same episodes in memory and read every note's Markdown with the same function, so that
they write the same HTML; ours also names each item, so that it can be kept. The cold feed is XML alone on both sides.
With one more episode, ours reads it from the index and makes XML, gzip and entity tags of the whole feed ready;
feedgen writes everything again and gzip packs it, as nothing else could be served.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from lxml import etree

from benchmarks.bench import PYTHON, ROOT, Bench
from benchmarks.episodes import BEGUN, LINKS, SHOW, feedgen_feed, make_episodes
from benchmarks.measure import Comparison, Cost, Side, compare, measure_call, measure_command
from benchmarks.table import Row, row_of
from catalogue.actions.publish import Publication
from catalogue.domain.episode import Episode
from catalogue.domain.identity import LedgerEpisode, LedgerShow
from catalogue.domain.ledger_lines import follow_episode, follow_show, media_of
from catalogue.feed.assembly import render_feed
from catalogue.feed.fragment import ItemRenderer
from catalogue.library.storage import LocalLibrary
from catalogue.store.index import EpisodeRow, FragmentRow, Index, ShowRow, open_index

EPISODES = 10_000
SPARE_BYTES = 100 * 1024 * 1024
NOW = BEGUN + timedelta(days=36_500)


def rows(bench: Bench) -> Iterable[Row]:
    """The cold feed, its memory, and one more episode."""
    count = bench.count(EPISODES)
    episodes = make_episodes(count + 2 * bench.pairs + 2)
    yield _cold_row(bench, episodes[:count])
    yield _peak_row(bench, count)
    yield _one_more_row(bench, episodes, count)


def _cold_row(bench: Bench, episodes: list[Episode]) -> Row:
    ours = Side(name="Castalogue", run=lambda: measure_call(lambda: render_feed(SHOW, episodes, LINKS)))
    peer = Side(name="feedgen", run=lambda: measure_call(lambda: feedgen_feed(episodes)))
    _check_same(render_feed(SHOW, episodes[:100], LINKS), feedgen_feed(episodes[:100]))
    name = f"cold feed, {len(episodes):,} episodes with 3 KB of Markdown: XML"
    return row_of(compare(Comparison(name=name, ours=ours, peer=peer, most=1.15), pairs=bench.pairs))


def _check_same(ours: bytes, peer: bytes) -> None:
    """Both must hold the same episodes with the same notes."""
    pairs = [[(item.findtext("guid"), item.findtext("description")) for item in _items(body)] for body in (ours, peer)]
    if pairs[0] != pairs[1] or not pairs[0]:
        raise RuntimeError("the two feeds do not say the same")


def _items(body: bytes) -> Iterator[etree._Element]:
    return etree.fromstring(body).iter("item")


def _peak_row(bench: Bench, count: int) -> Row:
    """Memory of a process that makes the feed, beyond what it had with its episodes read."""
    command = [PYTHON, "-m", "benchmarks.feed", bench.folder / "peak"]
    measure_command([*command, str(count)], folder=ROOT)
    peak, output = map(int, measure_command(command, folder=ROOT).answer.split())
    return Row(
        what=f"cold feed, {count:,} episodes: memory for XML and gzip",
        ours=f"{peak / 1024**2:.0f} MiB",
        beside=f"output: {output / 1024**2:.0f} MiB",
        ratio=f"output {(peak - output) / 1024**2:+.0f} MiB",
        wanted="≤ output + 100 MiB",
        is_met=peak <= output + SPARE_BYTES,
    )


def _one_more_row(bench: Bench, episodes: list[Episode], count: int) -> Row:
    with _Served(bench.folder / "served", episodes[:count]) as served:
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


class _Served:
    """A publication over an index of its own, as `castalogue serve` has one."""

    def __init__(self, folder: Path, episodes: list[Episode]) -> None:
        (folder / "library").mkdir(parents=True, exist_ok=True)
        self._index: Index = open_index(f"sqlite:///{folder / 'index.sqlite3'}")
        self._publication = Publication(self._index, LocalLibrary(folder / "library"), folder)
        self._renderer, self._saved_at = ItemRenderer(SHOW), NOW
        if episodes:
            self._save(episodes)

    def __enter__(self) -> _Served:
        return self

    def __exit__(self, *_: object) -> None:
        self._index.close()

    def publish(self, episode: Episode) -> None:
        """Do what `castalogue index` does in the end: save an episode with its rendered item."""
        self._saved_at += timedelta(seconds=1)
        self._save([episode])

    def read(self) -> None:
        """Read all episodes, as every page needs them."""
        self._publication.shows()

    def refresh(self) -> int:
        """Do what the background thread does: give the size of what is ready to be served."""
        self._publication.refresh(LINKS, NOW)
        feed = self._publication.feed_at_hand(SHOW.slug, LINKS, NOW)
        assert feed is not None
        return feed.plain.size_bytes + feed.gzip.size_bytes

    def check(self, count: int) -> None:
        """Raise RuntimeError unless the feed has so many items and gzip gives the same."""
        feed = self._publication.feed(SHOW, LINKS, NOW)
        if feed.body.count(b"<item>") != count or gzip.decompress(feed.gzip.body) != feed.body:
            raise RuntimeError("the feed that is served is not the feed")

    def _save(self, episodes: list[Episode]) -> None:
        line = follow_show(LedgerShow(guid=SHOW.guid, slug=SHOW.slug, first_seen_at=BEGUN), SHOW)
        row = ShowRow(show=SHOW, line=line, changed_at=self._saved_at, version="1")
        fragments = {one.guid: self._renderer.render(one) for one in episodes}
        self._index.save_show(
            row,
            episodes={one.guid: _row(one) for one in episodes},
            fragments={guid: FragmentRow(one.key, one.body) for guid, one in fragments.items()},
        )


def _row(episode: Episode) -> EpisodeRow:
    line = LedgerEpisode(guid=episode.guid, path=episode.path, slug=episode.slug)
    return EpisodeRow(episode=episode, line=follow_episode(line, episode, media_of(episode, None)), version="1")


def _memory(key: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(key))


def _tell_peak(folder: Path) -> None:
    """Print how much memory it takes to make a feed of rendered items, and how large the feed is."""
    with _Served(folder, []) as served:
        served.read()
        Path("/proc/self/clear_refs").write_text("5")  # proc(5): the peak begins again
        before = _memory("VmRSS")
        output = served.refresh()
        sys.stdout.write(f"{_memory('VmHWM') - before} {output}\n")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        with _Served(Path(sys.argv[1]), make_episodes(int(sys.argv[2]))):
            pass
    else:
        _tell_peak(Path(sys.argv[1]))
