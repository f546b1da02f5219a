"""The language of a page stands in its address, and never anywhere else."""

from dataclasses import replace
from urllib.parse import unquote

import pytest
from builders import make_episode, make_show
from fake_publication import FakePublication
from lxml import html
from visitor import BASE_URL, Visitor

from catalogue.domain.catalogue import Catalogue
from catalogue.domain.episode import Translation

SPANISH = Translation(language="es", title="Perder a quien amas", notes="Notas.")
FRENCH = Translation(language="fr", title="Perdre un proche", notes="Notes.")


def visitor_of(*translations, language="en", catalogue=None, **stated):
    show = make_show(language=language)
    episode = make_episode(slug="110", translations=translations, **stated)
    publication = FakePublication((show,), {show.slug: (episode,)})
    if catalogue is not None:
        publication.catalogue = lambda: catalogue
    return Visitor(publication)


def seen(visitor, path):
    page = html.fromstring(visitor.text(path))
    return page.get("lang"), page.xpath("string(//h1)"), page.xpath("//h1/@lang")


def test_a_page_speaks_what_its_address_asks_for():
    visitor = visitor_of(SPANISH)
    assert seen(visitor, "/conversations/110/") == ("en", "Meet the husbands", [])
    assert seen(visitor, "/es/conversations/110/") == ("es", "Perder a quien amas", [])


def test_what_is_not_translated_stays_as_it_is_and_is_marked():
    assert seen(visitor_of(), "/es/conversations/110/") == ("es", "Meet the husbands", ["en"])


def test_the_browser_s_language_changes_nothing():
    response = visitor_of(SPANISH).get("/conversations/110/", **{"Accept-Language": "es"})
    assert '<html lang="en">' in response.text and "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/", "/conversations/", "/conversations/110/", "/conversations/subscribe/"])
def test_what_a_page_speaks_anyway_has_one_address(path):
    response = visitor_of().get(f"/en{path}")
    assert (response.status_code, response.headers["Location"]) == (301, path)


@pytest.mark.parametrize("asked", ["a%0D%0AX: y", "%5Cevil.example", "a%3Fb", "%C3%B1"])
def test_a_strange_address_keeps_its_signs_on_the_way_to_the_one_without_a_language(asked):
    response = visitor_of().get(f"/en/{asked}/b/c/d/e/f/")
    assert response.status_code == 301
    assert unquote(response.headers["Location"]) == unquote(f"/{asked}/b/c/d/e/f/")
    assert "?" not in response.headers["Location"]


@pytest.mark.parametrize("path", ["/es/conversations/feed.xml", "/es/robots.txt", "/es/healthz", "/es/feed.xml"])
def test_what_is_for_machines_has_no_language(path):
    assert visitor_of().get(path).status_code == 404


def test_the_older_address_of_a_translation_leads_to_the_page_that_speaks_it():
    response = visitor_of(SPANISH).get("/conversations/110/es/?t=12")
    assert (response.status_code, response.headers["Location"]) == (301, "/es/conversations/110/?t=12")


def test_a_language_without_words_of_ours_keeps_a_page_of_its_own_in_each_tongue():
    visitor = visitor_of(SPANISH, FRENCH)
    assert seen(visitor, "/conversations/110/fr/") == ("en", "Perdre un proche", ["fr"])
    assert seen(visitor, "/es/conversations/110/fr/") == ("es", "Perdre un proche", ["fr"])
    page = html.fromstring(visitor.text("/conversations/110/"))
    assert page.xpath("//ul[@class='languages']//a/@href") == ["/conversations/110/fr/"]
    assert page.xpath("//link[@hreflang='fr']/@href") == [f"{BASE_URL}/conversations/110/fr/"]


def test_every_page_leads_to_itself_in_the_other_languages_and_keeps_the_moment():
    page = html.fromstring(visitor_of().text("/conversations/110/?t=12"))
    assert page.xpath("//header//a[@hreflang='es']/@href") == ["/es/conversations/110/?t=12"]
    alternates = dict(zip(page.xpath("//link/@hreflang"), page.xpath("//link[@hreflang]/@href"), strict=True))
    assert alternates["es"] == f"{BASE_URL}/es/conversations/110/"
    assert alternates["en"] == alternates["x-default"] == f"{BASE_URL}/conversations/110/"


def test_links_of_a_page_stay_in_its_language_and_files_have_none():
    page = html.fromstring(visitor_of().text("/es/conversations/"))
    assert page.xpath("//ol[@class='episodes']//h3/a/@href") == ["/es/conversations/110/"]
    assert {href.split("/")[1] for href in page.xpath("//img/@src | //link[@rel='stylesheet']/@href")} <= {
        "media",
        "static",
    }


def test_lists_have_the_titles_of_their_language():
    listed = html.fromstring(visitor_of(SPANISH).text("/es/conversations/")).xpath("//ol[@class='episodes']//h3/a")
    assert [(link.text, link.get("lang")) for link in listed] == [("Perder a quien amas", None)]


def test_a_spanish_show_speaks_spanish_by_itself():
    visitor = visitor_of(language="es")
    assert seen(visitor, "/conversations/")[0] == "es"
    assert seen(visitor, "/en/conversations/")[0] == "en"


def test_the_library_says_which_languages_pages_are_offered_in():
    visitor = visitor_of(SPANISH, catalogue=replace(Catalogue(), languages=("en",)))
    assert seen(visitor, "/conversations/110/es/") == ("en", "Perder a quien amas", ["es"])
    assert html.fromstring(visitor.text("/conversations/")).xpath("//header//a[@hreflang]") == []


def test_an_error_speaks_what_was_asked_for():
    response = visitor_of().get("/es/conversations/never-was/")
    assert response.status_code == 404 and '<html lang="es">' in response.text


def test_a_language_alone_is_the_first_page_in_it():
    assert visitor_of().get("/es").headers["Location"].endswith("/es/")
    assert seen(visitor_of(), "/es/")[0] == "es"


@pytest.mark.parametrize("path", ["/", "/conversations/110/?t=12", "/search/?q=a", "/embed/conversations/110/"])
def test_the_pages_of_a_language_that_is_offered_no_longer_lead_to_those_without_it(path):
    visitor = visitor_of(SPANISH, catalogue=replace(Catalogue(), languages=("en",)))
    answer = visitor.get(f"/es{path}")
    assert (answer.status_code, answer.headers["Location"]) == (301, path)
    assert visitor.get(path).status_code == 200
