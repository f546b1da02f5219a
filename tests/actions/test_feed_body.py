"""A feed is made again from what is left of the one before, and is what it would be made anew."""

import gzip
import random
from datetime import timedelta

import pytest
from builders import NOON, make_episode, make_show
from shop_window import ShopWindow

from catalogue.actions import feed_body
from catalogue.actions.feed_body import FeedMaker
from catalogue.actions.shelf import read_shelves
from catalogue.domain.episode import Correction
from catalogue.domain.links import Links
from catalogue.errors import StoreError
from catalogue.feed.assembly import render_feed
from catalogue.feed.fragment import ItemRenderer
from catalogue.store.index import FragmentRow

LINKS = Links("https://example.org:8443/some/path")
TOMORROW = NOON + timedelta(days=1)
MIDNIGHT = NOON.replace(hour=0)


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    yield opened
    opened.index.close()


@pytest.fixture
def rendered(monkeypatch):
    """The GUIDs of what is rendered, as it happens."""
    found, render = [], ItemRenderer.render

    def noted(self, episode, content=None):
        found.append(episode.guid)
        return render(self, episode, content)

    monkeypatch.setattr(ItemRenderer, "render", noted)
    return found


def nothing_stored(_show, _guids):
    return {}


def numbered(count, **stated):
    moments = {n: NOON - timedelta(hours=n) for n in range(count)}
    return [make_episode(guid=f"g{n}", slug=f"s{n}", path=str(n), published_at=m, **stated) for n, m in moments.items()]


def shelf_of(window, *episodes, show=None):
    window.put(*episodes, show=show)
    return read_shelves(window.index).shows[0]


def as_rendered(shelf, now):
    return render_feed(shelf.show, [one for one in shelf.episodes if one.is_public(now)], LINKS)


@pytest.mark.parametrize("seed", range(3))
def test_every_state_in_turn_is_what_it_would_be_anew(window, monkeypatch, seed):
    monkeypatch.setattr("catalogue.feed.parts.GROUP_ITEMS", 4)
    chance, maker, known = random.Random(seed), FeedMaker(LINKS, nothing_stored), None
    for _ in range(15):
        number = chance.randrange(20)
        moment = NOON + timedelta(hours=chance.randrange(-30, 3))
        one = make_episode(guid=f"g{number}", slug=f"s{number}", path=str(number), published_at=moment)
        window.put(one, show=make_show(explicit=chance.random() < 0.1))
        known = read_shelves(window.index, known)
        made = maker.make(known.shows[0], NOON)
        assert made.body == gzip.decompress(made.gzip.body) == as_rendered(known.shows[0], NOON)


def test_one_more_episode_renders_itself_alone(window, rendered):
    maker = FeedMaker(LINKS, nothing_stored)
    maker.make(shelf_of(window, *numbered(120)), NOON)
    rendered.clear()
    known = read_shelves(window.index)
    window.put(make_episode(guid="new", slug="new", path="new", published_at=NOON))
    maker.make(read_shelves(window.index, known).shows[0], NOON)
    assert rendered == ["new"]


def test_what_is_stored_is_not_rendered_again(window, rendered):
    shelf = shelf_of(window, *numbered(60))
    kept = {
        one.guid: FragmentRow(f.key, f.body) for one in shelf.episodes for f in [ItemRenderer(shelf.show).render(one)]
    }
    rendered.clear()
    made = FeedMaker(LINKS, lambda _show, guids: {guid: kept[guid] for guid in guids}).make(shelf, NOON)
    assert rendered == []
    assert made.body == as_rendered(shelf, NOON)


def test_what_is_stored_of_another_state_is_rendered(window, rendered):
    shelf = shelf_of(window, *numbered(1))
    stale = ItemRenderer(shelf.show).render(make_episode(guid="g0", title="Old"))
    made = FeedMaker(LINKS, lambda *_: {"g0": FragmentRow(stale.key, stale.body)}).make(shelf, NOON)
    assert made.body == as_rendered(shelf, NOON)


def test_a_store_that_is_away_costs_time_alone(window):
    def away(_show, _guids):
        raise StoreError("store-away", "It is away.")

    shelf = shelf_of(window, *numbered(3))
    assert FeedMaker(LINKS, away).make(shelf, NOON).body == as_rendered(shelf, NOON)


def test_drafts_and_what_is_still_to_come_are_not_rendered(window, rendered):
    hidden = [make_episode(guid="d", slug="d", path="d", draft=True), make_episode(published_at=TOMORROW)]
    made = FeedMaker(LINKS, nothing_stored).make(shelf_of(window, *hidden), NOON)
    assert (rendered, made.due_at) == ([], TOMORROW)


def test_a_feed_with_a_hub_names_it_and_itself_in_body_and_header(window):
    shelf = shelf_of(window, *numbered(1))
    plain, made = (
        FeedMaker(LINKS, nothing_stored, hub=hub).make(shelf, NOON) for hub in (None, "https://hub.example/")
    )
    feed = f"{LINKS.base_url}/conversations/feed.xml"
    assert (plain.link, made.link) == (None, f'<https://hub.example/>; rel="hub", <{feed}>; rel="self"')
    assert made.body.replace(b'<atom:link rel="hub" href="https://hub.example/"/>', b"") == plain.body
    assert made.plain.etag != plain.plain.etag


def test_it_changed_last_when_the_newest_episode_became_public(window):
    shelf = shelf_of(window, make_episode(published_at=TOMORROW), *numbered(1))
    maker = FeedMaker(LINKS, nothing_stored)
    assert maker.make(shelf, NOON).changed_at == NOON
    assert maker.make(shelf, TOMORROW + timedelta(days=3)).changed_at == TOMORROW


def test_brotli_holds_the_same_feed_under_a_tag_of_its_own(window):
    import brotli

    made = FeedMaker(LINKS, nothing_stored).make(shelf_of(window, *numbered(3)), NOON).with_brotli()
    assert brotli.decompress(made.brotli.body) == made.body
    assert len({made.plain.etag, made.gzip.etag, made.brotli.etag}) == 3
    assert feed_body.Coded is type(made.brotli)


def test_a_correction_is_told_for_thirty_days_and_leaves_by_itself(window, rendered):
    corrected = make_episode(corrections=(Correction(on=NOON.date(), text="It is five."),))
    shelf = shelf_of(window, corrected, *numbered(3))
    maker, end = FeedMaker(LINKS, nothing_stored), MIDNIGHT + timedelta(days=30)
    told = maker.make(shelf, NOON)
    assert b"It is five." in told.body
    assert (told.due_at, told.changed_at) == (end, NOON)
    rendered.clear()
    untold = maker.make(shelf, end)
    assert b"It is five." not in untold.body
    assert (untold.due_at, untold.changed_at, rendered) == (None, end, [corrected.guid])
    for body, now in ((told.body, NOON), (untold.body, end)):
        assert body == render_feed(shelf.show, shelf.episodes, LINKS, now=now)


def test_the_build_date_stays_when_a_correction_leaves(window):
    later = NOON.date() + timedelta(days=1)
    shelf = shelf_of(window, make_episode(corrections=(Correction(on=later, text="It is five."),)))
    maker = FeedMaker(LINKS, nothing_stored)
    for now in (NOON + timedelta(days=2), NOON + timedelta(days=200)):
        assert b"<lastBuildDate>Wed, 06 Oct 2021 00:00:00" in maker.make(shelf, now).body


def test_a_show_sets_how_long_its_feed_tells_corrections(window):
    corrected = make_episode(corrections=(Correction(on=NOON.date(), text="It is five."),))
    maker = FeedMaker(LINKS, nothing_stored)
    for days, is_told in ((30, True), (0, False), (3, True)):
        shelf = shelf_of(window, corrected, show=make_show(corrections_days=days))
        assert (b"It is five." in maker.make(shelf, NOON + timedelta(days=1)).body) is is_told
