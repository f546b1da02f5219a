"""`[check.disable]` in `show.toml`: what is right in it counts, what is wrong is told with its line."""

import pytest

from catalogue.library.check_table import read_check_table
from catalogue.library.show_file import read_show_file


def read(text):
    return read_check_table(text.encode(), "show.toml")


def test_a_show_that_says_nothing_disables_nothing():
    assert (read('title = "T"\n').disabled, read("").errors) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        '[check.disable]\nI06 = "We publish\\n  Opus."\n',
        '[check]\ndisable = { i06 = "We publish Opus." }\n',
        'check.disable.I06 = "We publish Opus."\n',
    ],
)
def test_a_rule_and_its_reason_are_read(text):
    (one,) = read(text).disabled
    assert (one.rule, one.reason) == ("I06", "We publish Opus.")


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ('\n[check.disable]\nI06 = ""\n', 3, "no-reason"),
        ('[check.disable]\nI06 = " \u200b "\n', 2, "no-reason"),
        ('[check.disable]\nI06 = ["a"]\n', 2, "no-reason"),
        ('[check]\ndisabled = "I06"\n', 2, "unknown-key"),
        ('[check]\ndisable = "I06"\n', 2, "not-a-table"),
        ('title = "T"\ncheck = "I06"\n', 2, "not-a-table"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, code):
    (error,) = read(text).errors
    assert (error.line, error.code) == (line, code)


def test_beside_a_mistake_the_rest_counts():
    table = read('[check.disable]\nI06 = ""\nC18 = "No e-mail on purpose."\n')
    assert ([one.rule for one in table.disabled], len(table.errors)) == (["C18"], 1)


def test_feed_and_site_do_not_mind_what_it_says():
    assert read_show_file(b'title = "T"\n[check]\nnonsense = 3\n', "show.toml") == {"title": "T"}
