"""The static export of 10,000 episodes beside Hugo with a theme of the same files and like contents.

Both write to memory (`/dev/shm`), with as many processes or threads as there are processors, in one language: for each
episode its page (JSON-LD, Open Graph, contents, notes, neighbours, related ones), the small player, `oembed.json` and a
card; lists, seasons, a sitemap, search texts, feeds: whole, of each season, fifty episodes each, in JSON.

The cards are there before: ours keeps each from when it was first drawn, and Hugo is given the same pictures. Ours
reads its index, Hugo Markdown files. Ours also writes the feed of the latest episodes, checks every link and packs the
feeds in gzip; Hugo does none of that.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from benchmarks.bench import CASTALOGUE, ROOT, Bench
from benchmarks.measure import Comparison, Cost, Side, compare, measure_command
from benchmarks.table import Row, missing_row, row_of

EPISODES = 10_000
SIDES = ("ours", "peer")
EPISODES_A_SEASON, EPISODES_A_FEED = 500, 50
MOST, MOST_SECONDS_UNCHANGED = 3.0, 1.5
THEME = ROOT / "benchmarks" / "hugo"
SHOW = 'title = "A long show"\nauthor = "Somebody"\ndescription = "Many."\nlanguage = "en"\ntimezone = "UTC"\n'
BASE_URL = "https://pods.example"
MEMORY = Path("/dev/shm")  # noqa: S108  (a file system in memory, where there is one)


def rows(bench: Bench) -> Iterable[Row]:
    """All of it beside Hugo; then nothing changed; then one episode changed."""
    hugo = bench.peers / "hugo"
    if not hugo.is_file():
        yield missing_row("static export", "Hugo is not installed")
        return
    with _in_memory(bench) as home:
        library, number = home / "library", bench.count(EPISODES)
        write_notes(library, home / "hugo", number)
        _castalogue(home, "index")
        _draw_cards(home)
        ours = Side(name="Castalogue", run=lambda: _export(home), prepare=lambda: _emptied(home / "ours"))
        build = [hugo, "--noBuildLock", "--quiet", "-s", home / "hugo", "-d", home / "peer"]
        peer = Side(name="Hugo", run=lambda: measure_command(build), prepare=lambda: _emptied(home / "peer"))
        name = f"static export of {number:,} episodes, to memory"
        result = compare(Comparison(name=name, ours=ours, peer=peer, measure="wall", most=MOST), pairs=bench.pairs)
        _check(home, number)
        yield row_of(result)
        yield _what_was_written(home)
        yield _unchanged(home, number, bench.pairs)
        yield _one_changed(home, number)


def write_notes(library: Path, hugo: Path, number: int) -> None:
    """Write the same notes for both: 3 KB of Markdown each, with headings and a link; the audio is elsewhere.

    Hugo makes no feeds of fifty episodes by itself: each has a stub that says where it begins.
    """
    shutil.copytree(THEME, hugo)
    content = hugo / "content" / "a-long-show"
    for folder in (library, content):
        folder.mkdir(parents=True)
    (library / "show.toml").write_text(SHOW, "utf-8")
    (library / "catalogue.toml").write_text('languages = ["en"]\n', "utf-8")
    (content / "_index.md").write_text("---\ntitle: A long show\n---\n", "utf-8")
    chance = Random(7)  # noqa: S311  (a test corpus)
    words = [f"{chance.choice('abcdefghilmnoprstu')}{chance.randrange(36**4):x}" for _ in range(20_000)]
    for episode in range(number):
        day, season = _day(episode), 1 + episode // EPISODES_A_SEASON
        same = f"{_head(episode)}---\n{_notes(chance, words, episode)}"
        ours = f"---\npublished: {day}\nseason: {season}\n{same}"
        peer = f"---\nslug: '{episode:05}'\ndate: {day}\nseason: [{season}]\n{same}"
        (library / f"{episode:05}.md").write_text(ours, "utf-8")
        (content / f"{episode:05}.md").write_text(peer, "utf-8")
    _write_stubs(hugo / "content" / "archive", number)


def _write_stubs(folder: Path, number: int) -> None:
    folder.mkdir()
    for page, skipped in enumerate(range(0, number, EPISODES_A_FEED)):
        build = "build: {list: never}\noutputs: [feed]"
        (folder / f"{page}.md").write_text(f"---\nskipped: {skipped}\n{build}\n---\n", "utf-8")


def _day(episode: int) -> str:
    return f"{2000 + episode // 336 % 25}-{1 + episode // 28 % 12:02}-{1 + episode % 28:02}"


def _head(episode: int) -> str:
    enclosure = f"\n  url: https://media.example/{episode}.mp3\n  length: 1000\n  type: audio/mpeg\n"
    return f"title: Episode {episode}\nnumber: {episode}\nenclosure:{enclosure}"


def _notes(chance: Random, words: list[str], episode: int) -> str:
    parts = (f"## Part {part}\n\n{' '.join(chance.choices(words, k=80))}\n\n" for part in range(5))
    opening = " ".join(chance.choices(words, k=20))
    return f"{opening}\n\n{''.join(parts)}- [one](https://example.org/{episode})\n- two\n"


@contextmanager
def _in_memory(bench: Bench) -> Iterator[Path]:
    where = MEMORY if MEMORY.is_dir() else bench.folder
    with tempfile.TemporaryDirectory(prefix="castalogue-bench-", dir=where) as folder:
        yield Path(folder)


def _castalogue(home: Path, *words: str | Path) -> Cost:
    settings = {"CASTALOGUE_LIBRARY": str(home / "library"), "CASTALOGUE_DATA": str(home / "data")}
    return measure_command([CASTALOGUE, *words], env=settings | {"CASTALOGUE_BASE_URL": BASE_URL})


def _export(home: Path) -> Cost:
    return _castalogue(home, "export", home / "ours")


def _draw_cards(home: Path) -> None:
    """Export once, so that the cards are drawn, and give the peer those of the episodes."""
    _export(home)
    cards = home / "hugo" / "static" / "cards"
    cards.mkdir(parents=True)
    for card in (home / "ours" / "media").glob("*/a-long-show.*.card1.jpg"):
        shutil.copy2(card, cards / f"{card.name.split('.')[1]}.jpg")


def _what_was_written(home: Path) -> Row:
    """How many files each wrote, and how large all together: they are comparable."""
    written = [[file.stat().st_size for file in (home / name).rglob("*") if file.is_file()] for name in SIDES]
    ours, peer = (f"{len(sizes):,} files, {sum(sizes) / 1e6:,.0f} MB" for sizes in written)
    return Row(
        what="static export: what each wrote", ours=ours, beside=f"Hugo: {peer}", ratio="", wanted="", is_met=True
    )


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _check(home: Path, number: int) -> None:
    """Both have a page for each episode with its notes."""
    for name in SIDES:
        pages = [home / name / "a-long-show" / f"{episode:05}" / "index.html" for episode in range(number)]
        missing = [
            page for page in pages if f"https://example.org/{int(page.parent.name)}" not in page.read_text("utf-8")
        ]
        if missing:
            raise RuntimeError(f"{name}: {missing[0]} has no notes.")


def _unchanged(home: Path, number: int, pairs: int) -> Row:
    before = _times(home / "ours")
    # The first may come after the quarter of an hour in which all was rendered; what it writes is nothing.
    costs = [_export(home) for _ in range(max(pairs, 2))]
    best = min(cost.wall_seconds for cost in costs)
    touched = sum(before.get(name) != moment for name, moment in _times(home / "ours").items())
    return Row(
        what=f"static export, nothing changed, {number:,} episodes: whole process; files written",
        ours=f"{best:.2f} s; {touched}",
        beside="",
        ratio="",
        wanted=f"≤ {MOST_SECONDS_UNCHANGED} s; 0",
        is_met=best <= MOST_SECONDS_UNCHANGED and touched == 0,
    )


def _one_changed(home: Path, number: int) -> Row:
    note, before = home / "library" / f"{number // 2:05}.md", _times(home / "ours")
    note.write_text(note.read_text("utf-8").replace("title: Episode", "title: Changed episode"), "utf-8")
    _castalogue(home, "index")
    seconds = _export(home).wall_seconds
    touched = [name for name, moment in _times(home / "ours").items() if before.get(name) != moment]
    pages = sum(name.endswith("index.html") for name in touched)
    # Its page and the one for other sites, neighbours, those it is related to, and lists.
    is_met = 3 <= pages <= 20
    return Row(
        what=f"static export, one title of {number:,} episodes changed: files written",
        ours=f"{len(touched)} ({pages} pages) in {seconds:.1f} s",
        beside="",
        ratio="",
        wanted="its page, its neighbours, lists, feeds",
        is_met=is_met,
    )


def _times(folder: Path) -> dict[str, int]:
    files = (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(".castalogue"))
    return {str(file.relative_to(folder)): file.stat().st_mtime_ns for file in files}
