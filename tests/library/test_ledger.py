from datetime import UTC, datetime

import pytest
from builders import NOON, make_ledger_show, make_line
from hypothesis import given
from hypothesis import strategies as st

from catalogue.domain.identity import Ledger, LedgerEpisode, LedgerShow, MediaLine
from catalogue.errors import LedgerError
from catalogue.library.ledger import read_ledger, render_ledger

GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
SHOW = f'{{"format":1,"guid":"{GUID}","slug":"conversations","first_seen_at":"2021-10-05T12:00:00Z"}}\n'


def read(*lines):
    return read_ledger((SHOW + "\n".join(lines)).encode(), "show/ledger.jsonl")


def test_what_is_rendered_stays_readable_to_people():
    line = make_line(
        guid="e", path="1 Después", slug="despues", media={"audio.mp3": MediaLine(sha256="a", size_bytes=7)}
    )
    ledger = Ledger(show=make_ledger_show(guid=GUID), episodes=(line,))
    assert render_ledger(ledger).decode() == SHOW + (
        '{"guid":"e","path":"1 Después","slug":"despues","media":{"audio.mp3":{"sha256":"a","size_bytes":7}}}\n'
    )


moments = st.datetimes(timezones=st.just(UTC))
hashes = st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2)
sounds = st.builds(MediaLine, sha256=st.text(), essence=st.none() | st.text(), size_bytes=st.none() | st.integers(0))
slugs = st.text("abc-", min_size=1)
shared = {
    "guid": st.text(min_size=1),
    "slug": slugs,
    "was": st.lists(slugs, max_size=2).map(tuple),
    "media": st.dictionaries(st.text(max_size=3), sounds, max_size=2),
    "was_media": hashes,
}
shows = st.builds(
    LedgerShow, **shared | {"guid": st.uuids().map(str)}, feeds=hashes, first_seen_at=moments, format=st.just(1)
)
pages = st.none() | st.integers(0, 10**6)
maybe = st.none() | moments
episodes = st.builds(
    LedgerEpisode, **shared, path=st.text(), published_at=maybe, missing_since=maybe, withdrawn_at=maybe, page=pages
)


@given(shows, st.lists(episodes, max_size=2, unique_by=(lambda e: e.guid, lambda e: e.slug)).map(tuple))
def test_a_ledger_is_read_back_as_it_was(show, lines):
    ledger = Ledger(show=show, episodes=lines)
    assert read_ledger(render_ledger(ledger), "ledger.jsonl") == ledger


def test_line_ends_blank_lines_and_a_byte_order_mark_do_no_harm():
    content = b"\xef\xbb\xbf" + SHOW.encode().replace(b"\n", b"\r\n") + b"\r\n\n"
    assert read_ledger(content, "ledger.jsonl").show == make_ledger_show(guid=GUID)


def test_moments_are_kept_in_utc():
    episode = read('{"guid":"e","path":"1","slug":"one","published_at":"2021-10-05T14:00:00+02:00"}').episodes[0]
    assert (episode.published_at, episode.published_at.tzinfo) == (NOON, UTC)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"guid":"e",', "line 2: This line is not a JSON object"),
        ("[" * 100_000, "line 2: This line is not a JSON object"),
        ('"guid"', "line 2: This line is not a JSON object"),
        ("<<<<<<< HEAD", "line 2: A merge was left half done"),
        ('{"guid":"e","guid":"f","path":"1","slug":"one"}', "a key stands twice"),
        ('{"guid":"e","path":"1"}', "line 2: `slug` cannot be read"),
        ('{"guid":1,"path":"1","slug":"one"}', "line 2: `guid` cannot be read"),
        ('{"guid":"e","path":"1","slug":"a/b"}', "nor a slug hold"),
        ('{"guid":"e","path":"1","slug":"one","slugs":[]}', "line 2: `slugs` is no key"),
        ('{"guid":"e","path":"1","slug":"one","media":{"a":{"sha256":"x","size":1}}}', "line 2: `size` is no key"),
        ('{"guid":"e","path":"1","slug":"one","published_at":1633435200}', "line 2: `published_at` is no moment"),
        ('{"guid":"e","path":"1","slug":"one","published_at":"2021-10-05T08:00:00"}', "`published_at` is no moment"),
        ('{"guid":"e","path":"1","slug":"one","published_at":"soon"}', "line 2: `published_at` cannot be read"),
        ('{"format":"one"}', "line 2: `format` is not a number"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_never_lost(line, said):
    with pytest.raises(LedgerError) as caught:
        read(line)
    assert said in str(caught.value)
    assert str(caught.value).startswith("show/ledger.jsonl, line 2: ")


def test_bytes_that_are_not_text_are_named():
    with pytest.raises(LedgerError, match="line 2"):
        read_ledger(SHOW.encode() + b'{"guid":"\xff"}', "ledger.jsonl")


def test_a_newer_ledger_is_left_alone():
    with pytest.raises(LedgerError, match=r"format 2; this one knows 1\). Update Castalogue"):
        read_ledger(b'{"format":2,"guild":"?"}', "ledger.jsonl")


@pytest.mark.parametrize("content", [b"", b'{"guid":"e","path":"1","slug":"one"}'])
def test_a_ledger_without_its_show_is_named(content):
    with pytest.raises(LedgerError, match="The show's line is missing"):
        read_ledger(content, "ledger.jsonl")


def test_the_order_of_lines_is_kept():
    ledger = read('{"guid":"e","path":"2","slug":"two"}', '{"guid":"f","path":"1","slug":"one"}')
    assert [line.slug for line in ledger.episodes] == ["two", "one"]


def test_a_moment_may_have_fractions():
    moment = datetime(2021, 10, 5, 12, 0, 0, 250_000, tzinfo=UTC)
    ledger = Ledger(show=make_ledger_show(first_seen_at=moment))
    assert read_ledger(render_ledger(ledger), "ledger.jsonl").show.first_seen_at == moment


def test_a_shows_guid_that_is_none_is_named():
    with pytest.raises(LedgerError, match=r"line 1: `guid` of the show is no UUID: 'g'"):
        read_ledger(b'{"format":1,"guid":"g","slug":"s","first_seen_at":"2021-10-05T12:00:00Z"}', "ledger.jsonl")
