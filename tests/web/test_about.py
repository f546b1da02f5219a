"""About and privacy: in both languages, true for one show and many, and led to."""

from builders import make_episode, make_show
from fake_publication import FakePublication
from lxml import html
from rich_show import rich_publication
from visitor import Visitor

from catalogue.domain.credits import License


def test_about_names_the_shows_their_makers_and_how_to_write(visit):
    text = Visitor(rich_publication()).text("/about/")
    page = html.fromstring(text)
    assert page.xpath("//h2/a/@href") == ["/conversations/"]
    assert "By Castalogue" in text and "This show is no medical advice." in text
    assert {"mailto:hello@example.org", "/conversations/subscribe/", "/about/privacy/"} <= set(page.xpath("//a/@href"))


def test_about_of_several_shows_names_them_all_and_whose_address_is_whose():
    shows = (
        make_show(support="a@example.org"),
        make_show(slug="b", guid="b", title="B", support="https://www.b.org/x"),
    )
    page = html.fromstring(Visitor(FakePublication(listed=shows)).text("/about/"))
    reach = page.xpath("//section[@aria-labelledby='reach']//li")
    assert [" ".join(one.text_content().split()) for one in reach] == ["a@example.org Conversations", "b.org B"]


def test_an_empty_catalogue_still_says_what_it_keeps():
    visitor = Visitor(FakePublication())
    assert "nothing" in visitor.text("/about/privacy/")
    assert visitor.get("/about/").status_code == 200


def test_both_pages_are_there_in_spanish(visit):
    assert "Sobre este sitio" in visit().text("/es/about/")
    assert "Qué guardamos de ti: nada" in visit().text("/es/about/privacy/")


def test_both_pages_name_their_own_address(visit):
    for path in ("/about/", "/about/privacy/", "/es/about/"):
        assert f'<link rel="canonical" href="https://pods.example{path}">' in visit(make_episode()).text(path)


def test_what_the_browser_keeps_can_be_forgotten_on_the_page_that_says_so(visit):
    page = html.fromstring(visit().text("/about/privacy/"))
    assert page.xpath("//*[@data-forget]//button")
    assert [one for one in page.xpath("//script/@src") if one.endswith("/place.js")]


def test_about_calls_a_licence_as_people_do():
    shows = (make_show(license=License(identifier="CC0-1.0")),)
    page = html.fromstring(Visitor(FakePublication(listed=shows)).text("/es/about/"))
    assert page.xpath("//a[@rel='license']/text()") == ["Dominio público (CC0 1.0)"]


def test_every_page_leads_to_where_help_is():
    visitor = Visitor(rich_publication())
    for path in ("/", "/search/", "/about/privacy/", "/nothing/"):
        page = html.fromstring(visitor.get(path).text)
        assert page.xpath("//footer//a[@href='/conversations/#help']/text()") == ["Where to get help"], path
    assert html.fromstring(visitor.text("/conversations/")).xpath("//*[@id='help']")
    assert not html.fromstring(Visitor(FakePublication(listed=(make_show(),))).text("/")).xpath(
        "//a[contains(., 'help')]"
    )


def test_an_error_is_logged_without_the_page_it_happened_on(caplog):
    visitor = Visitor(FakePublication(listed=(make_show(),)))
    visitor.publication.episode = None  # what calls it fails in a way that nobody foresaw
    visitor.client.application.testing = False
    assert visitor.get("/conversations/a-private-matter/").status_code == 500
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "Exception on /<show>/<episode>/ [GET]" in said and "a-private-matter" not in said
