"""Covers are compared with what the same address had at an earlier look."""

import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from small_web import SmallWeb, reply
from sound_site import picture

from catalogue.actions.check_asking import Asking
from catalogue.actions.check_covers import MOST_ADDRESSES, TOLD_FOR, CoverMemory
from catalogue.actions.check_library import LibraryCheck
from catalogue.check.online import Reply
from catalogue.domain.facts import CoverFacts
from catalogue.domain.links import Links
from catalogue.outside.guard import read_guard

URL = "https://example.org/cover.jpg"
FIRST = date(2026, 3, 1)


@pytest.fixture
def memory(tmp_path):
    return CoverMemory(file=tmp_path / "derived" / "covers.json", today=FIRST)


def cover(sha256):
    facts = CoverFacts(sha256=sha256, format="jpeg", width=3000, height=3000, mode="RGB", has_alpha=False, size_bytes=9)
    return Reply(status=200, picture=facts)


def look(memory, sha256, *, day=0):
    """The day that is named of a cover with these bytes, so many days later."""
    return replace(memory, today=FIRST + timedelta(days=day)).compared({URL: cover(sha256)})[URL].other_until


def test_a_first_look_and_the_same_bytes_are_not_told(memory):
    assert [look(memory, "a"), look(memory, "a", day=400)] == [None, None]


def test_other_bytes_are_told_with_the_day_of_the_last_look_for_thirty_days(memory):
    looks = [look(memory, sha256, day=day) for sha256, day in (("a", 0), ("a", 7), ("b", 9), ("b", 39), ("b", 40))]
    assert TOLD_FOR.days == 30
    assert looks == [None, None, date(2026, 3, 8), date(2026, 3, 8), None]


def test_what_changes_again_is_told_from_the_look_before(memory):
    assert [look(memory, sha256, day=day) for day, sha256 in enumerate("aba")] == [None, FIRST, date(2026, 3, 2)]


def test_an_address_that_gave_no_picture_this_time_is_remembered_as_it_was(memory):
    look(memory, "a")
    failed = Reply(status=200, content_fault="No picture.")
    assert memory.compared({URL: failed}) == {URL: failed}
    assert look(memory, "b", day=1) == FIRST


@pytest.mark.parametrize("broken", [b"", b"{", b"[1]", b'{"a": {"sha256": 1}}', b"\xff"])
def test_a_memory_that_cannot_be_read_is_none_and_written_anew(memory, broken):
    memory.file.parent.mkdir()
    memory.file.write_bytes(broken)
    assert [look(memory, "a"), look(memory, "b")] == [None, FIRST]


def test_a_memory_that_cannot_be_written_is_said_and_costs_nothing_else(memory, caplog):
    memory.file.parent.write_bytes(b"no folder")
    assert look(memory, "a") is None
    assert "cannot be kept for the next check" in caplog.text


def test_no_more_addresses_are_kept_than_is_said_the_newest(memory):
    look(memory, "a")
    many = {f"https://example.org/{number}.jpg": cover("a") for number in range(MOST_ADDRESSES)}
    replace(memory, today=FIRST + timedelta(days=1)).compared(many)
    assert len(memory._read()) == MOST_ADDRESSES
    assert look(memory, "b", day=2) is None


def test_no_address_stands_in_the_memory(memory):
    look(memory, "a")
    assert b"example" not in memory.file.read_bytes()


def test_a_cover_of_the_own_library_that_changed_is_told(shelf, memory):
    shelf.sound("1/audio.mp3")
    shelf.index()
    web = SmallWeb()
    links = Links(web.url(""))
    asking = Asking(guard=read_guard("127.0.0.1"), covers=memory)
    body = shelf.publication().feed(shelf.publication().first_feed(), links, shelf.now).body.decode()
    (url,) = set(re.findall(r'<itunes:image href="([^"]+)"', body))
    found = []
    for edge in (1400, 1400, 1500):
        web.answers[urlsplit(url).path] = reply(picture("JPEG", edge))
        library = LibraryCheck(shelf.place, shelf.publication(), links=links, now=shelf.now, asking=asking)
        found.append({one.value for one in library.shows()[0].findings if one.rule == "C11"})
    web.close()
    assert found == [set(), set(), {url}]
