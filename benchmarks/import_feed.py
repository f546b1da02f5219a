"""The import of a feed of 2,000 episodes without their audio: read, written as notes, indexed, and proved.

A whole process, as a producer types it. Nobody else's importer writes files that can be compared; so the figure stands
beside what it must not exceed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from statistics import median

from benchmarks.bench import CASTALOGUE, Bench
from benchmarks.measure import Cost, measure_command
from benchmarks.table import Row

EPISODES, MOST_SECONDS = 2_000, 10.0
RUNS = 3
_WORDS = "Today we talk with somebody who came through treatment and found words for it that may help others".split()
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:podcast="https://podcastindex.org/namespace/1.0">'
    "<channel><title>Two thousand</title><description>About it</description><language>en</language>"
    "<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>"
)


def rows(bench: Bench) -> Iterable[Row]:
    """Import the same feed into an empty folder a few times; the proof in the command checks what came."""
    count = bench.count(EPISODES)
    feed = bench.folder / "feed.xml"
    feed.write_text(_feed(count), encoding="utf-8")
    costs = [_import(bench.folder, feed) for _ in range(min(RUNS, bench.pairs))]
    each = [cost.cpu_seconds for cost in costs]
    seconds = median(each)
    yield Row(
        what=f"import of a feed of {count:,} episodes, without audio",
        ours=f"{seconds:.1f} s CPU",
        beside="",
        ratio=f"({min(each):.1f} to {max(each):.1f} s, {len(each)} runs)",
        wanted=f"≤ {MOST_SECONDS:.0f} s CPU",
        memory=f"{max(cost.peak_bytes for cost in costs) / 1024**2:.0f} MiB",
        is_met=seconds <= MOST_SECONDS,
    )


def _import(folder: Path, feed: Path) -> Cost:
    library, data = folder / "library", folder / "data"
    for path in (library, data):
        shutil.rmtree(path, ignore_errors=True)
    return measure_command([CASTALOGUE, "import", feed, "--metadata-only", "--library", library, "--data", data])


def _feed(count: int) -> str:
    first = datetime(2010, 1, 1, 8, tzinfo=UTC)
    items = (_item(number, first + timedelta(days=number)) for number in range(count, 0, -1))
    return f"{_HEAD}{''.join(items)}</channel></rss>"


def _item(number: int, moment: datetime) -> str:
    """An item as large hosts write it: about a kilobyte of notes, said twice."""
    paragraphs = "".join(
        f'<p>{" ".join(_WORDS[(number + place) % 9 :])}. <a href="https://example.org/{number}/{place}">Read on</a></p>'
        for place in range(4)
    )
    notes = f"<p>Part <strong>{number}</strong>.</p>{paragraphs}<ul><li>One</li><li>Two</li></ul>"
    return (
        f'<item><title>Part {number}</title><guid isPermaLink="false">old-{number}</guid>'
        f"<pubDate>{format_datetime(moment)}</pubDate><itunes:episode>{number}</itunes:episode>"
        f'<enclosure url="https://cdn.example.net/{number}.mp3" length="{1_000_000 + number}" type="audio/mpeg"/>'
        f"<itunes:duration>00:30:{number % 60:02}</itunes:duration><itunes:explicit>false</itunes:explicit>"
        f'<podcast:person role="guest">Ann Example</podcast:person><description>{escape(notes)}</description>'
        f"<content:encoded><![CDATA[{notes}]]></content:encoded></item>"
    )
