"""Show notes: Markdown as producers write it, as safe HTML for pages and for feeds, and as plain text.

markdown-it-py reads (it stays linear where others go quadratic), with raw HTML switched off; what it writes
still goes through nh3 with allow-lists of our own, so that no fault of one opens a door. The source is
trusted to be at most 1 MiB; the library refuses more.
"""

from catalogue.show_notes.embedded import EmbeddedMoment, find_embedded, find_misplaced, has_embedded
from catalogue.show_notes.feed import PageOf, render_feed_notes
from catalogue.show_notes.headings import Heading
from catalogue.show_notes.html_notes import plain_html, read_html, render_html_feed, render_html_page
from catalogue.show_notes.moments import has_time_list
from catalogue.show_notes.page import Parts, Section, contents_of, render_notes, render_parts, render_sections
from catalogue.show_notes.reading import first_line, markdown_words, plain_text

__all__ = [
    "EmbeddedMoment",
    "Heading",
    "PageOf",
    "Parts",
    "Section",
    "contents_of",
    "find_embedded",
    "find_misplaced",
    "first_line",
    "has_embedded",
    "has_time_list",
    "markdown_words",
    "plain_html",
    "plain_text",
    "read_html",
    "render_feed_notes",
    "render_html_feed",
    "render_html_page",
    "render_notes",
    "render_parts",
    "render_sections",
]
