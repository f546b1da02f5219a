from datetime import timedelta

import pytest
from builders import NOON, make_ledger_show, make_line

from catalogue.domain.identity import MediaLine
from catalogue.errors import LedgerError
from catalogue.library.ledger_union import unite_lines


def unite(*episodes, shows=None):
    shows = shows or (make_ledger_show(),)
    return unite_lines(
        tuple(enumerate(shows, start=1)), tuple(enumerate(episodes, start=len(shows) + 1)), path="ledger.jsonl"
    )


def sound(sha256):
    return {"audio.mp3": MediaLine(sha256=sha256)}


def test_the_first_of_two_lines_holds():
    ledger = unite(make_line(guid="e", path="1"), make_line(guid="f", slug="two"), make_line(guid="e", path="moved"))
    assert [(line.guid, line.path) for line in ledger.episodes] == [("e", "1"), ("f", "1")]


def test_what_differs_is_said():
    remark = unite(make_line(path="1", sound="x"), make_line(path="moved", sound="x", guid="guid-1")).remarks[0]
    assert remark.startswith("Lines 2 and 3 both tell of the episode one")
    assert "differ in path;" in remark


def test_two_equal_lines_are_not_worth_a_word():
    assert unite(make_line(), make_line()).remarks == ()


def test_every_slug_of_both_goes_on_answering():
    kept = make_line(guid="e", slug="new", was=("a", "b"))
    other = make_line(guid="e", slug="other", was=("b", "new"))
    assert unite(kept, other).episodes[0].was == ("a", "b", "other")


def test_every_sound_of_both_goes_on_answering():
    kept = make_line(media=sound("now"), was_media={"old": "audio.mp3"})
    other = make_line(media=sound("theirs"), was_media={"old": "audio.mp3", "older": "audio.m4a", "now": "audio.mp3"})
    assert unite(kept, other).episodes[0].was_media == {
        "old": "audio.mp3",
        "older": "audio.m4a",
        "theirs": "audio.mp3",
    }


def test_no_merge_publishes_again_what_was_withdrawn():
    later = NOON + timedelta(days=1)
    lines = (make_line(), make_line(withdrawn_at=later), make_line(withdrawn_at=NOON))
    assert unite(*lines).episodes[0].withdrawn_at == NOON


def test_two_show_lines_are_one_show():
    ledger = unite(shows=(make_ledger_show(slug="a"), make_ledger_show(slug="b", was=("c",))))
    assert (ledger.show.slug, ledger.show.was) == ("a", ("c", "b"))
    assert "Lines 1 and 2 both tell of the show" in ledger.remarks[0]


def test_two_episodes_with_one_slug_are_for_a_person_to_part():
    with pytest.raises(LedgerError, match=r"ledger\.jsonl, line 3: The slug `one` is that of line 2 too"):
        unite(make_line(guid="e"), make_line(guid="f"))


def test_pages_and_feeds_that_only_one_line_has_are_kept():
    shows = (make_ledger_show(feeds={"season/2": "a"}), make_ledger_show(feeds={"season/2": "b", "tag/diet": "c"}))
    ledger = unite(make_line(guid="e"), make_line(guid="e", page=3), make_line(guid="e", page=4), shows=shows)
    assert ledger.show.feeds == {"season/2": "a", "tag/diet": "c"}
    assert ledger.episodes[0].page == 3
