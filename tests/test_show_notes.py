"""Show notes on pages, in feeds and as plain text."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from catalogue.show_notes import contents_of, has_time_list, plain_text, render_feed_notes, render_notes

FEED_TAGS = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em", "br"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](javascript:alert(1))",
    '[x](https://e.org "\\" onmouseover=alert(1)")',
    "<https://e.org/\"onclick='alert(1)'>",
    "```html\n<script>alert(1)</script>\n```",
    "<a href='javascript:alert(1)'>x</a>",
    "# <svg onload=alert(1)>",
    "|<iframe src=//e.org>|\n|-|\n|<style>*{display:none}</style>|",
    "x[^1]\n\n[^1]: <object data=x>",
]


def on_page(markdown: str, duration: timedelta | None = None) -> str:
    return render_notes(markdown, moment_url=lambda at: f"?t={int(at.total_seconds())}", duration=duration)


@pytest.mark.parametrize("markdown", HOSTILE)
@pytest.mark.parametrize("render", [on_page, render_feed_notes])
def test_hostile_notes_bring_no_element_or_attribute_of_their_own(render, markdown):
    for element in lxml_html.fragment_fromstring(render(markdown), create_parent="div").iter():
        assert element.tag not in {"script", "style", "img", "svg", "iframe", "object"}
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        assert not str(element.get("href", "")).lower().startswith(("javascript", "data", "vbscript"))


def test_time_stamps_in_running_text_become_links_on_pages():
    rendered = on_page("From 12:34 to 1:02:03.")
    assert '<a href="?t=754" class="moment" rel="noopener">12:34</a>' in rendered
    assert 'href="?t=3723"' in rendered


@pytest.mark.parametrize(
    "markdown",
    [
        "`12:34`",
        "    12:34",
        "[at 12:34](https://e.org)",
        "https://e.org/12:34",
        "<https://e.org/12:34>",
        "Mondays 10:00 ET",
        "at 7:30 p.m.",
        "at 7:30pm",
        "12:34:56:78",
        "12:60",
        "version 1:02.5",
    ],
)
def test_what_only_looks_like_a_moment_stays_text(markdown):
    assert "moment" not in on_page(markdown)


def test_a_moment_after_the_end_stays_text():
    assert "moment" not in on_page("12:34", timedelta(minutes=12, seconds=33))
    assert "moment" in on_page("12:34", timedelta(minutes=12, seconds=34))


def test_time_stamps_stay_text_without_a_page_to_open_and_in_feeds():
    assert render_notes("12:34", moment_url=None) == "<p>12:34</p>\n"
    assert render_feed_notes("12:34") == "<p>12:34</p>"


def test_the_biggest_heading_becomes_h3_and_the_contents_name_it():
    markdown = "## Grief\n\n### Grief\n\n## 悲しみ\n"
    rendered = on_page(markdown)
    assert [(h.level, h.id) for h in contents_of(markdown)] == [
        (3, "notes-grief"),
        (4, "notes-grief-2"),
        (3, "notes-beishimi"),
    ]
    assert all(f'<h{h.level} id="{h.id}">{h.text}</h{h.level}>' in rendered for h in contents_of(markdown))


def test_a_link_to_a_heading_finds_it():
    assert 'href="#notes-what-helps"' in on_page("[down](#what-helps)\n\n# What helps\n")


def test_pictures_are_links_on_pages_since_no_other_server_is_asked():
    assert '<a href="https://e.org/x.png" rel="noopener">A boat</a>' in on_page("![A boat](https://e.org/x.png)")
    assert on_page("![A boat](boat.png)") == "<p>A boat</p>\n"
    assert on_page("[![A boat](https://e.org/x.png)](https://e.org)").count("<a ") == 1


def test_tables_name_what_their_headings_head():
    assert '<th scope="col">Drug</th>' in on_page("| Drug |\n|---|\n| A |\n")


def test_footnotes_lead_down_and_back_up():
    rendered = on_page("Said[^a], twice[^a].\n\n[^a]: Where.\n")
    assert 'href="#fn-notes-1"' in rendered
    assert 'id="fn-notes-1"' in rendered
    assert 'href="#fnref-notes-1"' in rendered
    assert rendered.count(">[1]</a>") == 2


@pytest.mark.parametrize(
    ("markdown", "address"),
    [
        ("See https://example.org/help.", "https://example.org/help"),
        ("(https://example.org/a_b_c)", "https://example.org/a_b_c"),
        ("https://example.org/a_(b), then", "https://example.org/a_(b)"),
        ("*https://example.org/?a=1&b=2*", "https://example.org/?a=1&amp;b=2"),
    ],
)
def test_bare_addresses_become_links(markdown, address):
    assert f'<a href="{address}">{address}</a>' in render_feed_notes(markdown)


def test_an_address_in_code_or_in_a_picture_stays_as_it_is():
    assert "<a " not in on_page("`https://example.org`")
    assert on_page("![https://a.example](https://e.org/x.png)").count("<a ") == 1


def test_feeds_get_only_the_tags_apps_show():
    markdown = (
        "# H\n\n> q\n\n---\n\n`c`\n\n```\na\nb\n```\n\n1. x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nx[^1]\n\n[^1]: n\n"
    )
    rendered = render_feed_notes(markdown)
    tags = {element.tag for element in lxml_html.fragment_fromstring(rendered, create_parent="p").iter()}
    assert tags <= FEED_TAGS
    assert "<p><strong>a</strong> · <strong>b</strong></p>\n<p>1 · 2</p>" in rendered
    assert "<p>a<br>b</p>" in rendered


def test_links_in_feeds_are_absolute_or_no_links():
    rendered = render_feed_notes("[a](/x) [b](#y) [c](https://e.org) [d](//e.org/z) [e](tel:+15550100)")
    assert rendered == '<p>a b <a href="https://e.org">c</a> d <a href="tel:+15550100">e</a></p>'


def test_plain_text_is_the_words_alone():
    assert plain_text("## A *b*\n\n- [c](https://e.org)\n- ![d](x.png) `e`\n\nf\ng[^1]\n\n[^1]: h\n") == (
        "A b\nc\nd e\nf g\nh"
    )


@pytest.mark.parametrize(
    ("markdown", "answer"),
    [
        ("0:00 A\n\n4:12 B\n\n11:30 C", True),
        ("- 0:00 A\n- **4:12** B\n- [11:30](https://e.org) C", True),
        ("1. (0:00) A\n2. (4:12) B\n3. (1:11:30) C", True),
        ("0:00 A\n4:12 B", False),
        ("At 0:00 A\nat 4:12 B\nat 11:30 C", False),
        ("- 10:00 ET\n- 11:00 ET\n- 12:00 ET", False),
        ("", False),
    ],
)
def test_a_time_list_is_three_lines_that_begin_with_a_moment(markdown, answer):
    assert has_time_list(markdown) is answer


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_at_all_can_be_rendered(markdown):
    for rendered in (on_page(markdown), render_feed_notes(markdown), plain_text(markdown)):
        rendered.encode("utf-8")


@pytest.mark.parametrize("piece", ["[", "[a](", "<a ", "![", "> ", "*_", "- ", "`", "[^a]", "1:00 ", "|a"])
def test_a_lot_of_what_looks_like_markup_is_still_quick(piece):
    assert isinstance(render_feed_notes(piece * 20_000), str)


def test_a_link_in_a_feed_has_its_address_and_nothing_else():
    assert render_feed_notes('[x](https://e.org "A title")') == '<p><a href="https://e.org">x</a></p>'


@settings(max_examples=200)
@given(st.text(st.characters(categories=["L", "N"]) | st.sampled_from(" ,.;?()'’“”…–—-")))
def test_a_plain_sentence_is_written_as_the_reader_of_markdown_would(text):
    sentence = f"Seen {text}"
    assert render_feed_notes(f"{sentence}\n\n*End*") == f"{render_feed_notes(sentence)}\n<p><em>End</em></p>"
