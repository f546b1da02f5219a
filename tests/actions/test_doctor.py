"""What the doctor sees, and the mend."""

import os
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest

from catalogue.actions import doctor
from catalogue.domain.producers import LinkKind, OneTimeLink, Producer
from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from catalogue.domain.tokens import Scope, Token

DAY = timedelta(days=1)


def symptom(shelf, what):
    return next(one for one in doctor.examine(shelf.place) if one.what == what)


def set_base_url(shelf, base_url):
    settings = shelf.place.settings.model_copy(update={"base_url": base_url})
    object.__setattr__(shelf.place, "settings", settings)


def test_a_fresh_library_is_well(shelf):
    symptoms = doctor.examine(shelf.place)
    assert all(one.is_well for one in symptoms)
    assert [one.what for one in symptoms] == [
        "Library",
        "Data folder",
        "Index",
        "Search",
        "Address",
        "Last index",
        "Told",
        "Studio",
        "Tokens",
        "Members",
        "Audio help",
        "Limits",
    ]


def test_a_search_that_is_behind_is_not_well(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    assert symptom(shelf, "Search").found == "languages: en"
    shelf.place.index.clear_search("before an update")
    found = symptom(shelf, "Search")
    assert (found.found, found.is_well) == ("not filled: Conversations", False)
    assert "castalogue index" in found.mend


def test_a_library_that_cannot_be_written_is_not_well(shelf, monkeypatch):
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    assert "new ones are held" in symptom(shelf, "Library").mend


def test_little_space_is_not_well(shelf, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10, 9, 1))
    assert not symptom(shelf, "Data folder").is_well


@pytest.mark.parametrize(
    ("base_url", "mend"),
    [
        (None, "CASTALOGUE_BASE_URL"),
        ("http://example.org", "public https"),
        ("https://192.168.1.2", "public https"),
        ("https://example.org", ""),
    ],
)
def test_an_address_that_nobody_else_can_reach_is_said_and_is_no_illness(shelf, base_url, mend):
    set_base_url(shelf, base_url)
    found = symptom(shelf, "Address")
    assert mend in found.mend
    assert bool(found.mend) == bool(mend)
    assert found.is_well


def test_what_the_last_index_left_out_is_not_well(shelf):
    shelf.write("page.mp3", "<html>")
    shelf.index()
    found = symptom(shelf, "Last index")
    assert (found.is_well, found.found) == (False, "1 left out")
    assert "page.mp3" in found.mend


def owner(shelf, name, now):
    grant = Grant(show_guid=ALL_SHOWS, role=Role.OWNER)
    link = OneTimeLink(
        token_hash=f"link of {name}", kind=LinkKind.INVITE, grant=grant, created_at=now, expires_at=now + DAY
    )
    shelf.place.index.save_link(link)
    new = Producer(name=name, shown_name=name, password="", created_at=now)
    return shelf.place.index.add_producer(new, link_hash=link.token_hash, now=now)


def hold(shelf, producer, name, *, made_at, lasts, used_on=None):
    token = Token(
        token_hash=f"digest of {name}", producer_id=producer.id, name=name, scopes=(Scope.READ,),
        created_at=made_at, expires_at=made_at + lasts,
    )  # fmt: skip
    kept = shelf.place.index.add_token(token)
    if used_on is not None:
        shelf.place.index.see_token(kept.id, used_on)
    return kept


def test_tokens_that_need_somebody_are_named_with_the_mend_and_without_their_secret(shelf):
    now = datetime.now(UTC)
    ana, ben = owner(shelf, "ana", now), owner(shelf, "ben", now)
    hold(shelf, ana, "fine", made_at=now, lasts=90 * DAY)
    hold(shelf, ana, "soon", made_at=now, lasts=7 * DAY)
    hold(shelf, ana, "unused", made_at=now - 40 * DAY, lasts=90 * DAY)
    hold(shelf, ana, "used", made_at=now - 40 * DAY, lasts=90 * DAY, used_on=now.date())
    hold(shelf, ana, "past", made_at=now - 40 * DAY, lasts=7 * DAY)
    shelf.place.index.revoke_token(hold(shelf, ana, "revoked", made_at=now, lasts=7 * DAY).id, now)
    hold(shelf, ben, "of a closed account", made_at=now, lasts=90 * DAY)
    shelf.place.index.disable_producer(ben.id, now)
    found = symptom(shelf, "Tokens")
    assert found.found == (
        "4 open the API; ending within 14 days: soon (number 2); never used: unused (number 3); over: past (number 5)"
    )
    assert (found.is_well, "castalogue token revoke NUMBER" in found.mend) == (True, True)
    assert "digest" not in found.found


def test_tokens_that_are_fine_need_no_mend(shelf):
    assert (symptom(shelf, "Tokens").found, symptom(shelf, "Tokens").mend) == ("none", "")
    now = datetime.now(UTC)
    hold(shelf, owner(shelf, "ana", now), "fine", made_at=now, lasts=90 * DAY)
    assert (symptom(shelf, "Tokens").found, symptom(shelf, "Tokens").mend) == ("1 open the API", "")


def test_members_are_counted_and_not_named(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    assert symptom(shelf, "Members").found == "none"
    (row,) = shelf.place.index.shows()
    add, now = shelf.place.index.add_member, datetime.now(UTC)
    add(row.show.guid, "Eva", token_hash="first", now=now)
    shelf.place.index.revoke_member(add(row.show.guid, "Ada", token_hash="second", now=now), now=now)
    assert symptom(shelf, "Members").found == "Conversations: 1"
