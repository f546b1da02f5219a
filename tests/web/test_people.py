"""Pages about people, as a visitor meets them."""

import pytest
from builders import make_episode, make_show
from fake_publication import FakePublication
from lxml import html
from visitor import Visitor

from catalogue.domain.credits import Person
from catalogue.domain.people import PersonNote, PersonText

HOST, GUEST = Person(name="Ana Díaz", url="https://ana.example/"), Person(name="José", role="guest")
ANA = PersonNote(
    slug="ana-diaz",
    path="people/ana-diaz.md",
    note="She *listens*. <script>alert(1)</script>",
    texts=(PersonText(language="es", note="Escucha."),),
)
NO_PAGE = PersonNote(slug="jose", path="people/jose.md", page=False)


def visitor_of(*notes, shows=None):
    shows = shows or (make_show(),)
    episode = make_episode(people=(HOST, GUEST))
    held = {show.slug: (episode,) for show in shows}
    return Visitor(FakePublication(shows, held, notes=notes))


def page(visitor, path):
    return html.fromstring(visitor.text(path))


def robots(found):
    return found.xpath("//meta[@name='robots']/@content")


def test_everybody_is_listed_with_what_they_do():
    found = page(visitor_of(), "/people/")
    assert [" ".join(one.text_content().split()) for one in found.xpath("//main//li")] == [
        *("Ana Díaz Host · 1 episode", "José Guest · 1 episode"),
    ]
    assert found.xpath("//main//li/a/@href") == ["/people/ana-diaz/", "/people/jose/"]


def test_a_page_says_who_somebody_is_and_where_to_hear_them():
    found = page(visitor_of(ANA), "/people/ana-diaz/")
    assert found.xpath("string(//h1)") == "Ana Díaz"
    assert found.xpath("string(//div[@class='notes'])").strip() == "She listens. <script>alert(1)</script>"
    assert found.xpath("//main//script") == []
    assert (
        found.xpath("//main//a[@href='https://ana.example/' or @href='/conversations/meet-the-husbands/']/@href") != []
    )


def test_a_spanish_page_has_the_spanish_words():
    found = page(visitor_of(ANA), "/es/people/ana-diaz/")
    assert (found.get("lang"), found.xpath("string(//div[@class='notes'])").strip()) == ("es", "Escucha.")
    assert found.xpath("//h3/a/@href") == ["/es/conversations/meet-the-husbands/"]


def test_search_engines_are_asked_to_pass_over_guests():
    visitor = visitor_of()
    assert [robots(page(visitor, f"/people/{one}")) for one in ("", "ana-diaz/", "jose/")] == [
        ["noindex"],
        [],
        ["noindex"],
    ]
    indexed = visitor_of(PersonNote(slug="jose", path="people/jose.md", index=True))
    assert [robots(page(indexed, f"/people/{one}")) for one in ("", "jose/")] == [[], []]


def test_who_wants_no_page_is_named_on_the_episode_and_nowhere_else():
    visitor = visitor_of(NO_PAGE)
    assert visitor.get("/people/jose/").status_code == 404
    assert "José" not in visitor.text("/people/")
    people = page(visitor, "/conversations/meet-the-husbands/").xpath("//ul[@class='people']/li")
    assert [one.xpath("a/@href") for one in people] == [["/people/ana-diaz/"], []]


def test_with_several_shows_episodes_stand_under_theirs():
    shows = (make_show(), make_show(guid="917393e3-1b1e-5cef-ace4-edaa54e1f811", slug="b", title="B"))
    visitor = visitor_of(shows=shows)
    assert page(visitor, "/people/jose/").xpath("//main//h2/text()") == ["Episodes of Conversations", "Episodes of B"]


def test_who_is_heard_in_hundreds_has_the_newest_on_their_page_and_the_way_to_the_others():
    show = make_show()
    many = tuple(make_episode(guid=f"g{n}", slug=f"s{n}", people=(HOST,)) for n in range(102))
    found = page(Visitor(FakePublication((show,), {show.slug: many})), "/people/ana-diaz/")
    assert len(found.xpath("//ol[@class='episodes']/li")) == 100
    assert found.xpath("//p[@class='more']/a/@href")[-2:] == ["/conversations/#episodes", "/people/"]


@pytest.mark.parametrize("path", ["/people/nobody/", "/people/Ana-Diaz/", "/people/%00/"])
def test_nobody_has_a_page_who_is_not_named(path):
    assert visitor_of().get(path).status_code == 404


def test_an_empty_catalogue_names_nobody():
    assert "Nobody is named here yet." in Visitor(FakePublication()).text("/people/")
