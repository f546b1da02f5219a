"""Guests' addresses to single episodes, on every kind of index."""

from datetime import timedelta

import pytest
from builders import NOON
from people import DAY, add

from catalogue.domain.members import hash_token
from catalogue.domain.previews import Preview
from catalogue.domain.rights import Grant, Role

ONE, TWO = hash_token("one"), hash_token("two")


def made(guid="a", **stated):
    values = {"id": 0, "show_guid": "show", "guid": guid, "made_by": "Ana ñ", "made_at": NOON}
    return Preview(**values | {"ends_at": NOON + timedelta(days=7)} | stated)


def test_an_address_is_found_by_the_hash_of_its_token(index):
    added = index.add_preview(made(), token_hash=ONE)
    assert index.find_preview(ONE) == added
    assert (added.made_by, added.made_at, added.ends_at) == ("Ana ñ", NOON, NOON + timedelta(days=7))
    assert index.find_preview(TWO) is None


def test_the_addresses_of_an_episode_are_its_own(index):
    first = index.add_preview(made(), token_hash=ONE)
    index.add_preview(made("b"), token_hash=TWO)
    index.add_preview(made(show_guid="other"), token_hash=hash_token("three"))
    assert index.previews("show", "a") == (first,)


def test_one_is_ended_once_and_the_others_stay(index):
    one, two = index.add_preview(made(), token_hash=ONE), index.add_preview(made(), token_hash=TWO)
    index.end_preview(one, now=NOON + timedelta(hours=1))
    index.end_preview(one, now=NOON + timedelta(hours=2))
    assert index.find_preview(ONE).ended_at == NOON + timedelta(hours=1)
    assert index.find_preview(TWO) == two


def test_an_address_is_open_until_it_ends_or_is_taken_back():
    assert made().is_open(NOON + timedelta(days=7, seconds=-1))
    assert not made().is_open(NOON + timedelta(days=7))
    assert not made(ended_at=NOON).is_open(NOON)


def test_the_addresses_of_an_account_end_with_it_and_nobody_elses(index):
    eva, _ = add(index, "eva"), add(index, "ana")
    for name, token in (("Eva", ONE), ("Ana", TWO), ("", hash_token("three"))):
        index.add_preview(made(made_by=name), token_hash=token)
    index.disable_producer(eva.id, NOON + DAY)
    assert [one.ended_at for one in index.previews("show", "a")] == [NOON + DAY, None, None]


@pytest.mark.parametrize("left", ["editor", "contributor", "reviewer", None])
def test_with_a_role_go_the_links_that_it_gave_the_right_to(index, left):
    add(index)
    eva = add(index, "eva", role=Role.EDITOR, show="show")
    index.save_author("show", "own", eva.id)
    index.grant(eva.id, Grant(show_guid="other", role=Role.EDITOR), now=NOON)
    for token, stated in ((ONE, {}), (TWO, {"guid": "own"}), ("three", {"show_guid": "other"})):
        index.add_preview(made(stated.pop("guid", "a"), made_by="Eva", **stated), token_hash=token)
    if left:
        index.grant(eva.id, Grant(show_guid="show", role=Role(left)), now=NOON + DAY)
    else:
        index.revoke(eva.id, "show", now=NOON + DAY)
    gone = [index.find_preview(token).ended_at is not None for token in (ONE, TWO, "three")]
    assert gone == [left != "editor", left not in ("editor", "contributor"), False]


def test_those_that_led_nowhere_before_a_moment_are_swept(index):
    over = index.add_preview(made(), token_hash=ONE)
    index.end_preview(index.add_preview(made(), token_hash=TWO), now=NOON)
    still = index.add_preview(made(), token_hash=hash_token("three"))
    index.end_preview(still, now=NOON + DAY)
    index.sweep_previews(NOON + DAY)
    assert [one.id for one in index.previews("show", "a")] == [over.id, still.id]
    index.sweep_previews(over.ends_at + timedelta(seconds=1))
    assert index.previews("show", "a") == ()
