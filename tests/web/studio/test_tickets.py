"""Tickets for recordings: good for who was given one, for as long as they may, and for a day."""

from datetime import timedelta

import pytest
from producers import FIRST, SECOND

from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from catalogue.errors import StoreError
from web.studio.holders import Holders, looking
from web.studio.tickets import HOLDS_FOR, holds_ticket, make_ticket


@pytest.fixture
def holders(house):
    found = Holders(house.index)
    found.look()
    return found


def slugs(house):
    return {row.show.guid: row.show.slug for row in house.index.shows()}


def is_let_in(house, holders, producer, *, show=None, now=None):
    show = show or slugs(house)[FIRST]
    ticket = make_ticket(house.desk.key, slugs(house)[FIRST], producer.id, now=house.now)
    path = f"/pod/studio/shows/{show}/upload/{ticket}/"
    return holds_ticket(house.desk.key, path, now or house.now, may_send=holders.may_send)


def test_a_ticket_is_good_for_its_show_and_a_day(house, holders):
    ana = house.add(Role.CONTRIBUTOR, FIRST)
    assert is_let_in(house, holders, ana)
    assert is_let_in(house, holders, ana, now=house.now + HOLDS_FOR)
    assert not is_let_in(house, holders, ana, now=house.now + HOLDS_FOR + timedelta(seconds=1))
    assert not is_let_in(house, holders, ana, show=slugs(house)[SECOND])


def test_a_ticket_of_somebody_else_cannot_be_made_of_one_s_own(house, holders):
    ticket = make_ticket(house.desk.key, "a", 1, now=house.now)
    until, _, seal = ticket.split("-")
    path = f"/studio/shows/a/upload/{until}-2-{seal}/"
    assert not holds_ticket(house.desk.key, path, house.now, may_send=lambda _id, _show: True)


@pytest.mark.parametrize("deed", ["closed", "taken away", "less", "in another show"])
def test_who_may_no_more_lets_nothing_in(house, holders, deed):
    ana = house.add(Role.EDITOR, FIRST)
    house.add(Role.OWNER, ALL_SHOWS)
    deeds = {
        "closed": lambda: house.index.disable_producer(ana.id, house.now),
        "taken away": lambda: house.index.revoke(ana.id, FIRST, now=house.now),
        "less": lambda: house.index.grant(ana.id, Grant(show_guid=FIRST, role=Role.REVIEWER), now=house.now),
        "in another show": lambda: (
            house.index.grant(ana.id, Grant(show_guid=SECOND, role=Role.OWNER), now=house.now),
            house.index.revoke(ana.id, FIRST, now=house.now),
        ),
    }
    holders.look()
    assert is_let_in(house, holders, ana)
    deeds[deed]()
    holders.look()
    assert not is_let_in(house, holders, ana)


def test_what_was_known_holds_while_nothing_can_be_read(house, monkeypatch, caplog):
    ana, holders = house.add(Role.OWNER, ALL_SHOWS), Holders(house.index)
    house.add(Role.OWNER, ALL_SHOWS)
    house.index.disable_producer(ana.id, house.now)
    with looking(holders):
        pass
    monkeypatch.setattr(house.index, "producers", lambda: (_ for _ in ()).throw(StoreError("locked", "It is locked.")))
    with looking(holders):
        pass
    assert not is_let_in(house, holders, ana)
    assert caplog.text.count("It is locked.") == 1
