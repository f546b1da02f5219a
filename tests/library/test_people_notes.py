"""`people/NAME.md`: what is said of somebody."""

import re

import pytest

from catalogue.errors import ContentErrors
from catalogue.library.notes.front_matter import read_note
from catalogue.library.people_notes import PERSON_KEYS, find_person_files, read_person_note
from catalogue.ports import LibraryFile


def note(text, path="people/ana.md"):
    return read_note(text.encode(), path)


def test_a_note_says_who_somebody_is_in_several_languages():
    person = read_person_note(
        note("---\nname: Ana Díaz\nnames: [Ana D.]\n---\nShe *listens*.\n"),
        [("es", note("Escucha.\n"))],
        stem="ana",
        problems=[],
    )
    assert (person.slug, person.name, person.names, person.page, person.index) == (
        "ana",
        "Ana Díaz",
        ("Ana D.",),
        True,
        None,
    )
    assert [(text.language, text.note.strip()) for text in person.texts] == [("es", "Escucha.")]
    assert person.note_in("es-MX", "en").language == "es"
    assert person.note_in("fr", "en").note == "She *listens*."


def test_somebody_who_wants_no_page_says_so_in_one_word():
    assert not read_person_note(note("---\npage: no\n---\n"), [], stem="ana", problems=[]).page


def test_a_mistake_is_told_with_its_line():
    with pytest.raises(ContentErrors) as caught:
        read_person_note(note("---\nname: Ana\npgae: no\n---\n"), [], stem="ana", problems=[])
    assert [(one.code, one.line) for one in caught.value.errors] == [("unknown-key", 3)]


def test_a_translation_belongs_to_the_note_beside_it():
    paths = ("people/ana.md", "people/ana.es.md", "people/bo.es.md")
    found = find_person_files(LibraryFile(path=path, size_bytes=1, mtime_ns=1, inode=1) for path in paths)
    assert {stem: list(texts) for stem, (_, texts) in found.items()} == {"ana": ["es"], "bo.es": []}


def test_every_key_is_documented_and_no_other(root):
    document = (root / "docs" / "people.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", document, re.MULTILINE) == list(PERSON_KEYS)


def test_a_translation_has_words_alone_and_what_else_it_states_is_told_where_it_stands():
    problems = []
    texts = [("es", note("---\nname: Ana\npage: no\n---\nEscucha.\n", "people/ana.es.md"))]
    person = read_person_note(note("She listens.\n"), texts, stem="ana", problems=problems)
    assert (person.page, [text.note.strip() for text in person.texts]) == (True, ["Escucha."])
    assert [(one.path, one.line, one.code) for one in problems] == [
        ("people/ana.es.md", 2, "translation-key"),
        ("people/ana.es.md", 3, "translation-key"),
    ]
    assert problems[1].message.endswith("Say it in people/ana.md, or take it out.")
