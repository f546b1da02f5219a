from datetime import date, timedelta
from decimal import Decimal

import pytest
from builders import NOON, make_episode, make_show
from fake_publication import FakePublication
from lxml import html
from visitor import Visitor

from catalogue.domain.episode import Correction, Tag, Translation
from catalogue.domain.show import Person
from catalogue.errors import NotFound, StoreError
from web.site import EPISODES_PER_PAGE


class AwayPublication(FakePublication):
    """One whose store cannot be asked for anything."""

    def shows(self):
        raise StoreError("away", "The database is away.")


def many(count):
    return [
        make_episode(slug=f"e{n}", guid=f"g{n:03}", title=f"Number {n}", published_at=NOON - timedelta(days=count - n))
        for n in range(1, count + 1)
    ]


def titles(page):
    return html.fromstring(page).xpath("//ol[@class='episodes']/li/*[self::h2 or self::h3]/a/text()")


def test_the_only_show_is_the_first_page(visit):
    assert "<h1>Conversations</h1>" in visit().text("/")


def test_several_shows_are_a_list_that_every_page_leads_back_to():
    shows = make_show(), make_show(slug="otro", title="Otro", language="es", subtitle="En español.")
    visitor = Visitor(FakePublication(listed=shows))
    page = html.fromstring(visitor.text("/"))
    assert page.xpath("//h2/a/@href") == ["/conversations/", "/en/otro/"], "in the language of the reader"
    assert page.xpath("//li//p[@lang='es']/text()") == ["En español."]
    assert 'href="/es/">Programas</a>' in visitor.text("/otro/")


def test_an_empty_catalogue_says_what_comes_next():
    assert "Nothing is published here yet." in Visitor(FakePublication()).text("/")


def test_a_show_without_episodes_says_what_comes_next(visit):
    page = visit(make_episode(draft=True)).text("/conversations/")
    assert "No episode has been published yet." in page
    assert "Meet the husbands" not in page


def test_an_episode_appears_at_its_second(visit):
    visitor = visit(make_episode(published_at=NOON), now=NOON - timedelta(seconds=1))
    assert visitor.get("/conversations/meet-the-husbands/").status_code == 404
    assert "Meet the husbands" not in visitor.text("/")
    visitor.now = NOON
    assert "Meet the husbands" in visitor.text("/")
    assert visitor.get("/conversations/meet-the-husbands/").status_code == 200


def test_a_long_show_has_pages_of_thirty_newest_first(visit):
    visitor = visit(*many(65))
    assert titles(visitor.text("/"))[:2] == ["Number 65", "Number 64"]
    assert len(titles(visitor.text("/"))) == EPISODES_PER_PAGE
    last = visitor.text("/conversations/page/3/")
    assert titles(last) == ["Number 5", "Number 4", "Number 3", "Number 2", "Number 1"]
    assert 'rel="prev" href="/conversations/page/2/"' in last
    assert 'rel="next"' not in last


def test_a_later_page_begins_with_where_you_are(visit):
    page = html.fromstring(visit(*many(65)).text("/conversations/page/3/"))
    assert page.xpath("//h1/text()") == ["Episodes"]
    assert page.xpath("//main//p[@class='meta']/text()")[0] == "Page 3 of 3"
    assert page.xpath("//nav//a[@class='name']/text()") == ["Conversations"]


def test_what_is_said_once_is_not_said_again(visit):
    show = make_show(title="Bare files", description="Bare files")
    page = html.fromstring(visit(show=show).text("/"))
    assert page.xpath("//p[@class='lead']") == []


def test_words_of_the_site_keep_their_language_beside_foreign_titles(visit):
    page = html.fromstring(visit(make_episode(language="ja", title="題", summary="文")).text("/"))
    assert page.xpath("//ol//*[@lang='ja']/text()") == ["題", "文"]


@pytest.mark.parametrize("error", [NotFound("x", "No."), StoreError("x", "Away.")])
def test_an_error_about_no_show_speaks_as_the_first_show_if_it_can(error):
    shown = FakePublication(listed=(make_show(language="es"),), errors={"nothing": error})
    assert '<html lang="es">' in Visitor(shown).get("/nothing/").text
    assert '<html lang="en">' in Visitor(AwayPublication()).get("/nothing/at/all/of/it/").text


@pytest.mark.parametrize(
    ("page", "status"), [("1", 301), ("2", 404), ("0", 404), ("99999999999999999999", 404), ("x", 404)]
)
def test_pages_there_are_not(visit, page, status):
    response = visit().get(f"/conversations/page/{page}/")
    assert response.status_code == status


def test_a_list_entry_has_number_title_summary_date_and_length(visit):
    page = html.fromstring(visit(make_episode(number=Decimal(110), summary="Three men.")).text("/"))
    entry = " ".join(page.xpath("//ol[@class='episodes']/li")[0].text_content().split())
    assert entry == "Meet the husbands Episode 110 5 October 2021 48 min Three men. ▶ Listen"


def test_without_a_summary_the_notes_begin_the_entry(visit):
    page = visit(make_episode(notes="**First** words.\n\nMore.")).text("/")
    assert '<p class="summary">First words.</p>' in page


def test_a_blocked_show_asks_not_to_be_listed(visit):
    noindex = '<meta name="robots" content="noindex">'
    for path in ("/", "/conversations/meet-the-husbands/", "/conversations/subscribe/"):
        assert noindex in visit(show=make_show(block=True)).text(path)
        assert noindex not in visit().text(path)


def test_titles_are_text_whatever_they_hold(visit):
    evil = "<script>alert(1)</script>\"'"
    page = visit(make_episode(title=evil), show=make_show(title=evil, description=evil)).text("/")
    assert "<script>alert" not in page


def test_subscribing_shows_the_public_address_and_apps_that_call_nobody(visit):
    page = html.fromstring(visit().text("/conversations/subscribe/"))
    assert page.xpath("//input[@readonly]/@value") == ["https://pods.example/conversations/feed.xml"]
    apps = dict(zip(*(page.xpath(f"//ul[@class='apps']//a/{part}") for part in ("text()", "@href")), strict=True))
    assert apps["Apple Podcasts"] == "podcast://pods.example/conversations/feed.xml"
    assert apps["Overcast"].endswith("?url=https%3A%2F%2Fpods.example%2Fconversations%2Ffeed.xml")
    assert not any(link.startswith("http") for link in apps.values())


def test_an_address_only_this_computer_knows_says_so():
    publication = FakePublication(listed=(make_show(),))
    local = Visitor(publication, base_url="http://127.0.0.1:8000").text("/conversations/subscribe/")
    assert "only this computer can subscribe" in local
    assert "only this computer" not in Visitor(publication).text("/conversations/subscribe/")


def test_the_corrections_of_a_show_are_a_page_the_newest_first(visit):
    def corrected(slug, *days):
        made = tuple(Correction(on=date(2021, 10, day), text=f"Of the {day}th.") for day in days)
        return make_episode(slug=slug, guid=slug, title=slug.upper(), corrections=made)

    visitor = visit(corrected("one", 4, 20), corrected("two", 12), corrected("none"))
    page = html.fromstring(visitor.text("/conversations/corrections/"))
    assert [" ".join(one.text_content().split()) for one in page.xpath("//main//li")] == [
        "20 October 2021, ONE: Of the 20th.",
        "12 October 2021, TWO: Of the 12th.",
        "4 October 2021, ONE: Of the 4th.",
    ]
    assert 'href="/conversations/corrections/"' in visitor.text("/conversations/")


def test_a_show_without_corrections_says_so_and_leads_nobody_there(visit):
    visitor = visit(make_episode())
    assert "Nothing has had to be put right yet." in visitor.text("/conversations/corrections/")
    assert "corrections" not in visitor.text("/conversations/")


def test_every_page_leads_to_the_places_that_have_something(visit):
    tagged = make_episode(tags=(Tag(name="Grief", slug="grief"),), people=(Person(name="Ann Dahl"),))
    page = html.fromstring(visit(tagged).text("/es/conversations/"))
    assert page.xpath("//footer//a/@href") == ["/es/topics/", "/es/people/", "/es/about/", "/es/about/privacy/"]
    bare = html.fromstring(visit(make_episode(people=())).text("/conversations/"))
    assert bare.xpath("//footer//a/@href") == ["/about/", "/about/privacy/"]


def test_a_list_warns_before_it_leads_to_the_player(visit):
    text = Translation(language="es", title="Los maridos", content_warning="el duelo")
    visitor = visit(make_episode(content_warning="grief", translations=(text,)))
    for path, warned in (("/", "Before you listen: grief"), ("/es/", "Antes de escuchar: el duelo")):
        (entry,) = html.fromstring(visitor.text(path)).xpath("//ol[@class='episodes']/li")
        (warning,) = entry.xpath("p[@class='state'][following-sibling::p[@class='listen']]")
        assert warning.text_content() == warned


def test_words_without_spaces_are_cut_between_letters(visit):
    entry = html.fromstring(visit(make_episode(notes="骨の痛みについて" * 60)).text("/")).xpath("//p[@class='summary']")
    assert entry[0].text == "骨の痛みについて" * 30 + "…"


def test_addresses_in_a_description_can_be_pressed():
    said = "More at (https://example.org/a?b=1&c=2), <b>and</b> thanks."
    show = make_show(subtitle="With and after", description=said)
    (link,) = html.fromstring(Visitor(FakePublication(listed=(show,))).text("/about/")).xpath("//main//p/a[. = @href]")
    assert (link.get("href"), link.get("target")) == ("https://example.org/a?b=1&c=2", None)
    assert "&lt;b&gt;" in Visitor(FakePublication(listed=(show,))).text("/")


def test_what_a_picture_shows_is_said_in_the_language_it_is_written_in():
    visitor = Visitor(FakePublication(listed=(make_show(artwork_alt="Three bands of colour"),)))
    (picture,) = html.fromstring(visitor.text("/es/")).xpath("//img")
    assert (picture.get("alt"), picture.get("lang")) == ("Three bands of colour", "en")
    assert html.fromstring(visitor.text("/")).xpath("//img/@lang") == []
