"""Words cut out of texts, and made comparable."""

import pytest

from catalogue.domain.words import LONGEST, fold, word_spans, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't panic_now (2018)!", ["Don", "t", "panic", "now", "2018"]),
        ("café cafe\u0301 Ñandú", ["café", "cafe\u0301", "Ñandú"]),
        ("乳癌と治療2018年", ["乳", "癌", "と", "治", "療", "2018", "年"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
        ("한국어 공부", ["한국어", "공부"]),
        ("กข", ["ก", "ข"]),
        ("😀 … \0 \ud800 —", []),
    ],
)
def test_texts_of_all_scripts_are_cut_into_words(text, words):
    assert words_of(text) == words
    assert [(text[start:end], word) for start, end, word in word_spans(text)] == [(word, word) for word in words]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe\u0301"),
        ("MAÑANA", "manana"),
        ("Œuvre", "oeuvre"),
        ("ＡＢＣ", "abc"),
        ("שָׁלוֹם", "שלום"),
        ("Straße", "STRASSE"),
        ("Ёлка", "елка"),
    ],
)
def test_case_accents_and_width_do_not_count(one, other):
    assert fold(one) == fold(other)


def test_letters_that_are_no_accents_count():
    assert fold("мой") != fold("мои")
    assert fold("한") == "한"


def test_no_folded_word_is_empty_or_long_or_has_what_an_index_would_cut_at():
    words = [chr(number) for number in range(0x3000) if words_of(chr(number))]
    folded = [fold(word) for word in (*words, "ﷺ", "½", "℡", "x" * 999)]
    assert all(0 < len(word) <= LONGEST and words_of(f"a{word}") and " " not in word for word in folded)
