"""The topic pages that an episode's page leads to."""

import pytest
from builders import make_episode
from lxml import html

from catalogue.domain.episode import Tag
from catalogue.domain.written_page import Gathered, PageKind, PageTranslation, WrittenPage, WrittenPages

BONE = Tag(name="Bone pain", slug="bone-pain")


@pytest.fixture
def led_to(visit):
    """The names and addresses under "Topics" on an episode's page."""

    def build(*pages, before="", **stated):
        visitor = visit(make_episode(slug="one", guid="one", **stated), written=WrittenPages(pages=pages))
        page = html.fromstring(visitor.text(f"{before}/conversations/one/"))
        return [(link.text, link.get("href")) for link in page.xpath("//section[@aria-labelledby='topics']//a")]

    return build


def make_page(slug="recurrence", **stated):
    values = {"kind": PageKind.TOPIC, "path": f"topics/{slug}.md", "title": slug.title()}
    return WrittenPage(slug=slug, **values | stated)


def test_an_episode_leads_to_the_topic_page_that_names_it(led_to):
    page = make_page(gathered=(Gathered(episode="one"),))
    assert led_to(page, make_page("other")) == [("Recurrence", "/topics/recurrence/")]


def test_an_episode_leads_to_the_topic_page_with_its_tag_and_to_tags_without_one(led_to):
    tags = (BONE, Tag(name="Grief", slug="grief"))
    found = led_to(make_page("bone-pain", title="When bones hurt"), tags=tags)
    assert found == [("When bones hurt", "/topics/bone-pain/"), ("Grief", "/topics/grief/")]


def test_a_topic_page_is_named_as_the_reader_reads_it(led_to):
    said = PageTranslation(language="es", title="Recaída")
    page = make_page(gathered=(Gathered(episode="one"),), translations=(said,))
    assert led_to(page, before="/es") == [("Recaída", "/es/topics/recurrence/")]


def test_an_episode_leads_to_no_draft_and_to_no_plain_page(led_to):
    named = {"gathered": (Gathered(episode="one"),)}
    assert led_to(make_page(draft=True, **named), make_page("plain", kind=PageKind.PLAIN, **named)) == []
