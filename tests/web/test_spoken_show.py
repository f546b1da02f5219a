"""A show whose title and texts are translated is called so on every page of that language, and on no other."""

import json
from dataclasses import replace

import pytest
from builders import make_show
from fake_publication import FakePublication
from lxml import html
from rich_show import husbands, rich_publication, rich_show
from visitor import Visitor

from catalogue.domain.search import Answer, Choice, Choices, Hit, Kind
from catalogue.domain.show import Funding, ShowText
from catalogue.domain.tongues import said_by

SHOW = "/conversations/"
EPISODE = f"{SHOW}110-meet-the-husbands/"
SPANISH = ShowText(
    language="es-MX",
    title="Conversaciones",
    subtitle="Lo que ayudó.",
    description="Charlas largas.",
    copyright="© 2021, el equipo",
    artwork_alt="Un lazo",
    funding=(Funding(url="https://example.org/dar", label="Ayuda"),),
)
ENGLISH_TITLE = "Breast Cancer Conversations (demonstration)"
OTHER = make_show(slug="other", guid="b" * 8, title="Other", path="other")


@pytest.fixture(scope="module")
def visitor():
    publication = rich_publication()
    shows = (replace(publication.listed[0], texts=(SPANISH,)), OTHER)
    said = {"show_guid": "", "guid": "", "language": "es", "title": "110", "found": ()}
    hit = Hit(kind=Kind.EPISODE, **said, show=shows[0], episode=husbands())
    publication.listed, publication.answers = shows, {"ana": Answer(count=1, hits=(hit,))}
    publication.choices = Choices(shows=tuple(Choice(value=one.slug, label=one.title, count=1) for one in shows))
    return Visitor(publication)


def page_of(visitor, path):
    return html.fromstring(visitor.text(path))


@pytest.mark.parametrize(
    "path",
    ["/es/", f"/es{SHOW}", f"/es{EPISODE}", f"/es{SHOW}subscribe/", f"/es{SHOW}corrections/", f"/es{SHOW}season/2/",
     "/es/about/", f"/es{EPISODE}transcript/es/", "/es/search/?q=ana", "/es/people/the-castalogue-narrator/"],
)  # fmt: skip
def test_every_spanish_page_calls_it_by_its_spanish_name_alone(visitor, path):
    text = visitor.text(path)
    assert "Conversaciones" in text and ENGLISH_TITLE not in text


@pytest.mark.parametrize("path", ["/", SHOW, EPISODE])
def test_no_other_page_does(visitor, path):
    assert ENGLISH_TITLE in visitor.text(path) and "Conversaciones" not in visitor.text(path)


def test_each_text_is_marked_with_its_own_language(visitor):
    page = page_of(visitor, f"/es{SHOW}")
    assert page.xpath("//h1[@lang='es-MX']/text()") == ["Conversaciones"]
    assert page.xpath("//p[@class='lead'][@lang='es-MX']/text()") == ["Lo que ayudó."]
    assert page.xpath("//footer/p[@lang='es-MX']/text()") == ["© 2021, el equipo"]
    assert page.xpath("//a[@href='https://example.org/dar'][@lang='es-MX']/text()") == ["Ayuda"]
    assert page_of(visitor, "/es/").xpath("//h2/a[@lang]/@lang") == ["es-MX", "en"]


def test_machines_are_told_the_same(visitor):
    page = page_of(visitor, f"/es{SHOW}")
    (series,) = [
        node
        for node in json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
        if node["@type"] == "PodcastSeries"
    ]
    assert (series["name"], series["description"]) == ("Conversaciones", "Charlas largas.")
    assert page.xpath("//meta[@property='og:title' or @property='og:site_name']/@content") == ["Conversaciones"] * 2
    assert page.xpath("//meta[@property='og:locale']/@content") == ["es_MX"]
    assert visitor.get(f"/es/embed{EPISODE}oembed.json").json["provider_name"] == "Conversaciones"


def test_a_show_without_a_subtitle_of_its_own_may_have_one_in_another_language():
    publication = FakePublication((rich_show(subtitle=None, texts=(SPANISH,)),), {"conversations": (husbands(),)})
    assert page_of(Visitor(publication), "/es/").xpath("//p[@class='lead']/text()") == ["Lo que ayudó."]


def test_what_is_not_translated_is_said_in_the_show_s_own_language():
    show = rich_show(texts=(ShowText(language="es", title="Charlas"),))
    assert said_by(show, "title", "es") == ("Charlas", "es")
    assert said_by(show, "subtitle", "es") == (show.subtitle, "en")
    assert said_by(show, "title", "en") == (show.title, "en")
