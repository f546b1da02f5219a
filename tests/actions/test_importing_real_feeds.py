"""Every podcast that others made can be imported, and published again by us it has the same episodes."""

from __future__ import annotations

import csv
import itertools
import shutil
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path
from random import Random

import pytest
from actions.conftest import Shelf, _opened
from lxml import etree

from catalogue.actions.import_planning import plan_import
from catalogue.actions.import_proof import prove
from catalogue.actions.import_sources import Source, read_source
from catalogue.actions.import_writing import write_episodes, write_show
from catalogue.actions.index import index_library
from catalogue.domain.links import Links
from catalogue.errors import FeedError

LINKS = Links("https://ours.example")
# Feeds of so many items go quickly enough to be read each time.
SOME, SEED, SHORT = 10, 6, 16


@pytest.fixture
def fresh(box, blank, tmp_path, monkeypatch):
    """Make one empty library after the other, without drawing covers."""
    monkeypatch.setattr("catalogue.actions.index.make_images", lambda _: ())
    numbers = itertools.count()

    @contextmanager
    def opened():
        folder = tmp_path / str(next(numbers))
        shelf = Shelf(folder / "library", folder / "data")
        shelf.root.mkdir(parents=True)
        shelf.data.mkdir()
        shutil.copy(blank, shelf.data)
        shelf.now = shelf.now.replace(year=2090)
        yield from _opened(shelf, box)

    return opened


def manifest(corpus):
    with (corpus / "feeds" / "MANIFEST.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def imported(shelf, file: Path):
    """Import a feed's words alone, as `--metadata-only` does where no file can be fetched; None: it is no feed."""
    try:
        source = read_source(shelf.place, str(file))
    except FeedError:
        return None
    assert isinstance(source, Source)
    plan = plan_import(shelf.place, source)
    if plan.row is None:
        write_show(shelf.place, plan, timezone="UTC")
    write_episodes(shelf.place, plan, lambda _done, _total: None)
    report = index_library(shelf.place, shelf._wishes())
    show = next(row.show for row in shelf.place.index.shows() if row.show.path == plan.folder)
    return plan, report, prove(shelf.place, show, plan.incoming, links=LINKS, now=shelf.now), show


def said(body: bytes):
    """What a feed says of each item with audio, read in another way than ours: GUID, title, moment, address, size."""
    root = etree.fromstring(body, etree.XMLParser(resolve_entities=False))
    for item in root.iter("item"):
        enclosure, guid = item.find("enclosure"), item.find("guid")
        moment = item.findtext("pubDate")
        yield (
            guid.text if guid is not None else None,
            " ".join((item.findtext("title") or "").split()),
            parsedate_to_datetime(moment).timestamp() if moment else None,
            enclosure.get("url").strip() if enclosure is not None else None,
            int(enclosure.get("length") or 0) if enclosure is not None else None,
        )


def compare(fresh, file: Path) -> None:
    """Each item with a GUID, a title, a date and an enclosure is there again with the same."""
    with fresh() as shelf:
        found = imported(shelf, file)
        assert found is not None
        ours = set(said(shelf.publication().feed(found[-1], LINKS, shelf.now).body))
    theirs = {one for one in said(file.read_bytes()) if all(part is not None for part in one) and one[1]}
    assert theirs - ours == set()


@pytest.mark.corpus
def test_some_real_feeds_are_the_same_again(fresh, corpus):
    real = [row for row in manifest(corpus) if row["real_world"] == "yes" and row["wellformed"] == "yes"]
    short = [row["file"] for row in real if int(row["items"]) < SHORT]
    for name in Random(SEED).sample(short, SOME):
        compare(fresh, corpus / "feeds" / name)


@pytest.mark.soak
@pytest.mark.corpus
def test_every_feed_is_imported_or_refused_in_a_sentence(fresh, corpus):
    refused = 0
    for row in manifest(corpus):
        file = corpus / "feeds" / row["file"]
        if row["real_world"] == "yes" and row["wellformed"] == "yes" and row["root"].startswith("rss"):
            compare(fresh, file)
        else:
            with fresh() as shelf:
                refused += imported(shelf, file) is None
    assert refused < len(manifest(corpus)) / 2
