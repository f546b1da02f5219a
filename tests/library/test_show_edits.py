"""Keys of show.toml change, and nothing else in it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import ContentErrors
from catalogue.library.show_edits import edit_show_file

FILE = """\
# What is true of the whole show.

title = "Conversations"   # as on the cover
description = \"\"\"
Several lines.
moved_to = "not a key"
\"\"\"
categories = [
    "Health & Fitness",
]

# Whom to turn to.
[[help]]
name = "A nurse"
"""


def edit(text, **changes):
    return edit_show_file(text.encode(), changes, "show.toml").decode()


def test_a_new_key_stands_before_the_first_table():
    assert edit(FILE, moved_to="https://e.org/") == FILE.replace('",\n]\n', '",\n]\nmoved_to = "https://e.org/"\n')


def test_a_key_is_changed_in_its_place_and_taken_away_again():
    once = edit(FILE, moved_to="https://e.org/", guid="1")
    twice = edit(once, moved_to="https://e.org/2")
    assert twice == once.replace("e.org/", "e.org/2")
    assert edit(twice, moved_to=None, guid=None) == FILE


def test_a_value_of_several_lines_is_changed_as_one():
    assert tomllib.loads(edit(FILE, categories=("Arts", "Music")))["categories"] == ["Arts", "Music"]


@pytest.mark.parametrize("text", ["", "# nothing\n", 'title = "a"', "[check]\n", '\n\n[[help]]\nname = "a"\n'])
def test_a_file_of_any_shape_takes_a_key(text):
    edited = edit(text, guid="1")
    assert tomllib.loads(edited) == {"guid": "1"} | tomllib.loads(text)
    assert edit(edited, guid=None).strip("\n") == text.strip("\n")


def test_line_ends_and_a_byte_order_mark_stay():
    content = b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode()
    edited = edit_show_file(content, {"guid": "1"}, "show.toml")
    assert edited == content.replace(b",\r\n]\r\n", b',\r\n]\r\nguid = "1"\r\n')


@pytest.mark.parametrize("text", ["title = ", "a = 1\na = 2\n", "[a\n"])
def test_what_cannot_be_changed_safely_is_left_to_a_person(text):
    with pytest.raises(ContentErrors, match="Change it by hand"):
        edit(text, moved_to="https://e.org/", a="x")


@given(st.text(), st.lists(st.text(), max_size=3).map(tuple))
def test_any_text_is_read_back_or_refused(text, texts):
    from catalogue.library.notes.fields import clean_text

    read = tomllib.loads(edit(FILE, guid=text, moved_from=texts))
    assert (read["guid"], read["moved_from"]) == (clean_text(text), [clean_text(one) for one in texts])
    assert read["help"] == [{"name": "A nurse"}]


def test_a_comment_behind_a_value_stays():
    assert edit(FILE, title="Talks # 2") == FILE.replace('"Conversations"', '"Talks # 2"')
    assert edit('guid = "a#b"\n', guid="c") == 'guid = "c"\n'


OWNED = """\
title = "Talks"
[owner] # for directories
# as in the contract
name = "Ana" # she

email = "a@e.org"

[[help]]
name = "A nurse"
"""


def test_a_table_under_its_own_heading_is_changed_line_by_line():
    assert edit(OWNED, owner={"name": "Bea", "email": "a@e.org"}) == OWNED.replace('"Ana"', '"Bea"')
    assert edit(OWNED, owner={"name": "Ana"}) == OWNED.replace('email = "a@e.org"\n', "")
    assert "owner" not in tomllib.loads(edit(OWNED, owner=None))


@pytest.mark.parametrize(
    "line", ['owner = { name = "Ana", email = "x" } # me', 'owner = "Ana" # me', 'owner.name = "Ana" # me']
)
def test_a_table_on_a_line_is_changed_there(line):
    edited = edit(f"{line}\n# end\n", owner={"name": "Bea", "email": 'b"@e.org'})
    assert edited == 'owner = { name = "Bea", email = "b\\"@e.org" } # me\n# end\n'


def test_a_value_that_says_the_same_stays_as_it_is_written():
    text = "owner = {name='Ana'}\ncategories = [\n  'Arts', # one\n]\n"
    assert edit(text, owner={"name": "Ana"}, categories=("Arts",)) == text


def test_a_table_in_two_ways_is_left_to_a_person():
    with pytest.raises(ContentErrors, match="Change it by hand"):
        edit('owner.name = "Ana"\nowner.email = "a@e.org"\n', owner={"name": "Bea"})
