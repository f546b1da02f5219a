"""HTML becomes Markdown where that says the same, and only there."""

import re
from random import Random

import pytest

from catalogue.formats.html_markdown import MOST_TAGS, markdown_from_html
from catalogue.formats.plain_markdown import plain_markdown
from catalogue.show_notes import plain_html, read_html, render_html_feed, render_html_page, render_notes

PIECES = (
    "word|two words |<b>bold</b>|<em>it</em> |<a href='https://e.org/x'>link</a>|. |1. |- |(|)|* |_x_|<br>|</p><p>|"
    "<ul><li>a</li><li>1. b</li></ul>|+ x|# y|é|<b> s </b>|<i>(x)</i>|http://a.b/c_d |<b>x<i>y</i></b>|:|!|![|~|=== |"
    "&lt;b>|&amp;copy;|<h2>Head</h2>|<blockquote>q</blockquote>|<img alt='a cat' src='/c.png'>|[1]: x|\\"
).split("|")


def random_html(chance):
    return read_html("<p>" + "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 8))) + "</p>")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Hello <b>you</b>, <a href='https://e.org/a?b=1&amp;c=2'>here</a>.<br>Next</p>", None),
        ("<p>a * b _c_</p>", "a \\* b \\_c\\_"),
        ("<ul><li>1. one</li><li>two</li></ul>", "- 1\\. one\n- two"),
        ("<h2>Links</h2><p>x</p>", "## Links\n\nx"),
        ("<p># no heading</p>", "\\# no heading"),
    ],
)
def test_what_it_becomes(html, markdown):
    found = markdown_from_html(read_html(html))
    assert found == (markdown or "Hello **you**, [here](https://e.org/a?b=1&c=2).\\\nNext")


def test_markdown_says_the_same_words_or_there_is_none():
    chance, found = Random(4), 0
    for _ in range(400):
        html = random_html(chance)
        markdown = markdown_from_html(html)
        if markdown is not None:
            found += 1
            words = " ".join(plain_html(render_notes(markdown, moment_url=None)).split())
            assert words.replace(" ", "") == "".join(plain_html(html).split()), (html, markdown)
    assert found > 300


def test_what_is_sure_needs_no_reading_back():
    chance, sure = Random(5), 0
    for _ in range(1500):
        html = random_html(chance)
        found = plain_markdown(html)
        if found is not None and found[1]:
            sure += 1
            rendered = render_notes(found[0], moment_url=None)
            assert "".join(plain_html(rendered).split()) == "".join(plain_html(html).split()), (html, found)
            assert rendered.count("<a ") == html.count("<a "), (html, found)
    assert sure > 100


@pytest.mark.parametrize("html", ["<b>" * 3000, "<p>x</p>" * (MOST_TAGS + 1), "<ul><li>" * 500 + "x"])
def test_what_costs_too_much_stays_html(html):
    assert markdown_from_html(html) is None


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<p style='position:fixed' onclick='alert(1)'>x</p>",
    "<iframe src='https://evil.example'></iframe>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<form action='https://evil.example'><input name=q></form>",
]


@pytest.mark.parametrize("render", [render_html_page, render_html_feed])
@pytest.mark.parametrize("html", HOSTILE)
def test_html_from_elsewhere_does_nothing(render, html):
    shown = render(f"<p>before</p>{html}<p>after</p>")
    tags = re.findall(r"<(/?[a-z0-9]+)([^>]*)>", shown)
    assert {name.lstrip("/") for name, _ in tags} <= {"p", "a", "table", "tbody", "tr", "td"}
    assert all(re.fullmatch(r"( href=\"https?://[^\"]*\"| rel=\"noopener\")*", rest) for _, rest in tags)
    assert shown.startswith("<p>before</p>")


def test_pages_and_feeds_show_what_they_can():
    html = "<h1>Top</h1><table><tr><td>a</td><td>b</td></tr></table><a href='/here'>rel</a> <a href='https://e.org'>abs</a>"
    page, feed = render_html_page(html), render_html_feed(html)
    assert page.startswith("<h3>Top</h3><table>")
    assert feed.startswith("<p><strong>Top</strong></p><p>a · b</p>")
    assert ("/here" not in page + feed, 'href="https://e.org"' in feed) == (True, True)
