"""Identities are given once: by the note, the tags, the place and sound, in that order."""

from datetime import timedelta

import pytest
from builders import NOON, make_episode, make_line, make_show
from reads import make_read

from catalogue.actions.identities import is_public_address, kept_slug, moment_of, new_lines, with_first_moments

SHOW = make_show().guid
TOMORROW = NOON + timedelta(days=1)


def first_lines(*reads, known=(), wanted=()):
    return new_lines(reads, show_guid=SHOW, known=known, wanted=wanted)


@pytest.mark.parametrize(
    ("url", "is_public"),
    [
        ("https://example.org", True),
        ("https://8.8.8.8/pods", True),
        ("http://127.0.0.1:8000", False),
        ("http://192.168.1.5", False),
        ("http://[::1]:8000", False),
        ("http://localhost", False),
        ("http://studio", False),
        ("http://box.local", False),
    ],
)
def test_an_address_is_public_where_everybody_could_reach_it(url, is_public):
    assert is_public_address(url) is is_public


def test_a_stated_guid_wins_over_that_in_the_tags():
    lines, _ = first_lines(make_read(guid="mine", tag_guid="tag"))
    assert lines["one"].guid == "mine"


def test_a_guid_in_the_tags_is_taken_where_only_one_episode_has_it():
    lines, problems = first_lines(make_read(tag_guid="tag"))
    assert (lines["one"].guid, problems) == ("tag", ())


@pytest.mark.parametrize(
    ("reads", "known"),
    [
        ((make_read(tag_guid="tag"), make_read("two", tag_guid="tag")), ()),
        ((make_read(tag_guid="tag"),), (make_line(guid="tag"),)),
    ],
)
def test_a_guid_in_the_tags_of_two_is_ignored_and_named(reads, known):
    lines, problems = first_lines(*reads, known=known)
    assert all(line.guid != "tag" for line in lines.values())
    assert {problem.code for problem in problems} == {"tag-guid"}


def test_the_same_file_in_the_same_place_has_the_same_guid_everywhere():
    assert first_lines(make_read())[0] == first_lines(make_read())[0]
    assert first_lines(make_read())[0]["one"].guid != first_lines(make_read("two"))[0]["two"].guid


def test_slugs_are_given_in_file_order_around_those_that_are_and_were():
    known = (make_line(guid="k", slug="talk", was=("talk-2",)),)
    lines, _ = first_lines(make_read("Talk"), make_read("talk!"), known=known)
    assert [line.slug for line in lines.values()] == ["talk-3", "talk-4"]


@pytest.mark.parametrize("slug", ["theirs", "theirs-once"])
def test_a_slug_that_is_or_was_another_s_leaves_the_old_one_and_is_named_with_its_line(slug):
    line, other = make_line(guid="k", slug="one"), make_line(guid="o", slug="theirs", was=("theirs-once",))
    kept, (problem,) = kept_slug(make_read(slug=slug, lines={"slug": 3}), line, known=(line, other))
    assert (kept, problem.code, problem.path, problem.line) == ("one", "slug-taken", "one/episode.md", 3)


def test_a_new_episode_whose_slug_is_taken_waits():
    lines, problems = first_lines(make_read(slug="theirs"), known=(make_line(guid="o", slug="theirs"),))
    assert (lines, [problem.code for problem in problems]) == ({}, ["slug-taken"])


def test_a_slug_that_a_known_episode_asks_for_is_not_given_to_a_new_one():
    lines, problems = first_lines(make_read("Talk"), make_read("two", slug="talk"), wanted={"talk"})
    assert [line.slug for line in lines.values()] == ["talk-2"]
    assert [(problem.code, problem.path) for problem in problems] == [("slug-taken", "two/episode.md")]


def test_an_earlier_slug_of_its_own_may_come_back():
    line = make_line(guid="k", slug="new", was=("old",))
    assert kept_slug(make_read(slug="old"), line, known=(line,)) == ("old", ())


def test_what_a_file_states_decides_the_moment_then_the_ledger():
    stated, line = make_read(published_at=TOMORROW), make_line(published_at=NOON)
    assert moment_of(stated, make_line(), None, now=NOON, allow_date_change=False) == (TOMORROW, ())
    assert moment_of(make_read(), line, None, now=NOON, allow_date_change=False) == (NOON, ())


def test_a_new_index_keeps_the_passed_moment_of_the_ledger():
    stated, line = make_read(published_at=TOMORROW), make_line(published_at=NOON)
    moment, problems = moment_of(stated, line, None, now=NOON, allow_date_change=False)
    assert (moment, [problem.code for problem in problems]) == (NOON, ["date-change"])


def test_a_moment_that_has_not_passed_may_move():
    old = make_episode(published_at=TOMORROW)
    moment, problems = moment_of(make_read(published_at=NOON), make_line(), old, now=NOON, allow_date_change=False)
    assert (moment, problems) == (NOON, ())


@pytest.mark.parametrize(("allowed", "expected", "count"), [(False, NOON, 1), (True, TOMORROW, 0)])
def test_a_moment_that_has_passed_moves_only_when_told(allowed, expected, count):
    stated = make_read(published_at=TOMORROW)
    moment, problems = moment_of(stated, make_line(), make_episode(), now=NOON, allow_date_change=allowed)
    assert (moment, len(problems)) == (expected, count)


def test_a_date_that_was_taken_out_of_the_note_stays():
    assert moment_of(make_read(), make_line(), make_episode(), now=NOON, allow_date_change=False) == (NOON, ())


def test_first_moments_are_a_minute_apart_and_whole_seconds():
    lines = with_first_moments({"a": make_line(), "b": make_line()}, NOON + timedelta(microseconds=5))
    assert [line.published_at for line in lines.values()] == [NOON - timedelta(minutes=1), NOON]
