"""What the search of an export has in its files, and how much of it a query loads."""

import json
from datetime import timedelta

from exporter import files_in

from catalogue.domain.media import Cue
from web.export.search_files import PARTS_A_WORD, WORD_FILE_BYTES, postings_of, word_files
from web.export.search_texts import Part
from web.export.search_words import file_number, folded, words_of


def part(*sentences):
    return Part(path="/a/b/", language="en", cues=tuple(Cue(text=text, start=timedelta(0)) for text in sentences))


def test_accents_case_and_what_looks_alike_are_one():
    assert folded("CAFÉ Ñandú ﬁn") == "cafe nandu fin"
    assert words_of("La niña, la NIÑA y 110.") == {"la": 2, "nina": 2, "y": 1, "110": 1}


def test_endings_of_a_word_lie_in_one_file():
    assert len({file_number(word, 4096) for word in ("pain", "pains", "painful", "painkiller")}) == 1


def test_a_word_leads_to_the_parts_that_say_it_most_and_to_the_latest():
    assert postings_of([part("bone"), part("bone bone"), part("Bone.")]) == {"bone": [1, 2, 2, 1, 0, 1]}


def test_a_common_word_leads_to_so_many_parts_and_no_more():
    parts = [part("the")] * (PARTS_A_WORD + 5)
    assert len(postings_of(parts)["the"]) == 2 * PARTS_A_WORD


def test_files_of_words_stay_small_however_many_words_there_are():
    postings = {f"{number:07}"[::-1]: [number, 1] * 40 for number in range(3_000)}
    files = word_files(postings)
    assert max(map(len, files.values())) < 2 * WORD_FILE_BYTES
    assert {word for body in files.values() for word in json.loads(body)} == postings.keys()


def test_what_is_said_in_the_sample_is_found_by_its_words(exported):
    files = files_in(exported.folder)
    index = json.loads(files["search/index.json"])
    places = json.loads(files[f"search/words/{file_number('bone', len(index['words']))}.json"])["bone"]
    said = json.loads(files[f"search/spoken/{places[0]}.json"])
    assert any("bone" in text.lower() for _second, _speaker, text in said["cues"])
    assert index["texts"][index["parts"][places[0]][0]]["path"].startswith("/breast-cancer-conversations/1")


def test_a_show_is_called_as_the_page_that_searches_speaks(exported):
    (show, site) = json.loads(files_in(exported.folder)["search/index.json"])["shows"]
    assert show["titles"]["es"] == ["Conversaciones sobre el cáncer de mama (demostración)", "es"]
    assert show["titles"]["en"][1] == "en" and site["titles"] == {}
