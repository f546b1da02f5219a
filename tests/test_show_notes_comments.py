"""Remarks in show notes that are the writer's own."""

import pytest

from catalogue.show_notes import plain_text, render_feed_notes, render_notes


@pytest.mark.parametrize(
    ("markdown", "rendered"),
    [
        ("a\n\n<!-- ask Ana -->\n\nb", "<p>a</p>\n<p>b</p>"),
        ("a <!-- ask *Ana* --> b", "<p>a  b</p>"),
        ("a\n<!-- ask\n\n# Ana\n```\n-->\nb", "<p>a</p>\n<p>b</p>"),
        ("- a <!-- x -->\n- <!-- y -->\n  b", "<ul>\n<li>a </li>\n<li>b</li>\n</ul>"),
        ("<!-- x --> a", "<p> a</p>"),
        ("> <!-- x\n> -->\n> a", "<p>a</p>"),
    ],
)
def test_a_remark_to_oneself_is_not_published(markdown, rendered):
    assert render_feed_notes(markdown) == rendered
    assert "Ana" not in render_notes(markdown, moment_url=None) + plain_text(markdown)


@pytest.mark.parametrize(
    "markdown", ["<!-- a\n\nb", "`<!-- a -->`", "    <!-- a -->", "```\n<!-- a -->\n```", "\\<!-- a -->"]
)
def test_what_is_no_remark_stays_text(markdown):
    assert "&lt;!-- a" in render_feed_notes(markdown)


@pytest.mark.parametrize("markdown", ["<!--\n" * 4_000 + "--> a", "<!--" * 9_000, "> <!--\n" * 2_000 + "\n--> a"])
def test_many_unclosed_remarks_are_read_in_one_go(markdown):
    assert render_feed_notes(markdown).startswith("<p>&lt;!--")
