"""What the doctor sees, and the mend."""

import os
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from store.people import add, make_token

from catalogue.actions import doctor


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


def test_a_token_that_ends_soon_and_one_that_nothing_used_are_named(shelf):
    now, day = datetime.now(UTC), timedelta(days=1)
    eva = add(shelf.place.index)
    made = {"good": (0, 90), "ending": (0, 3), "idle": (40, 90), "over": (40, -1)}
    for name, (age, left) in made.items():
        stated = {"created_at": now - age * day, "expires_at": now + left * day}
        shelf.place.index.add_token(make_token(eva, name=name, token_hash=name, **stated))
    found = symptom(shelf, "Tokens")
    assert (found.found, found.is_well) == ("open: 3", True)
    assert "“ending” (2) ends within 14 days: castalogue token new" in found.mend
    assert "“idle” (3) was never used: castalogue token revoke" in found.mend
    assert all(name not in found.mend for name in ("good", "over"))
