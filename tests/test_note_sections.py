"""A long page in sections, each with its heading."""

from catalogue.show_notes import render_sections

PAGE = "A word before.[^1]\n\n# One\n\nText.\n\n## Part\n\n> # Quoted\n\n# Two\n\nMore.\n\n[^1]: A note."


def test_every_biggest_heading_begins_a_section():
    before, one, two, footnotes = render_sections(PAGE)
    assert [part.heading and part.heading.text for part in (before, one, two, footnotes)] == [None, "One", "Two", None]
    (html,) = one.parts
    assert html.startswith('<h2 id="notes-one">One</h2>\n<p>Text.</p>\n<h3 id="notes-part">')
    assert "Quoted" in html
    assert "A note." in footnotes.parts[0]


def test_a_page_without_headings_is_one_section():
    (only,) = render_sections("Just words, at 12:34.")
    assert only == (None, ("<p>Just words, at 12:34.</p>\n",))


def test_an_empty_page_has_no_section():
    assert render_sections("") == ()


def test_what_is_not_safe_is_text_in_every_section():
    parts = render_sections("# <script>alert(1)</script>\n\n<b onclick=x>\n\n# Two\n\n[a](javascript:alert(1))")
    html = "".join(text for part in parts for text in part.parts)
    assert [sign for sign in ("<script", "<b", "href") if sign in html] == []
