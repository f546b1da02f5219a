"""Words that are forms of one another have one stem, in their language."""

import threading

import pytest

from catalogue.domain.search_query import read_query
from catalogue.stems import Pattern, patterns_of, stems_of


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "husband husbands Husbands"),
        ("en-GB", "treat treating treated"),
        ("es", "operación operaciones operacion OPERACIONES"),
        ("es", "esposo esposas"),
        ("fr", "opération opérations"),
        ("de", "Straße STRASSE Strassen"),
        ("ru", "боль боли"),
    ],
)
def test_forms_of_a_word_have_one_stem(language, forms):
    assert len({stems_of(language)[word] for word in forms.split()}) == 1


def test_a_language_without_stems_has_folded_words():
    assert [stems_of(language)["Cafés"] for language in ("ja", "", "xx-XX")] == ["cafes"] * 3


def test_where_a_stem_begins_as_its_word_it_does_so_for_words_of_all_beginnings():
    words = [a + b for a in "abcdefghijklmnopqrstuvwxyz" for b in ("", "y", "e", "enzo", "adings", "ying", "h")]
    for language in ("ca", "da", "de", "en", "es", "fi", "fr", "it", "no", "pt", "ro", "sv"):
        stems = stems_of(language)
        assert stems.keeps_first
        assert [word for word in words if stems[word][0] != word[0]] == []


def test_numbers_stay():
    assert [stems_of("en")[word] for word in ("2018", "19", "3d")] == ["2018", "19", "3d"]


def test_a_term_may_be_met_in_any_of_the_languages_and_a_beginning_as_a_whole_too():
    (term,) = read_query("studying*").terms
    assert set(patterns_of(term, ("en", "es"))) == {
        Pattern(("studi",)),
        Pattern(("studying",)),
        Pattern(("studying",), is_beginning=True),
    }
    assert patterns_of(term, ()) != ()


def test_what_somebody_asks_for_is_not_kept():
    typed = "neverwrittenanywhere"
    (term,) = read_query(typed).terms
    assert patterns_of(term, ["en"]) == (Pattern(("neverwrittenanywher",)),)
    assert typed not in stems_of("en")


def test_threads_share_the_stems():
    words, found = [f"running{number}s" for number in range(300)], []
    stems = stems_of("en")
    threads = [threading.Thread(target=lambda: found.append([stems[word] for word in words])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[f"running{number}" for number in range(300)]] * 4
