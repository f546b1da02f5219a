"""What is near an episode: before, after, and about the same."""

from datetime import timedelta

from builders import NOON, make_episode

from catalogue.domain.episode import Season, Tag
from catalogue.domain.nearby import Surroundings

LATER = NOON + timedelta(days=400)


def episode(number, *tags, season=None, **stated):
    return make_episode(
        guid=f"g{number}",
        slug=f"e{number}",
        published_at=NOON + timedelta(days=number),
        tags=tuple(Tag(name=tag, slug=tag) for tag in tags),
        season=Season(number=season) if season else None,
        **stated,
    )


def near(number, *episodes, now=LATER):
    newest_first = sorted(episodes, key=lambda one: one.published_at, reverse=True)
    return Surroundings(newest_first).near(next(one for one in episodes if one.guid == f"g{number}"), now)


def test_neighbours_are_the_public_ones_before_and_after():
    found = near(3, episode(1), episode(2, draft=True), episode(3), episode(4, draft=True), episode(5))
    assert (found.older.slug, found.newer.slug) == ("e1", "e5")


def test_those_that_share_more_tags_come_first_then_the_season_then_the_nearest():
    found = near(
        5,
        episode(1, "grief", "family"),
        episode(2, season=1),
        episode(3, "grief"),
        episode(4),
        episode(5, "grief", "family", season=1),
        episode(6),
        episode(7, "grief", season=1),
        episode(9, "grief"),
    )
    assert [one.slug for one in found.related] == ["e1", "e7", "e3"]


def test_neighbours_are_not_named_twice():
    found = near(2, episode(1, "grief"), episode(2, "grief"), episode(3, "grief"), episode(4, "grief"))
    assert [one.slug for one in found.related] == ["e4"]


def test_nothing_is_related_that_shares_nothing():
    assert near(1, *(episode(number) for number in range(1, 9))).related == ()


def test_what_is_not_public_yet_is_not_related():
    now = NOON + timedelta(days=5)
    found = near(1, episode(1, "grief"), episode(3), episode(4, "grief"), episode(6, "grief"), now=now)
    assert [one.slug for one in found.related] == ["e4"]


def test_of_a_tag_that_all_have_only_those_around_are_looked_at():
    looked_at = []

    class Watched(tuple):
        def __getitem__(self, place):
            looked_at.append(place)
            return super().__getitem__(place)

    episodes = [episode(number, "grief") for number in range(3000)]
    watched = Watched(reversed(episodes))
    found = Surroundings(watched).near(episodes[1500], LATER + timedelta(days=9000))
    assert len(looked_at) < 30
    assert [one.slug for one in found.related] == ["e1502", "e1498", "e1503"]


def test_an_episode_that_the_show_does_not_hold_has_nothing_near():
    assert Surroundings(()).near(episode(1), LATER).newer is None
