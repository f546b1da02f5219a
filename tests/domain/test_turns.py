"""When the clock alone changes something."""

from datetime import timedelta

from builders import NOON, make_episode

from catalogue.domain.turns import next_publication


def test_the_next_publication_is_the_first_after_now_and_none_is_none():
    stated = (NOON + timedelta(days=2), NOON + timedelta(days=1), NOON, None)
    episodes = [make_episode(published_at=moment) for moment in stated]
    assert next_publication(episodes, NOON) == NOON + timedelta(days=1)
    assert next_publication(episodes[2:], NOON) is None
