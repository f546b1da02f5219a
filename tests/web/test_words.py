import re
import string
from pathlib import Path

import pytest

import web
from web.words import Words, languages, words_for

WEB = Path(web.__file__).parent


def places(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_english_and_spanish_are_both_written():
    assert languages() == ("en", "es")


@pytest.mark.parametrize("language", languages())
def test_every_language_says_the_same_things_with_the_same_places(language):
    ours, english = words_for(language).sentences, words_for("en").sentences
    assert ours.keys() == english.keys()
    assert {key: places(ours[key]) for key in ours} == {key: places(english[key]) for key in english}


def test_every_word_a_template_asks_for_is_written():
    asked = {
        key
        for path in WEB.glob("templates/*.html")
        for key in re.findall(r"words(?:_in\(\w+(?:\.\w+)*\))?\('(\w+)'[,)]", path.read_text("utf-8"))
    }
    assert len(asked) > 50
    assert {key for key in asked if key not in words_for("en")} == set()


def test_no_sentence_is_written_for_nobody():
    used = "\n".join(path.read_text("utf-8") for path in [*WEB.glob("templates/*.html"), *WEB.glob("*.py")])
    built = ("error_", "license_", "role_", "reach_", "trailer", "bonus")
    idle = {
        key
        for key in words_for("en").sentences
        if not key.startswith(built) and not re.search(f"['\"]{re.sub('_(one|other)$', '', key)}['\"]", used)
    }
    assert idle == set()


def test_one_and_many_are_said_apart():
    assert words_for("en").count("episodes", 1) == "1 episode"
    assert words_for("es").count("episodes", 2) == "2 episodios"


def test_an_unknown_key_is_a_fault_not_an_empty_page():
    with pytest.raises(KeyError):
        Words("en", {})("nothing")
