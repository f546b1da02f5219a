"""What is made of what somebody typed."""

import pytest

from catalogue.domain.search import MOST_WORDS, Understood
from catalogue.domain.search_query import read_query


def shape(typed):
    return [
        ("-" if term.is_excluded else "") + " ".join(term.words) + ("*" if term.is_beginning else "")
        for term in read_query(typed).terms
    ]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("bone pain", ["bone", "pain"]),
        ('"bone pain" night', ["bone pain", "night"]),
        ("“bone pain” «more than»", ["bone pain", "more than"]),
        ("COVID-19 long-term don't", ["COVID 19", "long term", "don t"]),
        ('chemo* "bone pa*" "bone pa"*', ["chemo*", "bone pa*", "bone pa*"]),
        ('-pain -"bone pain" -x', ["-pain", "-bone pain", "-x"]),
        ('pain-relief "a"-b', ["pain relief", "a", "b"]),
        ("a* 乳癌*", ["a", "乳 癌"]),
        ('"one two', ["one", "two"]),
        ('one" two', ["one", "two"]),
        ("-", []),
        ('"" -"" * ** "*"', []),
        ("\0\ud800 😀 … ", []),
    ],
)
def test_terms_are_words_phrases_beginnings_and_minus(typed, terms):
    assert shape(typed) == terms


def test_operators_of_engines_are_words_or_nothing():
    assert shape("NEAR(a b) OR title:b AND !c | d:*") == ["NEAR a", "b", "OR", "title b", "AND", "c", "d"]


def test_a_query_of_nothing_but_minus_is_told_from_an_empty_one():
    found = [read_query(typed).understood for typed in ("-pain", "...", "pain -bone")]
    assert found == [Understood.ONLY_MINUS, Understood.EMPTY, Understood.ASKED]


def test_a_long_query_is_cut_and_says_so():
    query = read_query("bone " * 5_000)
    assert (len(query.terms), query.is_shortened) == (MOST_WORDS, True)
    whole = read_query(f'"{"a " * MOST_WORDS}"')
    assert ([len(term.words) for term in whole.terms], whole.is_shortened) == ([MOST_WORDS], False)
    assert [len(term.words) for term in read_query(f'x "{"a " * 99}" y').terms] == [1, MOST_WORDS - 1]


def test_every_word_knows_where_it_was_typed():
    typed = '  "Bone pain" -été* don\'t'
    terms = read_query(typed).terms
    assert [typed[start:end] for term in terms for start, end in term.spans] == [w for t in terms for w in t.words]
