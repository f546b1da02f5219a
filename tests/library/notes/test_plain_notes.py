"""Plain text as Markdown that shows exactly that text."""

from html import unescape
from re import sub

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from catalogue.library.notes.plain_notes import markdown_of


def shown(text):
    """What a reader sees of the Markdown: its text, without tags."""
    return unescape(sub("<[^>]*>", "", MarkdownIt("commonmark").enable("table").render(markdown_of(text)))).strip()


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading",
        "- no list\n1. nor this\n2) nor this",
        "a *star* and _line_ and `code` and <b>tag</b> & &amp;",
        "one\ntwo\n\nthree",
        "a | b\n--|--\nc | d",
        "title\n=====\nother\n---",
        "[link](https://example.org) ![x](y)",
        "[^1]: note",
        "\\ back\\slash",
    ],
)
def test_signs_stay_what_they_are(text):
    assert shown(text) == text.replace("\n\n", "\n")


def test_indented_text_is_no_code():
    assert "<code>" not in MarkdownIt().render(markdown_of("a\n\n      b"))


def test_web_addresses_become_links():
    html = MarkdownIt("commonmark").render(markdown_of("See https://example.org/a_b_c?x=1&y=2."))
    assert '<a href="https://example.org/a_b_c?x=1&amp;y=2">' in html
    assert html.endswith("</a>.</p>\n")


def test_no_tag_gets_through_behind_an_address():
    assert "<script" not in MarkdownIt("commonmark").render(markdown_of('https://x/"><script>alert(1)</script>'))


@given(st.text(alphabet="ab 1.-+*_#>|=`~[]()!&\\<:\n"))
def test_any_text_is_shown_as_it_was(text):
    assert "".join(shown(text).split()) == "".join(text.split())
