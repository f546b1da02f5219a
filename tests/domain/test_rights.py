"""Who may do what, as a table."""

import pytest

from catalogue.domain.rights import ALL_SHOWS, Grant, Right, Role, is_only_for_own, may

EVERYTHING = set(Right)
WRITING = EVERYTHING - {Right.SETTINGS, Right.PEOPLE, Right.LOG, Right.BEGIN_SHOW}
READING = {Right.ENTER, Right.SEE, Right.SEE_DRAFTS, Right.REVIEW}


def held(role, *, of="a", show="a", is_own=False):
    grants = [Grant(show_guid=of, role=role)]
    return {right for right in Right if may(grants, right, show, is_own=is_own)}


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.OWNER, EVERYTHING - {Right.BEGIN_SHOW}),
        (Role.EDITOR, WRITING),
        (Role.CONTRIBUTOR, {Right.ENTER, Right.SEE, Right.UPLOAD}),
        (Role.REVIEWER, READING),
    ],
)
def test_a_role_gives_its_rights_in_its_show_and_none_in_another(role, rights):
    assert held(role) == rights
    assert held(role, show="b") == set()
    assert held(role, of=ALL_SHOWS) == rights | ({Right.BEGIN_SHOW} if role is Role.OWNER else set())


def test_who_contributes_writes_what_is_their_own_and_never_publishes():
    own = held(Role.CONTRIBUTOR, is_own=True)
    assert own == {Right.ENTER, Right.SEE, Right.UPLOAD, Right.SEE_DRAFTS, Right.WRITE}
    grants = [Grant(show_guid="a", role=Role.CONTRIBUTOR)]
    assert [right for right in Right if is_only_for_own(grants, right, "a")] == [Right.SEE_DRAFTS, Right.WRITE]
    assert [right for right in Right if is_only_for_own(grants, right, "b")] == []


def test_what_belongs_to_no_show_needs_a_role_in_all_but_for_entering():
    assert held(Role.OWNER, of="a", show=None) == {Right.ENTER}
    assert held(Role.OWNER, of=ALL_SHOWS, show=None) == EVERYTHING
    assert may([], Right.ENTER, None)


def test_nobody_may_do_anything_without_a_role():
    assert [right for right in Right if may([], right, "a", is_own=True)] == []
