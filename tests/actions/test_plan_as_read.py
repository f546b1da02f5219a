"""A plan as somebody reads it: a library with one of each change, as text, as JSON and as a diff of its feed.

The expected files are in `tests/data/plan`. After a wanted change write them again with CASTALOGUE_WRITE_GOLDEN=1 and
read the difference.
"""

import json
import os
import re
import shutil
from pathlib import Path

import click
import pytest

from catalogue.actions.feed_changes import plan_feeds
from catalogue.actions.runs import Wishes
from catalogue.cli.plan_report import plan_document, tell_plan
from catalogue.domain.links import Links

DATA = Path(__file__).parents[1] / "data" / "plan"
LINKS = Links("https://pods.example")
EPISODES = "kept retold again tagged lost back unpublished withdrawn corrected spanish".split()


def note(title, *, published="2021-10-05", more="", notes="About it."):
    return f"---\ntitle: {title}\npublished: {published}\n{more}---\n{notes}\n"


@pytest.fixture
def changed(shelf):
    """A show that was indexed, and then changed in every way there is."""
    for seed, name in enumerate(EPISODES):
        shelf.sound(f"{name}/audio.mp3", seed=seed, album="A")
        shelf.write(f"{name}/episode.md", note(name.title(), published=f"2021-10-{seed + 1:02}"))
    shelf.sound("moved/audio.mp3", seed=50)
    shelf.write("moved/episode.md", note("Moved", published="2027-01-01"))
    shelf.sound("draft/audio.mp3", seed=51)
    shelf.write("draft/episode.md", note("Draft", more="draft: true\n"))
    shelf.sound("unripe/audio.mp3", seed=52)
    shelf.write("unripe/episode.md", note("Unripe", more="draft: true\n"))
    shelf.index()
    shutil.move(shelf.root / "back" / "audio.mp3", shelf.data / "away.mp3")
    shelf.later(hours=1)
    shelf.index()
    shelf.later(hours=1)
    _change(shelf)
    return shelf


def _change(shelf):
    shelf.write("show.toml", (shelf.root / "show.toml").read_text() + 'subtitle = "After a diagnosis"\n')
    shelf.write("retold/episode.md", note("Told better", published="2021-10-02", notes="More about it."))
    shelf.sound("again/audio.mp3", seed=60, seconds=3)
    shelf.sound("tagged/audio.mp3", seed=3, album="B")
    shutil.rmtree(shelf.root / "lost")
    shutil.move(shelf.data / "away.mp3", shelf.root / "back" / "audio.mp3")
    shelf.write("unpublished/episode.md", note("Unpublished", published="2021-10-07", more="draft: true\n"))
    _withdraw(shelf, "withdrawn")
    corrections = "corrections:\n  - on: 2026-02-28\n    text: The year was wrong.\n"
    shelf.write("corrected/episode.md", note("Corrected", published="2021-10-09", more=corrections))
    shelf.write("spanish/episode.es.md", "---\ntitle: En español\n---\nSobre ello.\n")
    shelf.write("moved/episode.md", note("Moved", published="2027-02-01"))
    shelf.write("draft/episode.md", note("Draft", published="2021-11-01"))
    shelf.write("unripe/episode.md", note("Riper", more="draft: true\n"))
    shelf.sound("new/audio.mp3", seed=61)
    shelf.write("new/episode.md", note("New", published="2026-03-01"))
    shutil.copytree(shelf.root / "kept", shelf.root / "kept again")
    shelf.sound("broken/audio.mp3", seed=63)
    shelf.write("broken/episode.md", note("Broken", more="explicit: perhaps\n"))


def _told(shelf, report):
    said = []
    tell_plan(report, now=shelf.now, say=said.append)
    return "\n".join(said) + "\n"


def _withdraw(shelf, folder):
    """As somebody does who writes it into the ledger."""
    lines = [json.loads(line) for line in shelf.ledger().splitlines()]
    lines = [one | ({"withdrawn_at": "2026-03-01T13:00:00Z"} if one.get("path") == folder else {}) for one in lines]
    shelf.write("ledger.jsonl", "".join(json.dumps(line) + "\n" for line in lines))


def _masked(text):
    """Without what hangs on how mutagen writes tags: hashes, and GUIDs and lengths that follow from them."""
    text = re.sub(r"\b[0-9a-f]{64}\b", "HASH", click.unstyle(text))
    text = re.sub(r"\bsha256-[A-Za-z0-9+/=]+", "sha256-HASH", text)
    text = re.sub(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "GUID", text)
    return re.sub(r'length="\d+"', 'length="N"', text)


def _is_golden(name, text):
    path = DATA / name
    if os.environ.get("CASTALOGUE_WRITE_GOLDEN"):
        path.write_text(_masked(text), encoding="utf-8")
    return _masked(text) == path.read_text(encoding="utf-8")


def test_one_of_each_change_as_text_as_json_and_as_a_diff(changed):
    before = (changed.ledger(), changed.place.index.revision())
    planned = plan_feeds(changed.place, Wishes(clock=lambda: changed.now, wait=lambda _: None), LINKS)
    assert _is_golden("plan.txt", _told(changed, planned.report))
    document = plan_document(planned.report, now=changed.now, links=LINKS, diffs=None)
    assert _is_golden("plan.json", json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    assert _is_golden("plan.diff", "".join(planned.diffs.values()))
    assert (changed.ledger(), changed.place.index.revision()) == before


def test_what_comes_now_later_and_not_yet_as_text(shelf):
    shelf.index()
    shelf.later(hours=1)
    for seed, (name, published) in enumerate({"new": "2026-03-01", "next": "2026-04-01"}.items()):
        shelf.sound(f"{name}/audio.mp3", seed=seed)
        shelf.write(f"{name}/episode.md", note(name.title(), published=published))
    shelf.sound("unripe/audio.mp3", seed=3)
    shelf.write("unripe/episode.md", note("Unripe", more="draft: true\n"))
    shelf.write("words/episode.md", note("Words alone"))
    assert _is_golden("arrivals.txt", _told(shelf, shelf.plan()))


def test_the_diff_is_what_the_index_then_does_to_the_feed(changed):
    served = changed.publication()
    (show,) = served.shows()
    before = served.feed(show, LINKS, changed.now).body.decode()
    (diff,) = plan_feeds(changed.place, Wishes(clock=lambda: changed.now, wait=lambda _: None), LINKS).diffs.values()
    changed.index()
    after = changed.publication().feed(show, LINKS, changed.now).body.decode()
    gone, come = ({*one.replace("><", ">\n<").split("\n")} for one in (before, after))
    lines = diff.splitlines()[2:]
    assert {line[1:] for line in lines if line[0] == "-"} >= gone - come
    assert {line[1:] for line in lines if line[0] == "+"} >= come - gone
    assert {line[1:] for line in lines if line[0] == "+"} <= come


def test_where_nothing_changes_there_is_no_diff(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    shelf.later(hours=1)
    assert plan_feeds(shelf.place, Wishes(clock=lambda: shelf.now), LINKS).diffs == {}


def test_a_first_feed_is_in_the_diff_as_a_whole(shelf):
    shelf.sound("one.mp3", title="One")
    (diff,) = plan_feeds(shelf.place, Wishes(clock=lambda: shelf.now), LINKS).diffs.values()
    assert diff.startswith("--- /dev/null\n+++ b/conversations/feed.xml\n")
    assert "+<title>One</title>" in diff
    assert shelf.place.index.shows() == ()
