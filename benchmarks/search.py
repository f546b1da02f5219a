"""A search in 10,000 transcripts of 8,000 words, on both databases, beside a scan for the same words with LIKE.

Ours is all that a page of results takes: what was typed read, found, counted, ranked, the texts of ten opened, and
their sentences chosen. The scan only says which texts have the letters somewhere.
"""

from __future__ import annotations

import importlib.util
import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.bench import ROOT, Bench
from benchmarks.search_texts import NOW, make_documents, make_vocabulary
from benchmarks.table import Row, missing_row
from catalogue.actions.search_sentences import Sought, best_sentences
from catalogue.actions.searching import wanted_of
from catalogue.domain.search import HITS_A_PAGE, Kind, SearchDocument
from catalogue.domain.search_query import read_query
from catalogue.stems import patterns_of, search_reader
from catalogue.store.index import Filters, FoundPage, Index, SearchItem, open_index

EPISODES = 10_000
QUERIES = 60
LIKE_QUERIES = 15
CHECKED = 12
BATCH = 250
MOST_MS = {"sqlite": (15, 90), "postgresql": (250, None)}
LEAST_TIMES_LIKE, MOST_OF_TEXT = 40, 0.8


def rows(bench: Bench) -> Iterable[Row]:
    """Build once for each engine, check, then ask."""
    words, count = make_vocabulary(), bench.count(EPISODES)
    like = bench.folder / "like.sqlite3"
    yield from _engine_rows("sqlite", f"sqlite:///{bench.folder / 'search.sqlite3'}", words, count, like)
    server = _postgres()
    if server is None:
        yield missing_row("search on PostgreSQL", "no PostgreSQL server programs")
        return
    try:
        server.begin()
        yield from _engine_rows("postgresql", server.url(server.create()), words, count, like)
    finally:
        server.end()


def _engine_rows(name: str, url: str, words: list[str], count: int, like: Path) -> Iterator[Row]:
    with closing(open_index(url)) as index:
        chance = random.Random(3)  # noqa: S311
        checked = chance.sample(words[100:4000], CHECKED)
        before = _size(index)
        seconds, holders, text_bytes = _build(index, make_documents(count, words=words), checked, like=like)
        _check(name, index, checked, holders)
        what = f"search in {count:,} transcripts, {name}"
        common, rare = words[20:120], words[300:5_000]
        asked = [" ".join(chance.sample(rare, number % 3 + 1)) for number in range(QUERIES)]
        milliseconds = sorted(_milliseconds(lambda typed: ask(index, typed), asked))
        worst = sorted(_milliseconds(lambda typed: ask(index, typed), chance.sample(common, min(QUERIES, 30))))
        most, most_worst = MOST_MS[name]
        yield _row(f"{what}: one to three words", median(milliseconds), most)
        yield _row(f"{what}: 99 of 100, very common words among them", _percentile(milliseconds + worst), most_worst)
        scans = _milliseconds(lambda typed: _scan(like, typed), asked[:LIKE_QUERIES])
        yield _times_row(f"{what}: beside LIKE", median(milliseconds), median(scans))
        share = (_size(index) - before - _text_size(index)) / text_bytes
        yield Row(
            what=f"{what}: all but the kept text ({seconds:.0f} s to build)",
            ours=f"{share * text_bytes / 1024**2:.0f} MiB",
            beside=f"text: {text_bytes / 1024**2:.0f} MiB",
            ratio=f"{share:.2f} ×",
            wanted=f"≤ {MOST_OF_TEXT}",
            is_met=share <= MOST_OF_TEXT,
        )


def ask(index: Index, typed: str) -> FoundPage:
    """Everything a page of results takes but its HTML."""
    query, languages = read_query(typed), index.search_languages()
    page = index.find(wanted_of(query, languages), filters=Filters(), now=NOW, limit=HITS_A_PAGE)
    sought = Sought(tuple((term, patterns_of(term, languages)) for term in query.wanted))
    shown = [best_sentences(one.text, sought, one.language) for one in page.documents]
    if not all(shown):
        raise RuntimeError(f"a hit of {typed!r} has no sentence")
    return page


def _build(
    index: Index, documents: Iterator[SearchDocument], checked: Sequence[str], *, like: Path
) -> tuple[float, dict[str, int], int]:
    """Fill both; gives seconds of ours, in how many texts each of the checked words is, and how long all texts are."""
    holders, seconds, size = dict.fromkeys(checked, 0), 0.0, 0
    like.unlink(missing_ok=True)
    index.clear_search(search_reader())
    with closing(sqlite3.connect(like)) as plain:
        plain.execute("CREATE TABLE texts (text TEXT)")
        while batch := list(islice(documents, BATCH)):
            texts = [" ".join(one.text for one in document.passages) for document in batch]
            plain.executemany("INSERT INTO texts VALUES (?)", ((text,) for text in texts))
            for text in texts:
                size += len(text)
                held = set(text.lower().replace(".", "").split())
                for word in checked:
                    holders[word] += word in held
            items = [SearchItem(guid=one.guid, key="1", documents=(one,)) for one in batch]
            before = time.perf_counter()
            index.save_search(Kind.EPISODE, "show", items=items)
            seconds += time.perf_counter() - before
        plain.commit()
    return seconds, holders, size


def _check(name: str, index: Index, checked: Sequence[str], holders: dict[str, int]) -> None:
    for word in checked:
        found = ask(index, word).count
        if found != holders[word]:
            raise RuntimeError(f"{name} found {word} in {found} of {holders[word]} texts; nothing was measured")


def _scan(file: Path, typed: str) -> int:
    """Count the texts that have all the words, looked for one after another as SQLite does it by itself."""
    words = [f"%{word}%" for word in typed.split()]
    every = " AND ".join("text LIKE ?" for _ in words)
    with closing(sqlite3.connect(file)) as plain:
        (count,) = plain.execute(f"SELECT count(*) FROM texts WHERE {every}", words).fetchone()  # noqa: S608
        return int(count)


def _milliseconds(ask_for: Callable[[str], object], asked: Iterable[str]) -> list[float]:
    found = []
    for typed in asked:
        before = time.perf_counter()
        ask_for(typed)
        found.append((time.perf_counter() - before) * 1000)
    return found


def _percentile(milliseconds: list[float]) -> float:
    return sorted(milliseconds)[int(len(milliseconds) * 0.99)]


def _row(what: str, found: float, most: int | None) -> Row:
    wanted = f"≤ {most} ms" if most else "(to be known)"
    return Row(what=what, ours=f"{found:.3g} ms", beside="", ratio="", wanted=wanted, is_met=not most or found <= most)


def _times_row(what: str, ours: float, scan: float) -> Row:
    times = scan / ours
    least = LEAST_TIMES_LIKE if "sqlite" in what else None
    return Row(
        what=what,
        ours=f"{ours:.3g} ms",
        beside=f"LIKE: {scan:.3g} ms",
        ratio=f"{times:.3g} times as fast",
        wanted=f"≥ {least}" if least else "(to be known)",
        is_met=least is None or times >= least,
    )


def _size(index: Index) -> int:
    """How many bytes the whole database takes."""
    with index.reading() as connection:
        if connection.dialect.name == "postgresql":
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
        sizes = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")]
        return int(sizes[0] * sizes[1])


def _text_size(index: Index) -> int:
    with index.reading() as connection:
        if connection.dialect.name == "postgresql":  # which packs them
            return int(connection.exec_driver_sql("SELECT pg_total_relation_size('search_texts')").scalar_one())
        sql = "SELECT sum(length(text) + length(marks)) FROM search_texts"
        return int(connection.exec_driver_sql(sql).scalar_one() or 0)


def _postgres():  # type: ignore[no-untyped-def]
    """A server as the tests have it; None where its programs are not installed."""
    found = importlib.util.spec_from_file_location("postgres", ROOT / "tests" / "postgres.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module.Server() if module.find_programs() else None
