"""The studio says the same in both languages, and all that is asked of it."""

import re
import string
from collections import Counter
from pathlib import Path

import pytest

import web
from catalogue.domain.producers import Deed
from web.studio.words import FOLDER, studio_words_in
from web.words import languages, words_for

WEB = Path(web.__file__).parent
OWN = studio_words_in("en").sentences.keys() - words_for("en").sentences.keys()
# Words that are put together of a beginning and what a value says.
BUILT = (
    "deed_", "role_of_", "role_hint_", "people_done_", "account_done_", "link_made_", "link_hint_", "studio_failed_",
    "name_", "password_", "status_", "fault_", "field_", "tasks_", "effect_", "edit_done_", "errand_", "heard_",
    "chapters_from_", "history_", "cover-", "region_", "need_", "mend_", "directory_", "import_audio_",
    "import_differs_", "plan_", "changed_", "handed_step_", "import_stands_", "key_scope_", "token_", "kept_by_",
    "tag_",
)  # fmt: skip


def places(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", languages())
def test_every_language_says_the_same_things_with_the_same_places(language):
    ours, english = studio_words_in(language).sentences, studio_words_in("en").sentences
    assert ours.keys() == english.keys()
    assert {key: places(ours[key]) for key in ours} == {key: places(english[key]) for key in english}


def test_every_language_has_the_same_files():
    names = [{path.name for path in (FOLDER / language).iterdir()} for language in languages()]
    assert names[0] == names[1]


@pytest.mark.parametrize("language", languages())
def test_no_sentence_is_said_under_two_names(language):
    # What an errand is doing is looked up by its kind.
    own = [(key, said) for key, said in studio_words_in(language).sentences.items() if key in OWN]
    said = Counter(said for key, said in own if said.endswith(".") and not key.startswith("errand_"))
    assert [sentence for sentence, count in said.items() if count > 1] == []


def test_every_word_a_page_asks_for_is_written():
    asked = {
        key
        for path in WEB.glob("templates/studio/*.html")
        for key in re.findall(r"words\('(\w+)'[,)]", path.read_text("utf-8"))
    }
    assert len(asked) > 50
    assert {key for key in asked if key not in studio_words_in("en")} == set()


def test_no_sentence_is_written_for_nobody():
    used = "\n".join(
        path.read_text("utf-8") for path in [*WEB.glob("templates/studio/*.html"), *WEB.glob("studio/**/*.py")]
    )
    idle = {
        key
        for key in OWN
        if not key.startswith(BUILT) and not re.search(f"['\"]{re.sub('_(one|other)$', '', key)}['\"]", used)
    }
    assert idle == set()


def test_every_deed_has_words():
    assert [deed for deed in Deed if f"deed_{deed.value}" not in studio_words_in("en")] == []
