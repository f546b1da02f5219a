"""`show.toml`, read and written."""

import re
from pathlib import Path

import pytest

from catalogue.domain.show import (
    Category,
    Funding,
    Help,
    Location,
    NewFiles,
    Owner,
    Person,
    ShowText,
    ShowType,
    UpdateFrequency,
)
from catalogue.errors import ContentErrors, ShowFileError
from catalogue.library.show_file import SHOW_KEYS, read_show_file, render_show_file


def read(text):
    return read_show_file(text.encode(), "show.toml")


def test_what_is_stated_is_typed_and_nothing_else_is_there():
    found = read('title = "T"\r\nexplicit = false\r\ntype = "serial"\r\nnew_files = "draft"\r\n')
    assert found == {"title": "T", "explicit": False, "type": ShowType.SERIAL, "new_files": NewFiles.DRAFT}


def test_tables_and_single_values_are_read():
    found = read('people = "Ana"\nlocation = "Lugo"\nupdate_frequency = "weekly"\n[owner]\nname = "Ana"\n')
    assert found == {
        "people": (Person(name="Ana"),),
        "location": (Location(name="Lugo"),),
        "update_frequency": UpdateFrequency(label="weekly"),
        "owner": Owner(name="Ana"),
    }


def test_categories_are_read_with_their_subcategories():
    found = read('categories = ["Health & Fitness > Medicine", "Arts"]')
    assert found["categories"] == (Category(name="Health & Fitness", subcategory="Medicine"), Category(name="Arts"))


def test_all_that_is_wrong_is_told_with_lines():
    with pytest.raises(ContentErrors) as caught:
        read('titel = "T"\n\nexplicit = "clean"\n[owner]\nmail = "a@e.org"\n')
    errors = caught.value.errors
    assert [(error.code, error.line) for error in errors] == [("unknown-key", 1), ("yes-no", 3), ("unknown-key", 5)]
    assert all(isinstance(error, ShowFileError) for error in errors)
    assert "Did you mean `title`?" in str(errors[0])


def test_broken_toml_is_told_with_its_line():
    with pytest.raises(ContentErrors, match=r"show\.toml, line 2: This is not TOML I can read"):
        read('title = "T"\nauthor = Ana\n')


@pytest.mark.parametrize("title", ["Plain", 'With "quotes" and \\', "Ünï\nçode\x00", "{braces}"])
def test_what_init_writes_reads_back(title):
    found = read(render_show_file(title=title, author="Ana", language="es", timezone="Europe/Madrid").decode())
    assert found["title"] == title.replace("\n", " ").replace("\x00", "")
    assert found["author"] == "Ana"
    assert (found["language"], found["timezone"], found["explicit"]) == ("es", "Europe/Madrid", False)


def test_every_line_to_fill_in_reads_once_its_mark_is_taken_away():
    written = render_show_file(title="T", author="A", language="en", timezone="UTC").decode()
    lines = re.findall(r"^# (\w+ = .*fill in.*)$", written, flags=re.MULTILINE)
    filled = read("\n".join(lines).replace('feedback = "…"', 'feedback = "you@example.org"'))
    assert len(filled) == len(lines) == 10


def test_every_key_is_documented(root: Path):
    document = (root / "docs" / "show.md").read_text(encoding="utf-8")
    assert [key for key in SHOW_KEYS if f"| `{key}` |" not in document] == []


@pytest.mark.parametrize(
    "text",
    [
        'feedback = "us@e.org"\n[[support]]\nname = "A nurse"\ntel = "555 0100"\n',
        'support = "us@e.org"\n[[help]]\nname = "A nurse"\nphone = "555 0100"\n',
        'feedback = "us@e.org"\nsupport = "us@e.org"\n[[help]]\nname = "A nurse"\ntel = "555 0100"\n',
    ],
)
def test_places_of_help_and_the_way_to_write_are_read_by_their_older_names_too(text):
    assert read(text) == {"support": "us@e.org", "help": (Help(name="A nurse", phone="555 0100"),)}


def test_feedback_that_is_stated_in_two_ways_is_refused():
    with pytest.raises(ContentErrors, match=r"line 2: `support` says something else than `feedback`"):
        read('feedback = "us@e.org"\nsupport = "you@e.org"\n')


def test_a_table_named_by_a_language_holds_the_show_s_texts_in_it():
    found = read('title = "T"\n[es]\ndisclaimer = "No es un consejo."\n[[es.support]]\nname = "Ana"\ntel = "1"\n')
    text = ShowText(language="es", disclaimer="No es un consejo.", help=(Help(name="Ana", phone="1"),))
    assert found == {"title": "T", "texts": (text,)}


def test_a_mistake_in_such_a_table_is_told_with_the_others():
    with pytest.raises(ContentErrors) as caught:
        read('titel = "T"\n[es]\ndisclamer = "No."\n')
    assert [(error.code, error.line) for error in caught.value.errors] == [("unknown-key", 1), ("unknown-key", 3)]
    assert "Did you mean `disclaimer`?" in str(caught.value.errors[1])


def test_everything_a_page_says_of_a_show_can_be_said_in_another_language():
    found = read(
        '[es]\ntitle = "Charlas"\ncopyright = "© Ana"\nartwork_alt = "Un lazo"\n'
        'funding = [{ url = "https://e.org/dar", label = "Ayuda" }]\n'
    )
    funding = (Funding(url="https://e.org/dar", label="Ayuda"),)
    assert found["texts"] == (
        ShowText(language="es", title="Charlas", copyright="© Ana", artwork_alt="Un lazo", funding=funding),
    )


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ('title = "T"\n[translations.es]\ntitle = "U"\n', 2, "named by the code of the language alone, such as [es]"),
        ('[spanish]\ntitle = "U"\n', 1, "There is no table `[spanish]`"),
        ('[es]\ntitle = "U"\n[ES]\ntitle = "V"\n', 3, "the same language as `[es]`. Join the two tables."),
        ('[es]\ntitle = ["U"]\nhosts = 1\n', 2, "`title` takes one value"),
        ('[onwer]\nname = "A"\n', 1, "Did you mean `owner`?"),
    ],
)
def test_a_table_of_texts_that_is_none_is_told_with_its_line_and_its_mend(text, line, mend):
    with pytest.raises(ContentErrors) as caught:
        read(text)
    assert (caught.value.errors[0].line, mend in str(caught.value.errors[0])) == (line, True), str(caught.value)
