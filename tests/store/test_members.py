"""Members of shows, on every kind of index."""

from datetime import timedelta

from builders import NOON

from catalogue.domain.members import hash_token

ONE, TWO = hash_token("one"), hash_token("two")


def test_a_member_is_found_by_the_hash_of_a_token(index):
    added = index.add_member("show", "Ana \x00 ñ", token_hash=ONE, now=NOON)
    assert index.find_member(ONE) == added
    assert (added.show_guid, added.name, added.added_at, added.revoked_at) == ("show", "Ana \x00 ñ", NOON, None)
    assert index.find_member(TWO) is None


def test_the_members_of_a_show_are_in_the_order_they_were_added(index):
    index.add_member("show", "Zoe", token_hash=ONE, now=NOON)
    index.add_member("show", "Ana", token_hash=TWO, now=NOON)
    index.add_member("other", "Eve", token_hash=hash_token("three"), now=NOON)
    assert [one.name for one in index.members("show")] == ["Zoe", "Ana"]


def test_one_is_revoked_and_the_others_stay(index):
    one, _ = (index.add_member("show", name, token_hash=found, now=NOON) for name, found in (("a", ONE), ("b", TWO)))
    index.revoke_member(one, now=NOON + timedelta(days=1))
    index.revoke_member(one, now=NOON + timedelta(days=2))
    assert index.find_member(ONE).revoked_at == NOON + timedelta(days=1)
    assert index.find_member(TWO).revoked_at is None


def test_the_same_token_makes_one_member(index):
    assert index.add_member("show", "a", token_hash=ONE, now=NOON) == index.add_member(
        "show", "a", token_hash=ONE, now=NOON
    )
    assert len(index.members("show")) == 1
