"""The search page: how to ask, what was found, and what stays unsaid."""

from dataclasses import replace
from datetime import date, time

import pytest
from found import BONE, CHOICES, EPISODES, SHOW, answer, bone_pain, found, hit, other, written
from lxml import html
from rich_show import rich_publication
from visitor import BASE_URL, Visitor

from catalogue.domain.agenda import Agenda
from catalogue.domain.events import Calendar, Event
from catalogue.domain.search import Answer, Kind, Place, Understood
from catalogue.domain.written_page import PageKind, PageTranslation, WrittenPage, WrittenPages

HUSBANDS = "/conversations/110-meet-the-husbands/"


class Remembering:
    """A publication that remembers what it was asked."""

    def __init__(self, answers, choices=CHOICES):
        self.publication = replace(rich_publication(), answers=answers, choices=choices)
        self.asked = []
        self.publication.search = self.search
        self._answers = answers

    def search(self, asked, now):
        self.asked.append(asked)
        return self._answers.get(asked.words, Answer())


@pytest.fixture
def site():
    return Remembering({"bone pain": bone_pain(), "": Answer(understood=Understood.EMPTY)})


@pytest.fixture
def visitor(site):
    return Visitor(site.publication)


def shown(visitor, path="/search/?q=bone+pain"):
    return html.fromstring(visitor.text(path))


def texts(page, path):
    return [" ".join(one.text_content().split()) for one in page.xpath(path)]


def with_answer(stated, path="/search/?q=x"):
    return shown(Visitor(replace(rich_publication(), answers={"x": stated})), path)


@pytest.mark.parametrize("path", ["/", HUSBANDS, "/conversations/subscribe/", "/nothing/at/all/"])
def test_every_page_has_the_search_field_and_its_button(visitor, path):
    page = html.fromstring(visitor.get(path).text)
    (form,) = page.xpath("//form[@role='search']")
    assert (form.get("action"), form.get("method", "get")) == ("/search/", "get")
    assert form.xpath("string(label[@for=../descendant::input/@id])") and texts(form, ".//button") == ["Search"]


def test_the_field_of_a_spanish_page_asks_in_spanish(visitor):
    assert shown(visitor, f"/es{HUSBANDS}").xpath("//form/@action") == ["/es/search/"]
    page = shown(visitor, "/es/search/?q=bone+pain")
    assert page.get("lang") == "es" and texts(page, "//p[@class='count']") == ["12 resultados"]


def test_a_sentence_stands_with_its_speaker_its_moment_and_its_episode(visitor):
    first = shown(visitor).xpath("//ol[@class='hits']/li")[0]
    assert texts(first, "figure[1]/blockquote") == [BONE]
    assert texts(first, "figure[1]//mark") == ["bone", "pain"]
    assert texts(first, "figure[1]/figcaption") == ["Narrator Play from 1:12"]
    assert first.xpath("figure[1]//a/@href") == [f"{HUSBANDS}?t=72#player"]
    assert first.xpath("p[@class='of']/a/@href") == [HUSBANDS]
    assert "48 min" in texts(first, "p[@class='meta']")[0]


def test_the_content_warning_stands_before_the_sentence(visitor):
    first, second = shown(visitor).xpath("//ol[@class='hits']/li")[:2]
    assert texts(first, "*[1]") == ["Before you listen: Grief, and the death of a partner."]
    assert second.xpath("*[1]")[0].tag == "figure"


def test_more_sentences_of_an_episode_wait_behind_one_press(visitor):
    (more,) = shown(visitor).xpath("//ol[@class='hits']/li[1]/details")
    assert texts(more, "summary") == ["2 more sentences"]
    assert texts(more, "figure/figcaption") == ["Reader Play from 4:12", "In the notes"]


def test_a_moment_of_missing_audio_is_read_where_it_cannot_be_heard(visitor):
    second = shown(visitor).xpath("//ol[@class='hits']/li")[1]
    assert texts(second, "figure/figcaption") == ["Narrator 1:12 Read it in the transcript"]
    assert second.xpath("figure//a/@href") == ["/conversations/116-our-mbc-life/transcript/"]


@pytest.mark.parametrize(
    ("sentence", "href", "label"),
    [
        (found(language="es"), f"{HUSBANDS}transcript/es/?t=72#player", "Play from 1:12"),
        (found(place=Place.CHAPTER, speaker=None), f"{HUSBANDS}?t=72#player", "Play from 1:12"),
        (found(start=None), f"{HUSBANDS}transcript/", "Read it in the transcript"),
        (written("It is rare."), f"{HUSBANDS}#notes", "In the notes"),
    ],
)
def test_each_sentence_leads_to_where_it_is_heard_or_read(sentence, href, label):
    page = with_answer(answer(hit("110-meet-the-husbands", sentence)))
    (link,) = page.xpath("//figcaption//a")
    assert (link.get("href"), link.text_content()) == (href, label)


def test_a_name_and_a_summary_lead_nowhere_but_to_the_page():
    sentences = (written("Ana", place=Place.PERSON), written("Three men.", place=Place.SUMMARY))
    page = with_answer(answer(hit("110-meet-the-husbands", *sentences)))
    assert page.xpath("//figcaption//a") == [] and texts(page, "//figcaption") == ["Person", "In the summary"]


def test_the_language_of_each_sentence_is_marked(visitor):
    third = shown(visitor).xpath("//ol[@class='hits']/li")[2]
    assert third.xpath("figure/blockquote/@lang") == ["es"]
    assert third.xpath("p[@class='of']/@lang") == ["es"]
    spanish = shown(visitor, "/es/search/?q=bone+pain").xpath("//ol[@class='hits']/li")
    assert spanish[0].xpath("figure[1]/blockquote/@lang") == ["en"]
    assert spanish[2].xpath("figure/blockquote/@lang") == []


def test_a_title_is_marked_where_it_stands_and_not_quoted(visitor):
    fourth = shown(visitor).xpath("//ol[@class='hits']/li")[3]
    assert texts(fourth, "p[@class='of']//mark") == ["power"]
    assert fourth.xpath("figure") == [] and "six years later" in texts(fourth, "p[@class='summary']")[0]


def test_what_is_written_in_a_translation_leads_to_the_page_that_has_it():
    text = "Tres hombres cuentan qué les ayudó."
    sentence = written(text, "ayudó", place=Place.SUMMARY, language="es")
    page = with_answer(answer(hit("110-meet-the-husbands", sentence, language="es")))
    assert page.xpath("//p[@class='of']/a/@href") == [f"/es{HUSBANDS}"]
    assert "Perder a quien amas" in texts(page, "//p[@class='of']")[0]


def test_what_is_said_in_another_language_leads_to_the_page_the_reader_reads():
    page = with_answer(answer(hit("110-meet-the-husbands", found(), language="en")), "/es/search/?q=x")
    assert page.xpath("//figcaption//a/@href") == [f"/es{HUSBANDS}?t=72#player"]


def test_a_topic_page_is_named_as_one_and_warns_before_its_sentence():
    text = PageTranslation(language="es", title="Recaída", content_warning="Enfermedad grave.")
    topic = WrittenPage(kind=PageKind.TOPIC, slug="recurrence", path="r.md", title="Recurrence", translations=(text,))
    sentence = written("El dolor de huesos es un síntoma.", "dolor", language="es")
    one = other(Kind.TOPIC, "recurrence", "Recaída", sentence, language="es")
    publication = replace(rich_publication(), answers={"x": answer(one)}, written=WrittenPages(pages=(topic,)))
    (found_one,) = shown(Visitor(publication), "/search/?q=x").xpath("//ol[@class='hits']/li")
    assert texts(found_one, "*") == [
        "Before you read: Enfermedad grave.",
        "El dolor de huesos es un síntoma.",
        "Recaída",
        "Topic page",
    ]
    assert found_one.xpath(".//a/@href") == ["/es/topics/recurrence/"]
    assert found_one.xpath("p[@class='care']/span/@lang | p[@class='of']/@lang") == ["es", "es"]


def test_an_event_leads_to_its_place_in_the_list_unless_it_is_over():
    club = Event(id="book-club", title="Book club", first_on=date(2021, 10, 10), at=time(11), timezone="UTC")
    agenda = Agenda(calendars=(Calendar(path="events.toml", events=(club,)),))
    hits = (other(Kind.EVENT, slug, "Book club", written("A book club.", "book")) for slug in ("book-club", "gone"))
    publication = replace(rich_publication(), answers={"x": answer(*hits)}, agenda=agenda)
    page = shown(Visitor(publication), "/search/?q=x")
    assert page.xpath("//p[@class='of']/a/@href") == ["/events/#event-book-club", "/events/"]
    assert texts(page, "//ol[@class='hits']//p[@class='meta']") == [
        "Event Sunday 10 October at 11:00 AM, UTC",
        "Event, over by now",
    ]


def test_results_are_counted_and_paged_by_links_that_keep_what_was_asked(visitor):
    page = shown(visitor, "/search/?q=bone+pain&year=2021&person=")
    assert texts(page, "//p[@class='count']") == ["12 results"]
    assert page.xpath("//nav[@class='between']/a/@href") == ["/search/?q=bone+pain&year=2021&page=2"]
    assert page.xpath("string(//title)") == "bone pain: 12 results · Search"


def test_a_later_page_leads_both_ways():
    page = with_answer(replace(bone_pain(), page=2), "/search/?q=x&page=2")
    assert page.xpath("//nav[@class='between']/a/@href") == ["/search/?q=x", "/search/?q=x&page=3"]
    assert texts(page, "//nav[@class='between']/span") == ["Page 2 of 3"]


def test_the_filters_are_asked_for(visitor, site):
    visitor.text("/search/?q=bone+pain&show=conversations&person=ana&topic=grief&year=2021&language=es&page=3")
    (asked,) = site.asked
    assert (asked.show, asked.person, asked.topic, asked.year, asked.language, asked.page) == (
        ("conversations", "ana", "grief", 2021, "es", 3)
    )
    visitor.text("/es/search/?q=bone+pain")
    assert (asked.spoken, site.asked[-1].spoken) == ("en", "es")


def test_only_filters_with_a_choice_are_offered_and_what_is_chosen_stays_chosen(visitor):
    page = shown(visitor, "/search/?q=bone+pain&year=2020")
    assert page.xpath("//select/@name") == ["person", "topic", "year", "language"]
    assert texts(page, "//option[@selected]") == ["2020 (1)"]
    assert page.xpath("//details[@class='filters']/@open") and texts(page, "//option[@lang]") == ["español (2)"]
    assert not shown(visitor).xpath("//details[@class='filters']/@open")


def test_a_topic_is_offered_by_its_name_in_the_language_of_the_page():
    text = PageTranslation(language="es", title="Recaída")
    topic = WrittenPage(kind=PageKind.TOPIC, slug="recurrence", path="r.md", title="Recurrence", translations=(text,))
    publication = replace(rich_publication(), choices=CHOICES, written=WrittenPages(pages=(topic,)))
    for path, name in (("/search/", "Recurrence (3)"), ("/es/search/", "Recaída (3)")):
        assert name in texts(shown(Visitor(publication), path), "//select[@name='topic']/option")


def test_a_choice_nobody_offers_can_be_taken_back(visitor):
    page = shown(visitor, "/search/?q=bone+pain&show=gone")
    assert texts(page, "//select[@name='show']/option") == [
        "All shows",
        "Breast Cancer Conversations (demonstration) (5)",
        "gone",
    ]


@pytest.mark.parametrize("query", ["year=1", "year=x", "year=２０２１x", "page=0", "page=-5", "page=9999999", "page=²"])
def test_what_cannot_be_read_is_not_asked(visitor, site, query):
    visitor.text(f"/search/?q=x&{query}")
    (asked,) = site.asked
    assert (asked.year, asked.page) == (None, 1)


def test_what_may_have_been_meant_is_a_link_that_keeps_the_filters():
    page = with_answer(Answer(suggestion="bone pain"), "/search/?q=x&year=2021")
    assert page.xpath("//p[@class='meant']/a/@href") == ["/search/?q=bone+pain&year=2021"]


def test_where_nothing_is_found_there_are_next_steps(visitor):
    page = shown(visitor, "/search/?q=zebra&year=2021")
    assert texts(page, "//*[contains(@class, 'count')]") == ["Nothing was found for “zebra”."]
    assert page.xpath("//div[@id='results']//a/@href") == [
        "/search/?q=zebra",
        "/",
        "/events/",
        "/people/",
    ]


def test_without_words_the_page_says_how_to_search(visitor):
    page = shown(visitor, "/search/")
    assert texts(page, "//h2") == ["How to search"] and len(page.xpath("//div[@id='results']//li")) == 3
    assert page.xpath("string(//title)") == "Search"
    assert "neither kept nor passed on" in page.text_content()


def test_nothing_but_a_minus_asks_for_a_word():
    page = with_answer(Answer(understood=Understood.ONLY_MINUS))
    assert "Please add a word" in texts(page, "//*[contains(@class, 'count')]")[0]


def test_words_that_were_left_out_are_owned_up_to():
    page = with_answer(replace(bone_pain(), is_shortened=True))
    assert "Only the first ones were." in page.text_content()


def test_the_page_is_not_listed_and_no_one_between_keeps_it(visitor):
    response = visitor.get("/search/?q=bone+pain")
    assert '<meta name="robots" content="noindex">' in response.text
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'; connect-src 'self'")
    assert "Set-Cookie" not in response.headers


def test_only_the_search_page_may_ask_by_script(visitor):
    assert "connect-src" not in visitor.get(HUSBANDS).headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "words",
    [
        '"><script>alert(1)</script>',
        "'\"><img src=x onerror=alert(1)>",
        "</title><svg onload=alert(1)>",
        "{{ 7*7 }}",
        'a" OR "b" AND NOT NEAR(c) *:^',
        "\u202eabc\u200b\ufeff 骨の痛み ألم 🎗",
    ],
)
def test_what_was_typed_comes_back_as_text(visitor, site, words):
    page = html.fromstring(visitor.client.get("/search/", query_string={"q": words}).text)
    assert page.xpath("//input[@name='q']/@value") == [words]
    assert site.asked[-1].words == words and words in texts(page, "//p[@class='count lead']")[0]
    assert page.xpath("//script[not(@src)] | //svg | //img[@onerror]") == []


def test_what_was_found_is_text_too():
    evil = "<script>alert(1)</script> & pain"
    page = with_answer(answer(hit("110-meet-the-husbands", found(evil, "pain", speaker="<b>Ana</b>"))))
    assert texts(page, "//blockquote") == [evil] and texts(page, "//mark") == ["pain"]
    assert page.xpath("//script[not(@src)] | //b") == []


def test_ten_thousand_signs_and_nul_are_read_and_no_more_is(visitor, site):
    assert visitor.client.get("/search/", query_string={"q": "a\0b\x1b " + "x" * 20_000}).status_code == 200
    assert site.asked[-1].words.startswith("a b") and len(site.asked[-1].words) <= 10_000
    assert visitor.get("/search/?q=%ff%fe&q=2").status_code == 200
    assert len(shown(visitor, "/search/?q=" + "y" * 9000).xpath("string(//title)")) < 130


def test_the_publication_is_asked_once(visitor, site):
    visitor.text("/search/?q=bone+pain")
    assert len(site.asked) == 1


def test_nothing_of_a_search_is_logged(visitor, site, caplog):
    with caplog.at_level(0):
        visitor.text("/search/?q=bone+pain&person=ana")
        site.publication.search = None
        assert visitor.get("/search/?q=bone+pain&person=ana").status_code == 500
    assert "/search/" in caplog.text
    assert "bone" not in caplog.text and "ana" not in caplog.text.replace("catalogue", "").split("Traceback")[0]


def test_browsers_read_how_to_offer_the_search(visitor):
    response = visitor.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    xml = html.etree.fromstring(response.data)
    inside = {child.tag.rpartition("}")[2]: child for child in xml}
    assert inside["Url"].get("template") == f"{BASE_URL}/search/?q={{searchTerms}}"
    assert inside["ShortName"].text == "Breast Cancer" and SHOW.title in inside["Description"].text
    assert inside["Image"].text.startswith(f"{BASE_URL}/static/")
    assert shown(visitor, HUSBANDS).xpath("//link[@rel='search']/@href") == ["/opensearch.xml"]


def test_every_episode_of_the_tests_is_there():
    assert {"110-meet-the-husbands", "116-our-mbc-life", "despues"} <= EPISODES.keys()


def test_what_a_transcript_says_in_the_reader_s_language_leads_to_the_player_of_their_page():
    page = with_answer(answer(hit("110-meet-the-husbands", found(language="es"), language="es")), "/es/search/?q=x")
    assert page.xpath("//figcaption//a/@href") == [f"/es{HUSBANDS}?t=72#player"]
