"""Indexing with a renderer that fails: the others go out, what was served stays, and all mends itself."""

from itertools import count

import pytest
from lxml import etree

from catalogue.domain.links import Links
from catalogue.feed import fragment
from catalogue.feed.rss import render_item

LINKS = Links("https://example.org")

LINKS = Links("https://example.org")


@pytest.fixture
def faults(monkeypatch):
    """Titles whose items the renderer mangles or cannot write."""
    found = {}

    def render(show, episode, links, content=None):
        if episode.title in found:
            return found[episode.title](render_item(show, episode, links))
        return render_item(show, episode, links)

    monkeypatch.setattr(fragment, "render_item", render)
    return found


@pytest.fixture
def three(shelf):
    """Three episodes, indexed."""
    for number, name in enumerate(("One", "Two", "Three")):
        shelf.sound(f"{name}.mp3", seed=number, title=name)
    shelf.index()
    shelf.later(hours=1)
    return shelf


def raises(_):
    raise RuntimeError("broken")


def without_end(xml):
    return xml.removesuffix(b"</item>")


def titles(feed):
    return {item.findtext("title") for item in etree.fromstring(feed).iter("item")}


def note(shelf, name, title):
    shelf.write(f"{name}.md", f"---\ntitle: {title}\n---\nHello.\n")


@pytest.mark.parametrize("fault", [raises, without_end])
def test_a_bad_item_costs_itself_and_the_old_one_stays(three, faults, fault):
    faults["Bad"] = fault
    note(three, "One", "Bad")
    note(three, "Two", "Better")
    report = three.index()
    assert titles(three.feed()) == {"One", "Better", "Three"}
    assert [(p.code, p.path) for p in report.refused] == [("held-item", "One")]
    assert report.counts["held"] == 1


def test_a_new_bad_item_waits_without_an_identity(three, faults):
    faults["Four"] = raises
    ledger = three.ledger()
    three.sound("Four.mp3", seed=4, title="Four")
    report = three.index()
    assert (titles(three.feed()), three.ledger()) == ({"One", "Two", "Three"}, ledger)
    assert report.counts["new"] == 0
    faults.clear()
    three.index()
    assert titles(three.feed()) == {"One", "Two", "Three", "Four"}


def test_what_is_held_is_said_with_every_run_and_changes_nothing(three, faults):
    faults["Bad"] = faults["Four"] = without_end
    note(three, "One", "Bad")
    three.sound("Four.mp3", seed=4, title="Four")
    three.index()
    before, feed = three.place.index.revision(), three.feed()
    three.later(hours=1)
    assert {problem.code for problem in three.index().refused} == {"held-item"}
    assert (three.place.index.revision(), three.feed()) == (before, feed)


def test_plan_says_what_would_be_held(three, faults):
    faults["Bad"] = raises
    note(three, "One", "Bad")
    assert [problem.code for problem in three.plan().refused] == ["held-item"]


def test_what_was_written_by_hand_into_the_ledger_outlives_that_its_episode_is_held(three, faults):
    faults["Bad"] = raises
    note(three, "One", "Bad")
    three.index()
    by_hand = three.ledger().replace('"slug":"one",', '"slug":"one","was":["first"],')
    three.write("ledger.jsonl", by_hand)
    three.sound("Four.mp3", seed=4, title="Four")
    assert [problem.code for problem in three.index().refused] == ["held-item"]
    assert ('"was":["first"]' in three.ledger(), '"four"' in three.ledger()) == (True, True)
    faults.clear()
    three.index()
    assert '"was":["first"]' in three.ledger()


def test_a_note_that_loses_its_remote_audio_is_held_and_the_others_go_out(three):
    remote = "enclosure: {url: 'https://e.org/a.mp3', length: 1, type: audio/mpeg}"
    three.write("Far/episode.md", f"---\ntitle: Far\n{remote}\n---\n")
    three.index()
    three.write("Far/episode.md", "---\ntitle: Gone\n---\n")
    note(three, "One", "New")
    (problem,) = three.index().refused
    assert (problem.code, problem.path) == ("held-leaving", "Far")
    assert titles(three.feed()) == {"Far", "New", "Two", "Three"}
    three.index()
    assert titles(three.feed()) == {"Far", "New", "Two", "Three"}


def test_a_broken_head_keeps_the_show_as_it_is_and_says_why(three, monkeypatch):
    before, feed = three.place.index.revision(), three.feed()
    note(three, "One", "New")
    with monkeypatch.context() as patch:
        patch.setattr("catalogue.actions.gate.render_head", lambda *_, **__: b"<rss>")
        report = three.index()
    assert [problem.code for problem in report.refused] == ["feed-refused"]
    assert (three.place.index.revision(), three.feed()) == (before, feed)
    three.index()
    assert titles(three.feed()) == {"New", "Two", "Three"}


def test_the_index_renders_what_is_served(three, monkeypatch):
    monkeypatch.setattr(fragment, "render_item", raises)
    assert titles(three.feed()) == {"One", "Two", "Three"}


def test_the_same_library_gives_the_same_bytes_without_rendered_items(three):
    feed = three.feed()
    guid = three.place.index.shows()[0].show.guid
    gone = dict.fromkeys(three.place.index.fragment_keys(guid))
    assert len(gone) == 3
    three.place.index.save_show(three.place.index.shows()[0], episodes={}, fragments=gone)
    assert three.feed() == feed


def test_an_upgrade_that_writes_other_items_moves_last_modified(three, monkeypatch):
    before = three.publication().feed(three.publication().first_feed(), LINKS, three.now)
    three.index()
    assert three.publication().feed(three.publication().first_feed(), LINKS, three.now).changed_at == before.changed_at
    monkeypatch.setattr(fragment, "renderer", lambda: "another")
    monkeypatch.setattr("catalogue.actions.writing.renderer", lambda: "another")
    three.index()
    after = three.publication().feed(three.publication().first_feed(), LINKS, three.now)
    assert after.changed_at == three.now > before.changed_at
    assert after.plain.etag == before.plain.etag


def test_a_clock_that_goes_back_does_not_take_last_modified_with_it(three):
    note(three, "One", "New")
    three.index()
    shown = three.publication().feed(three.publication().first_feed(), LINKS, three.now).changed_at
    three.later(hours=-2)
    note(three, "One", "Newer")
    three.index()
    three.later(hours=2)
    assert three.publication().feed(three.publication().first_feed(), LINKS, three.now).changed_at >= shown


def test_an_item_that_only_serving_finds_bad_gives_way_to_its_last_good_state(three, monkeypatch):
    calls = count()
    monkeypatch.setattr(fragment, "renderer", lambda: "another")
    monkeypatch.setattr(fragment, "render_item", lambda *_: f"<item>{next(calls)}</item>".encode())
    assert titles(three.feed()) == {"One", "Two", "Three"}
    assert next(calls) == 3
