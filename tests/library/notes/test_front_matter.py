"""A note as typed: fences, texts, lines, and everything that is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import ContentErrors, NotesError
from catalogue.library.notes.edits import plain
from catalogue.library.notes.front_matter import read_note


def read(text):
    return read_note(text.encode(), "1/episode.md")


def values(text):
    return {key: plain(field) for key, field in read(text).fields.items()}


def refusals(content):
    with pytest.raises(ContentErrors) as caught:
        read_note(content if isinstance(content, bytes) else content.encode(), "1/episode.md")
    assert all(isinstance(error, NotesError) for error in caught.value.errors)
    return [(error.code, error.line) for error in caught.value.errors]


def test_every_yaml_scalar_stays_the_text_that_was_typed():
    text = "---\na: no\nb: 010\nc: 12:34\nd: 2021-10-05\ne: 1e3\nf: 'Null'\n---\n"
    assert values(text) == {"a": "no", "b": "010", "c": "12:34", "d": "2021-10-05", "e": "1e3", "f": "Null"}


def test_lists_and_tables_keep_their_lines():
    note = read("---\ntitle: T\npeople:\n  - name: Ana\n    role: guest\n  - Bea\n---\n")
    people = note.fields["people"].value
    assert people[0].value["role"].line == 5
    assert (people[1].value, people[1].line) == ("Bea", 6)


def test_a_note_without_front_matter_is_all_body():
    assert read("# Hello\n").body == "# Hello\n"
    assert read("").fields == {}


def test_the_body_has_plain_line_ends_and_no_control_characters():
    assert read("---\r\ntitle: T\r\n---\r\n\r\nOne\x00\r\nTwo").body == "One\nTwo"


def test_control_characters_are_dropped_from_values():
    assert values('---\ntitle: "a\\x01b\x02c\\uFFFEd"\n---\n') == {"title": "abcd"}


def test_a_byte_order_mark_is_passed_over():
    assert "title" in read_note("---\ntitle: T\n---\n".encode("utf-8-sig"), "n.md").fields


def test_nothing_typed_is_nothing_stated():
    assert values("---\na:\nb: ~\nc: null\nd: ''\n---\n") == {"a": "", "b": "", "c": "", "d": ""}


def test_toml_between_pluses_gives_texts_with_their_lines():
    front = "# first\nnumber = 110\ndraft = true\npublished = 2021-10-05T08:00:00\n[season]\nnumber = 2\n"
    note = read(f"+++\n{front}+++\nHi")
    assert plain(note.fields["published"]) == "2021-10-05 08:00:00"
    assert plain(note.fields["draft"]) == "true"
    assert (note.fields["number"].value, note.fields["number"].line) == ("110", 3)
    assert note.fields["season"].value["number"].line == 7
    assert note.body == "Hi"


def test_tables_of_toml_that_repeat_have_each_their_line():
    note = read('+++\n[[people]]\nname = "Ana"\n\n[[people]]\nname = """\n[x]\n"""\n+++\n')
    assert [person.line for person in note.fields["people"].value] == [2, 5]
    assert note.fields["people"].value[1].value["name"].line == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: T\nBody", [("fence-open", 1)]),
        ("---\ntitle: T\nsummary: a: b\n---\n", [("yaml", 3)]),
        ("---\ntitle: 'T\n---\n", [("yaml", 2)]),
        ("---\na: 1\nb: 2\na: 3\n---\n", [("duplicate-key", 4)]),
        ("---\na: &x 1\nb: *x\n---\n", [("anchor", 2), ("alias", 3)]),
        ("---\na: !!python/object:os.system x\n---\n", [("tag", 2)]),
        ("---\n- a\n- b\n---\n", [("not-a-mapping", 2)]),
        ("---\n[a, b]: c\n---\n", [("odd-key", 2)]),
        ("---\na: 1\n...\nb: 2\n---\n", [("yaml", 4)]),
        ("---\na: 1\n--- b\n---\n", [("several-documents", 3)]),
        ("+++\na = 1\nb = c\n+++\n", [("toml", 3)]),
        ("+++\na = 1\na = 2\n+++\n", [("toml", 3)]),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_line(text, expected):
    assert refusals(text) == expected


def test_nesting_without_end_costs_a_sentence_and_nothing_else():
    assert refusals("---\na: " + "[" * 500 + "]" * 500 + "\n---\n") == [("too-deep", 2)]
    assert refusals("+++\na = " + "[" * 5000 + "]" * 5000 + "\n+++\n") == [("toml", 2)]


def test_front_matter_with_too_many_values_is_refused():
    assert refusals("---\na: [" + "1," * 30_000 + "]\n---\n") == [("too-many-values", 2)]


def test_text_that_is_not_utf8_is_refused_with_its_line():
    assert refusals(b"---\ntitle: T\n---\nse\xf1or") == [("not-utf8", 4)]


def test_a_note_over_a_mebibyte_is_refused():
    assert refusals(b"a" * (1024 * 1024 + 1)) == [("too-large", None)]


def test_a_broken_line_is_told_with_its_mend():
    with pytest.raises(ContentErrors) as caught:
        read("---\ntitle: Part two: the answer\n---\n")
    assert 'Put the text in quotes: title: "Part two: the answer"' in str(caught.value)


@pytest.mark.parametrize(
    ("front", "line", "mend"),
    [
        ("title: ok\nsummary: 'it's'", 3, "put the text in other quotes"),
        ("title: ok\n\tnumber: 1", 3, "Indent with spaces"),
        ('title: ok\nsummary: "\\ud800"', 3, "Write the character itself"),
        ("title: ok\nsummary: > x", 3, "Put it in quotes"),
        ("title: ok\npeople:\n  - Ana\n - Eva", 5, "Indent all alike"),
        ("title: [a\nnumber: 1", 2, "Close it with ]"),
    ],
)
def test_broken_yaml_is_told_where_it_broke_and_how_it_is_mended(front, line, mend):
    with pytest.raises(ContentErrors) as caught:
        read(f"---\n{front}\n---\n")
    (error,) = caught.value.errors
    assert (error.line, mend in str(error)) == (line, True)


@pytest.mark.parametrize(
    ("front", "mend"),
    [
        ('title = "a', "Close it with its quotation mark"),
        ('title = "a"\ntitle = "b"', "Remove one"),
        ("title = Meet the husbands", "Write texts in quotes"),
        ('title "a"', "Write key = value"),
        ("published = 2021-10-05 8:00", "Put texts and dates in quotes"),
    ],
)
def test_broken_toml_is_told_with_its_mend(front, mend):
    with pytest.raises(ContentErrors, match=mend):
        read(f"+++\n{front}\n+++\n")


@pytest.mark.parametrize("step", ["a:\n", "- \n"])
def test_stairs_of_values_are_refused_once(step):
    stairs = "".join(" " * 2 * number + step for number in range(200))
    assert [code for code, _ in refusals(f"---\ntop:\n{stairs}\n---\n")] == ["too-deep"]


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 500_000 + "\n---\n",
        "---\na: " + "{a: " * 100_000 + "\n---\n",
        "+++\n" + "a." * 300_000 + "b = 1\n+++\n",
        "+++\nx = {" + '"a" . ' * 100_000 + "b = 1}\n+++\n",
    ],
    ids=["brackets", "tables", "dots", "quoted dots"],
)
def test_what_is_nested_without_end_is_refused_at_once(text):
    assert refusals(text) == [("too-deep", 2)]


PIECES = ["---", "+++", "\n", "a", ": ", "- ", "[", "]", "{", "}", "'", '"', "|", "&", "*", "!", "\x00", "="]


@given(st.lists(st.sampled_from(PIECES)))
def test_no_note_can_raise_anything_but_errors_of_ours(pieces):
    for fence in ("---", "+++"):
        with suppress(ContentErrors):
            assert read("".join([fence, "\n", *pieces, "\n", fence, "\nBody"])).body.endswith("Body")
