"""Conditions as typed: how they are joined, and where a wrong one goes wrong."""

from random import Random

import pytest

from catalogue.domain.condition import holds, read_condition
from catalogue.errors import ConditionError


def met(text, **values):
    return holds(read_condition(text), lambda one: values.get(one.key) == one.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=1", True),
        ("a=1 and b=2", True),
        ("a=1 and b=3", False),
        ("a=0 or b=2", True),
        ("a=0 and b=2 or c=3", True),
        ("c=3 or a=0 and b=0", True),
        ("(c=3 or a=0) and b=0", False),
        ("not a=0 AND Not (b=0)", True),
        ("not not a=1", True),
        ('d="two words" and a=1', True),
        ("d='two words'", True),
        ('e=""', True),
        ("a = 1 and(b =2)", True),
    ],
)
def test_joined_as_people_mean_it(text, expected):
    assert met(text, a="1", b="2", c="3", d="two words", e="") is expected


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("", 1, "a key is missing"),
        ("season", 7, "missing behind “season”"),
        ("season=", 8, "a value is missing"),
        ("season=2 explicit=no", 10, "“explicit” stands where"),
        ("season=2 and", 13, "a key is missing"),
        ("(season=2", 10, r"a \) is missing"),
        ("season=2)", 9, "stands where"),
        ('title="open', 7, "not closed"),
        ("season=2 ! a=1", 10, "means nothing"),
        ("=2", 1, "a key is missing"),
        ("(" * 60 + "a=1", 52, "too deeply"),
    ],
)
def test_a_wrong_one_says_where(text, position, said):
    with pytest.raises(ConditionError, match=said) as caught:
        read_condition(text)
    assert caught.value.params["position"] == position


def fault(text):
    try:
        holds(read_condition(text), lambda _: True)
    except ConditionError as error:
        return error.params["position"]
    return 1


def test_nothing_that_is_typed_does_more_than_be_refused():
    chance = Random(6)
    texts = [
        "".join(chance.choice("ab=<>!~()\"' andornot\0é") for _ in range(chance.randrange(25))) for _ in range(2000)
    ]
    assert all(1 <= fault(text) <= len(text) + 1 for text in texts)
