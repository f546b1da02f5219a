"""Text that would like to be a program, in every field there is: opened in Chromium, it runs nowhere.

The browser is told to leave our policy aside, so that what holds here is the escaping alone.
"""

import dataclasses
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from builders import make_episode, make_show
from fake_publication import FakePublication
from lxml import html
from rich_show import husbands, rich_show
from visitor import Visitor

from catalogue.domain.episode import Tag
from catalogue.domain.links import Links
from catalogue.domain.media import Cue
from catalogue.domain.written_page import PageKind, WrittenPage, WrittenPages
from web.app import create_app
from web.server import Server

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover=alert(1) autofocus onfocus=alert(1) x='",
    '" autofocus onfocus=alert(1) x="',
    "</title><script>alert(1)</script>",
    "</style></textarea></noscript><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    '[x](javascript:alert(1)) ![x](x"onerror=alert(1)) <javascript:alert(1)>',
    "[x](data:text/html,<script>alert(1)</script>)",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;alert(1)",
    "\u2028\u2029]]><script>alert(1)</script>",
    "{{ alert(1) }} ${alert(1)} <%= alert(1) %>",
)
HOSTILE = " ".join(PAYLOADS)
# What the library reads in a form of its own, and what only joins things together.
HELD = {
    "guid",
    "slug",
    "path",
    "sha256",
    "essence",
    "language",
    "timezone",
    "format",
    "media_type",
    "accent",
    "extension",
}
PAGES = (
    "/conversations/", "/es/conversations/", "/conversations/110-meet-the-husbands/",
    "/es/conversations/110-meet-the-husbands/", "/conversations/110-meet-the-husbands/transcript/",
    "/conversations/subscribe/", "/conversations/corrections/", "/conversations/season/2/", "/about/",
    "/embed/conversations/110-meet-the-husbands/", "/topics/", "/topics/hostile/", "/topics/word/",
    "/%3Cscript%3Ealert(1)%3C/script%3E/", "/conversations/%22onfocus=alert(1)%20autofocus=/",
    "/search/?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20autofocus%20onfocus=alert(1)",
)  # fmt: skip


def poisoned(value, name=""):
    """The same with all free text replaced, at any depth."""
    if isinstance(value, str) and type(value) is str:
        return value if name in HELD or name.endswith("url") or name == "url" else HOSTILE
    if isinstance(value, tuple):
        return tuple(poisoned(inner, name) for inner in value)
    if not dataclasses.is_dataclass(value):
        return value
    return replace(
        value, **{one.name: poisoned(getattr(value, one.name), one.name) for one in dataclasses.fields(value)}
    )


@pytest.fixture(scope="module")
def publication():
    tagged = husbands(tags=(Tag(name="Word", slug="word"),))
    topic = WrittenPage(
        kind=PageKind.TOPIC, slug="hostile", path="topics/hostile.md", title="T", summary="S", notes="N",
        content_warning="W", disclaimer="D", feedback="a@example.org",
    )  # fmt: skip
    return FakePublication(
        listed=(poisoned(rich_show()),),
        held={"conversations": (poisoned(tagged), make_episode())},
        spoken={"1" * 64: (Cue(text=HOSTILE, speaker=HOSTILE),), "2" * 64: (Cue(text=HOSTILE),)},
        written=WrittenPages(pages=(poisoned(topic),)),
    )


@pytest.fixture(scope="module")
def address(publication):
    app = create_app(publication, links=Links("http://127.0.0.1"), clock=lambda: datetime(2022, 1, 1, tzinfo=UTC))
    server = Server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.stop()
    thread.join(timeout=5)


def test_the_fields_really_hold_what_is_hostile(publication):
    show, episode = publication.listed[0], publication.held["conversations"][0]
    assert show.title == show.help[0].name == episode.chapters[0].title == episode.people[0].role == HOSTILE
    assert make_show().title != HOSTILE


@pytest.mark.browser
def test_no_hostile_text_runs_on_any_page_even_without_our_policy(address, windows):
    ran, opened = [], 0

    def note(where):  # Playwright marks what it is given, and a method of a list cannot be marked
        ran.append(where)

    with windows.page(bypass_csp=True) as page:
        page.expose_function("ranHere", note)
        page.add_init_script("window.alert = () => window.ranHere(location.href)")
        for path in PAGES:
            page.goto(address + path)
            opened += page.evaluate("document.querySelectorAll('h1').length")
        page.goto("about:blank")
        page.set_content("<img src=x onerror=alert(1)>")
        page.wait_for_timeout(200)
    assert [one for one in ran if one != "about:blank"] == []
    assert ran, "the hook itself works"
    assert opened == len(PAGES)


def test_no_link_of_any_page_is_a_program(publication):
    visitor = Visitor(publication, now=datetime(2022, 1, 1, tzinfo=UTC))
    for path in PAGES:
        page = html.fromstring(visitor.get(path).text)
        targets = page.xpath("//@href | //@src | //@action | //@formaction")
        assert not [one for one in targets if one.strip().lower().startswith(("javascript:", "data:", "vbscript:"))], (
            path
        )
        assert page.xpath("//@*[starts-with(name(), 'on')]") == [], path
