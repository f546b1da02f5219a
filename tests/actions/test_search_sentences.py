"""Which sentences of a text are shown, with whom and when."""

from datetime import timedelta

import pytest

from catalogue.actions.search_sentences import LONGEST, Sought, best_sentences
from catalogue.domain.search import SENTENCES, Passage, Place
from catalogue.domain.search_query import read_query
from catalogue.domain.searched_text import arrange
from catalogue.stems import patterns_of

TALK = (
    ("Ann", "I woke up at night and"),
    ("Ann", "there was this bone"),
    ("Ann", "pain that nobody had told me about. Nobody."),
    ("Bob", "Yes. My wife too had it, in the spring, and she did not sleep."),
    ("Cy", "La quimioterapia empezó. Luego el niño"),
    ("Cy", "durmió. 乳癌の治療について話します。"),
)


def cues(*talk):
    return [
        Passage(place=Place.TRANSCRIPT, text=text, start=timedelta(seconds=10 * number), speaker=speaker)
        for number, (speaker, text) in enumerate(talk)
    ]


def best(typed, *passages, language="en", languages=("en", "es")):
    terms = tuple((term, patterns_of(term, languages)) for term in read_query(typed).telling)
    return best_sentences(arrange(passages), Sought(terms), language)


def marked(found):
    return [found.text[start:end] for start, end in found.marks]


def test_a_sentence_is_put_together_of_the_cues_in_which_it_was_said():
    found = best("bone pain", *cues(*TALK))[0]
    assert found.text == "I woke up at night and there was this bone pain that nobody had told me about."
    assert (found.start, found.speaker, found.place) == (timedelta(), "Ann", Place.TRANSCRIPT)
    assert marked(found) == ["bone", "pain"]


def test_a_sentence_ends_where_another_begins_to_speak():
    assert best("yes wife", *cues(*TALK))[0].text.startswith("Yes. My wife")
    assert best("nobody", *cues(*TALK))[1].text == "Nobody."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('"bone pain"', ["bone", "pain"]),
        ("waking woke", ["woke"]),
        ("nin*", ["niño"]),
        ("NIÑO", ["niño"]),
        ("quimioterapias", ["quimioterapia"]),
        ("empezo", ["empezó"]),
        ("乳癌", ["乳", "癌"]),
        ("sleeping", ["sleep"]),
    ],
)
def test_what_matches_is_marked_whatever_form_it_has(typed, words):
    assert marked(best(typed, *cues(*TALK))[0]) == words


def test_a_letter_that_folds_to_two_is_found_too():
    found = best(
        "strasse", Passage(place=Place.NOTES, text="Die große Straße ist lang."), language="de", languages=("de",)
    )
    assert [marked(one) for one in found] == [["Straße"]]


def test_sentences_that_hold_most_of_the_words_come_first_then_what_was_said():
    passages = [
        Passage(place=Place.TITLE, text="Pain"),
        Passage(place=Place.NOTES, text="Pain is told. Bones are not."),
    ]
    found = best("bone pain", *passages, *cues(*TALK))
    assert found[0].place is Place.TRANSCRIPT
    assert len(found) <= SENTENCES


def test_what_was_said_is_shown_although_much_is_written_before_it():
    written = [
        Passage(place=Place.NOTES, text=f"Number {number} is a note about pain and more.") for number in range(9)
    ]
    found = best("pain", Passage(place=Place.TITLE, text="Pain"), *written, *cues(*TALK))
    assert [one.place for one in found] == [Place.TRANSCRIPT, Place.NOTES, Place.NOTES]


def test_words_that_stand_far_apart_are_each_shown():
    far = [("Ann", f"Nothing happened on day {number}, and that was fine.") for number in range(200)]
    found = best("marrow harbour", *cues(("Ann", "The marrow hurt."), *far, ("Ann", "We saw the harbour.")))
    assert [marked(one) for one in found] == [["marrow"], ["harbour"]]


def test_a_phrase_of_frequent_words_is_found_in_a_long_talk():
    many = [("Ann", "of the day, and the end of it, of course.")] * 500
    found = best('"the of"', *cues(*many, ("Ann", "This is what the of means here.")))
    assert marked(found[0]) == ["the", "of"]


def test_a_sentence_without_an_end_is_cut_between_words():
    found = best("needle", Passage(place=Place.NOTES, text="hay " * 500 + "needle" + " hay" * 500))[0]
    assert len(found.text) <= LONGEST + 2
    assert found.text.startswith("…hay") and found.text.endswith("hay…")
    assert marked(found) == ["needle"]
    whole = best("needle", *cues(*[("Ann", "hay " * 30)] * 40, ("Ann", "needle " + "hay " * 90)))[0]
    assert whole.start >= timedelta(seconds=360)


def test_nothing_is_shown_where_nothing_matches():
    assert best("absent", *cues(*TALK)) == ()
    assert best("absent") == ()


def test_little_words_neither_choose_a_sentence_nor_are_marked():
    talk = (
        ("Ana", "Es un cáncer de mama que llega a los huesos y a otras partes."),
        ("Ana", "El dolor en los huesos."),
    )
    found = best("dolor de huesos", *cues(*talk), language="es")[0]
    assert marked(found) == ["dolor", "huesos"]


def test_what_was_said_comes_first_also_where_one_word_stands_everywhere():
    named = [Passage(place=place, text="The husbands") for place in (Place.TITLE, Place.CHAPTER, Place.NOTES)]
    found = best("husbands", *named, *cues(("Ann", "Three husbands tell how it was.")))
    assert (found[0].place, found[0].speaker) == (Place.TRANSCRIPT, "Ann")
