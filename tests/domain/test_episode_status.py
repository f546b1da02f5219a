"""How an episode stands, in one word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, make_episode

from catalogue.domain.episode import Audience
from catalogue.domain.episode_status import Status, status_of
from catalogue.domain.identity import LedgerEpisode

LATER = NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ({}, Status.PUBLIC),
        ({"published_at": LATER}, Status.SCHEDULED),
        ({"draft": True, "published_at": LATER}, Status.DRAFT),
        ({"published_at": None}, Status.DRAFT),
        ({"audience": Audience.MEMBERS}, Status.MEMBERS),
        ({"missing_since": NOON}, Status.MISSING),
        ({"missing_since": NOON, "published_at": LATER}, Status.MISSING),
        ({"renditions": ()}, Status.NO_AUDIO),
        ({"withdrawn_at": NOON, "draft": True}, Status.WITHDRAWN),
    ],
)
def test_one_word_says_how_it_stands(stated, status):
    assert status_of(make_episode(**stated), NOON) is status


def test_what_is_unclear_is_held_unless_it_was_withdrawn():
    assert status_of(make_episode(), NOON, is_held=True) is Status.HELD
    assert status_of(None, NOON) is Status.HELD
    line = LedgerEpisode(guid="a", path="a", slug="a", withdrawn_at=NOON)
    assert status_of(None, NOON, line=line) is Status.WITHDRAWN
    assert status_of(None, NOON, line=replace(line, withdrawn_at=None, discarded_at=NOON)) is Status.DISCARDED
