"""The linter asks the site that we serve ourselves, as a directory does, and finds nothing."""

import pytest
from serving import SHOW

from catalogue.actions.check_asking import Asking
from catalogue.actions.check_stranger import FEED_LIMITS, check_address_online
from catalogue.outside.guard import read_guard
from catalogue.sandbox import Box


@pytest.fixture(scope="module")
def checked(sample):
    with Box(1, FEED_LIMITS) as box:
        return check_address_online(f"{sample.url}/{SHOW}/feed.xml", Asking(guard=read_guard("127.0.0.1")), box=box)


def test_what_we_serve_has_no_fault(checked):
    assert [(one.rule, one.message) for one in checked.findings if one.level.value != "advice"] == []


def test_every_address_of_the_feed_was_asked_and_answered(checked, items):
    replies = checked.online.replies
    assert {item.enclosure.url for item in items} <= replies.keys()
    assert checked.unasked == 0
    assert {reply.status for reply in replies.values()} == {200}
