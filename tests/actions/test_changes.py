"""What happens to an episode is told as its subscribers will see it."""

from dataclasses import fields
from datetime import timedelta

import pytest
from builders import NOON, make_audio, make_episode, make_line
from reads import make_read

from catalogue.actions.changes import HELD_BECAUSE, TOLD, compare, held_problem
from catalogue.domain.episode import Episode
from catalogue.domain.matching import Held
from catalogue.domain.plan import Change


def change(before, after):
    return compare(make_episode(**before), make_episode(**after)).change


def test_a_new_episode_says_when_it_comes_and_what_is_heard():
    plan = compare(None, make_episode())
    assert (plan.change, plan.details) == (Change.NEW, ("2021-10-05 12:00 UTC", "mp3", "0:48:00"))


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ({"draft": True}, "a draft: nobody sees it"),
        ({"renditions": ()}, "no audio yet: not in the feed"),
        ({"renditions": (make_audio(duration=None),)}, "length unknown"),
    ],
)
def test_a_new_episode_says_what_it_lacks(stated, told):
    assert told in compare(None, make_episode(**stated)).details


def test_an_equal_episode_is_the_same():
    assert compare(make_episode(), make_episode()).change is Change.SAME


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"title": "New"}, Change.CHANGED),
        ({}, {"renditions": (make_audio(sha256="b" * 64),)}, Change.AUDIO),
        ({}, {"missing_since": NOON}, Change.MISSING),
        ({"missing_since": NOON}, {}, Change.RETURNED),
        ({}, {"draft": True}, Change.DRAFTED),
        ({}, {"withdrawn_at": NOON, "missing_since": NOON}, Change.WITHDRAWN),
        ({"draft": True}, {}, Change.CHANGED),
    ],
)
def test_the_weightiest_change_names_it(before, after, expected):
    assert change(before, after) is expected


def test_titles_addresses_and_dates_are_told_with_before_and_after():
    after = make_episode(title="New", slug="new", published_at=NOON + timedelta(days=1))
    assert compare(make_episode(), after).details == (
        "title: Meet the husbands → New",
        "address: meet-the-husbands → new",
        "publication date: 2021-10-05 12:00 UTC → 2021-10-06 12:00 UTC",
    )


def test_a_change_of_what_has_no_word_is_a_change_without_details():
    plan = compare(make_episode(), make_episode(artwork_alt="A tree"))
    assert (plan.change, plan.details) == (Change.CHANGED, ())


def test_a_move_and_a_return_with_other_audio_are_told():
    assert compare(make_episode(), make_episode(path="2")).details == ("now in 2",)
    gone = make_episode(missing_since=NOON)
    returned = compare(gone, make_episode(renditions=(make_audio(sha256="b" * 64),)))
    assert returned.change is Change.RETURNED
    assert returned.details == ("with other audio: apps may download it again",)


def test_every_field_that_is_told_is_one_of_an_episode():
    assert TOLD.keys() <= {field.name for field in fields(Episode)}


@pytest.mark.parametrize("code", sorted(HELD_BECAUSE.keys() - {"cut"}))
def test_what_is_held_says_why_and_that_nothing_changes_for_subscribers(code):
    read = make_read("new")
    problem = held_problem(Held(path="new", code=code, line=make_line(path="old")), read, "show")
    assert (problem.code, problem.path) == (f"held-{code}", read.file_path)
    assert "subscribers see what they saw before" in problem.message


def test_what_is_held_names_the_command_with_paths_of_the_library():
    problem = held_problem(Held(path="new", code="copy", line=make_line(path="old")), make_read("new"), "show")
    assert 'castalogue claim "show/new" "show/old", or castalogue claim "show/new" --as-new' in problem.message


def test_what_may_be_one_of_several_names_them_all_and_offers_each():
    rivals = (make_line(path="old"), make_line(path="older"))
    problem = held_problem(Held(path="new", code="unclear", line=None, rivals=rivals), make_read("new"), "show")
    assert (problem.code, problem.said) == ("held-several", (("other", "show/old, show/older"),))
    assert [claim.old for claim in problem.claims] == ["show/old", "show/older", None]
    assert 'claim "show/new" "show/old", or another of these in its place, or' in problem.message


def test_a_stated_guid_that_is_taken_is_told_with_its_line_and_its_owner():
    held = Held(path="new", code="guid-taken", line=None, other="old")
    problem = held_problem(held, make_read("new", lines={"guid": 3}), "show")
    assert problem.line == 3
    assert "the GUID of show/old." in problem.message
