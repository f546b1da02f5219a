"""The catalogue in memory follows the index change by change, and is what a fresh reading would give."""

import random
from datetime import timedelta

import pytest
from builders import NOON, make_audio, make_episode, make_show
from shop_window import ShopWindow

from catalogue.actions.shelf import read_shelves

ROUNDS = 25


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    yield opened
    opened.index.close()


def random_episode(chance):
    number = chance.randrange(8)
    return make_episode(
        guid=f"guid-{number}",
        slug=f"slug-{number}-{chance.randrange(3)}",
        path=str(number),
        published_at=NOON + timedelta(days=chance.randrange(-3, 3)),
        renditions=(make_audio(sha256=f"{chance.randrange(6):064x}"),),
        draft=chance.random() < 0.2,
    )


def compared(shelves):
    """What readers can see of shelves; the order of equals is nobody's business."""
    return [
        (
            shelf.row,
            shelf.episodes,
            dict(shelf.by_guid),
            dict(shelf.rows),
            {
                sha256: {(p.role, p.row.line.guid if p.row else "", p.is_current) for p in found}
                for sha256, found in shelf.pieces.items()
            },
        )
        for shelf in shelves.shows
    ]


@pytest.mark.parametrize("seed", range(4))
def test_following_every_change_gives_what_reading_anew_gives(window, seed):
    chance, followed = random.Random(seed), None
    for _ in range(ROUNDS):
        window.put(random_episode(chance), show=make_show(title=chance.choice(["One", "Two"])))
        followed = read_shelves(window.index, followed)
        fresh = read_shelves(window.index)
        assert compared(followed) == compared(fresh)
        assert followed.revision == fresh.revision


def test_what_has_a_hash_now_comes_before_what_had_it_once(window):
    window.put(make_episode())
    known = read_shelves(window.index)
    window.put(make_episode(renditions=(make_audio(sha256="9" * 64),)))
    window.put(make_episode(guid="2", slug="two", path="2"))
    pieces = read_shelves(window.index, known).pieces("a" * 64)
    assert [(piece.row.line.guid, piece.is_current) for piece in pieces] == [("2", True), (make_episode().guid, False)]


def test_an_episode_that_left_the_index_leaves_the_shelf(window):
    window.put(make_episode(), make_episode(guid="2", slug="two", path="2"))
    known = read_shelves(window.index)
    window.index.save_show(window.index.shows()[0], episodes={}, gone=["2"])
    (shelf,) = read_shelves(window.index, known).shows
    assert [episode.slug for episode in shelf.episodes] == ["meet-the-husbands"]


def test_a_show_that_did_not_change_keeps_its_shelf(window):
    window.put(make_episode())
    window.put(make_episode(guid="2", path="2"), show=make_show(guid="other", slug="other"))
    known = read_shelves(window.index)
    window.put(make_episode(guid="2", path="2", title="New"), show=make_show(guid="other", slug="other"))
    shelves = read_shelves(window.index, known)
    assert shelves.show("conversations") is known.show("conversations")
    assert shelves.show("other") is not known.show("other")


def test_only_what_changed_is_read(window, monkeypatch):
    window.put(*(make_episode(guid=str(n), slug=f"s{n}", path=str(n)) for n in range(20)))
    known = read_shelves(window.index)
    window.put(make_episode(guid="3", slug="s3", path="3", title="New"))
    monkeypatch.setattr(window.index, "episodes", lambda guid: pytest.fail("the whole show was read"))
    shelves = read_shelves(window.index, known)
    unchanged = sum(one is other for one in shelves.shows[0].episodes for other in known.shows[0].episodes)
    assert unchanged == 19
