"""Withdrawn for good: 410 at every address it ever had, the GUID kept, the files named."""

import shutil

import pytest

from catalogue.actions.unpublish import unpublish_episode
from catalogue.actions.withdraw import find_traces, withdraw_episode
from catalogue.errors import Conflict, LedgerError, Withdrawn
from catalogue.library.ledger import read_ledger

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nWords.\n"


def wishes(shelf):
    return shelf._wishes()


@pytest.fixture
def two(shelf):
    """An episode that had another sound and another slug before, and one beside it."""
    shelf.sound("one/audio.mp3")
    shelf.write("one/transcript.en.vtt", VTT)
    shelf.write("one/episode.md", "---\nchapters:\n  - 0:00 A\n  - 0:01 B\n---\n")
    shelf.sound("two.mp3", seed=2)
    shelf.index()
    shelf.earlier = shelf.episodes()["one"]
    shelf.sound("one/audio.mp3", seed=5)
    shelf.write("one/episode.md", "---\nslug: uno\n---\nText.\n")
    shelf.index()
    return shelf


def test_every_address_it_ever_had_answers_410(two):
    now = two.episodes()["uno"]
    withdraw_episode(two.place, "uno", wishes=wishes(two))
    publication = two.publication()
    for slug in ("one", "uno"):
        with pytest.raises(Withdrawn):
            publication.episode(publication.first_feed(), slug, two.now)
    (line,) = [one for one in read_ledger(two.ledger().encode(), "l").episodes if one.slug == "uno"]
    hashes = {*line.was_media.items(), *((one.sha256, role) for role, one in line.media.items())}
    assert {two.earlier.audio.sha256, now.audio.sha256, now.transcripts[0].sha256} < {sha for sha, _ in hashes}
    for sha256, role in hashes:
        with pytest.raises(Withdrawn):
            publication.media(sha256, f"uno.{role.partition('.')[2]}", two.now)


def test_it_leaves_the_feed_and_the_ledger_keeps_guid_and_date(two):
    guid = two.episodes()["uno"].guid
    done = withdraw_episode(two.place, guid, wishes=wishes(two))
    assert guid.encode() not in two.feed()
    assert two.feed().count(b"<item>") == 1
    assert (done.guid, done.withdrawn_at, done.report.counts["withdrawn"]) == (guid, two.now, 1)
    assert f'"guid":"{guid}"' in two.ledger()
    assert '"withdrawn_at":"2026-03-01T12:00:00Z"' in two.ledger()


def test_it_stays_withdrawn_with_a_new_database_and_when_its_files_go(two, reopened):
    withdraw_episode(two.place, "uno", wishes=wishes(two))
    shutil.rmtree(two.root / "one")
    assert two.index().refused == ()
    assert reopened.index().refused == ()
    for shelf in (two, reopened):
        publication = shelf.publication()
        with pytest.raises(Withdrawn):
            publication.episode(publication.first_feed(), "uno", shelf.now)
    assert reopened.feed() == two.feed()


def test_its_files_stay_and_are_named_with_what_else_may_hold_it(two):
    (two.root / ".git").mkdir()
    done = withdraw_episode(two.place, "uno", wishes=wishes(two))
    assert done.traces.files == ("one/audio.mp3", "one/episode.md", "one/transcript.en.vtt")
    assert all((two.root / path).is_file() for path in done.traces.files)
    told = "\n".join(map(str, done.traces.elsewhere))
    assert f"git repository {two.root}" in told
    assert str(two.data) in told
    assert "Backups" in told
    assert "exports" in told


def test_nothing_is_known_of_a_repository_where_there_is_none(two):
    assert not any("git" in str(one) for one in find_traces(two.place, "uno").elsewhere)


def test_it_is_withdrawn_once_and_nothing_else_can_be_done_with_it(two):
    withdraw_episode(two.place, "uno", wishes=wishes(two))
    before = two.ledger()
    for deed in (withdraw_episode, unpublish_episode):
        with pytest.raises(Conflict, match="withdrawn on 2026-03-01 and stays so"):
            deed(two.place, "uno", wishes=wishes(two))
    assert two.ledger() == before


def test_an_episode_whose_files_are_gone_can_be_withdrawn(two):
    (two.root / "two.mp3").unlink()
    two.index(allow_removals=True)
    done = withdraw_episode(two.place, "two", wishes=wishes(two))
    assert done.traces.files == ()
    assert b"two" not in two.feed()


def test_without_a_ledger_there_is_no_place_for_the_word(two):
    (two.root / "ledger.jsonl").unlink()
    with pytest.raises(LedgerError, match="Run castalogue index"):
        withdraw_episode(two.place, "uno", wishes=wishes(two))
    assert two.index().refused == ()
    withdraw_episode(two.place, "uno", wishes=wishes(two))
